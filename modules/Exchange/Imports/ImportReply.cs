using Liaison.Exchange.Reading;
using Microsoft.AspNetCore.Http;

namespace Liaison.Exchange.Imports;

/// <summary>A file to import, and the options that can be set with it. Lists are separated by commas or given several times.</summary>
public sealed class ImportUpload
{
    /// <summary>CSV, Excel or LibreOffice workbook, or vCard, up to 1 GB.</summary>
    public required IFormFile File { get; init; }
    /// <summary>What is imported; contacts when not given.</summary>
    public string? Target { get; init; }
    /// <summary>Encoding of the file, when the guess is wrong.</summary>
    public string? Encoding { get; init; }
    /// <summary>The character between two cells, or "tab".</summary>
    public string? Delimiter { get; init; }
    /// <summary>Name of the sheet of a workbook that is read; the first one with a table of contacts when not given.</summary>
    public string? Sheet { get; init; }
    /// <summary>Whether the first row names the columns.</summary>
    public bool? Header { get; init; }
    /// <summary>What happens to a row whose record exists: "skip", "update", "create".</summary>
    public string? Duplicates { get; init; }
    /// <summary>What records are recognised by: "email", "phone", "name".</summary>
    public IReadOnlyList<string>? MatchBy { get; init; }
    /// <summary>Tags put on every record.</summary>
    public IReadOnlyList<string>? Tags { get; init; }
    /// <summary>Ids of responsible users; the importer when empty.</summary>
    public IReadOnlyList<long>? Responsibles { get; init; }
    /// <summary>"private", "read", "readWrite".</summary>
    public string? Access { get; init; }
    /// <summary>Key of the type of records that name none.</summary>
    public string? Type { get; init; }
    /// <summary>Id of the company that all persons of the file belong to.</summary>
    public long? Company { get; init; }
    /// <summary>Status of new records; only administrators choose it.</summary>
    public string? Status { get; init; }
    /// <summary>How dates such as 03/04/2025 are meant: "dmy", "mdy"; what the file itself shows when not given.</summary>
    public string? DateOrder { get; init; }
}

/// <summary>An import as the API shows it.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Target">What is imported.</param>
/// <param name="FileName">Name of the file.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Rows">Rows with data.</param>
/// <param name="Decided">Rows decided so far.</param>
/// <param name="Created">Rows that made a record.</param>
/// <param name="Updated">Rows that changed a record.</param>
/// <param name="Skipped">Rows whose record exists already.</param>
/// <param name="Failed">Rows refused.</param>
/// <param name="Companies">Companies made because rows named them, on top of the rows' records.</param>
/// <param name="Notices">What is to be known of the whole file.</param>
/// <param name="Kept">Records the undo left because somebody changed them since.</param>
/// <param name="Error">Why it stopped.</param>
/// <param name="CanUndo">Whether it can be taken back now.</param>
/// <param name="Shape">How the file is read.</param>
/// <param name="Mapping">What each column is.</param>
/// <param name="Options">The options.</param>
/// <param name="CreatedAt">When the file came.</param>
/// <param name="StartedAt">When the run or dry run began.</param>
/// <param name="FinishedAt">When it ended.</param>
public sealed record ImportReply(long Id, string Target, string FileName, ImportState State, long Rows, long Decided, long Created, long Updated, long Skipped, long Failed, long Companies, IReadOnlyList<ImportNoticeReply> Notices, long Kept, string? Error, bool CanUndo,
    ImportShapeReply Shape, IReadOnlyList<ColumnMapping> Mapping, ImportOptionsReply Options, DateTime CreatedAt, DateTime? StartedAt, DateTime? FinishedAt)
{
    /// <summary>The import in the API's words.</summary>
    public static ImportReply Of(Import import, StartImport start, ImportRows words)
    {
        var (shape, options) = (StartImport.ShapeOf(import), StartImport.OptionsOf(import));
        return new(import.Id, import.Target, import.FileName, import.State, import.Rows, import.Decided, import.Created, import.Updated, import.Skipped, import.Failed, import.Companies, [.. words.Notices(import, start).Select(n => new ImportNoticeReply(n.Reason.Field, n.Reason.Value, n.Reason.Message, n.Rows))], import.Kept, import.Error, start.CanUndo(import),
            new(shape.Format, shape.Encoding, shape.Format == FileFormat.Csv ? shape.Delimiter.ToString() : null, shape.HasHeader, shape.Preamble + 1, shape.Columns, shape.Records, shape.SheetName, [.. shape.Sheets.Select(s => s.Name)], [.. shape.Problems.Select(p => new FileProblemReply(p.Kind, p.Row, p.Detail))]),
            options.Mapping, new(options.Duplicates, options.MatchBy, options.Tags, options.Responsibles, options.Access, options.Type, options.Company, options.Status, options.DateOrder), import.CreatedAt, import.StartedAt, import.FinishedAt);
    }
}

/// <summary>Something to be known of the whole file.</summary>
/// <param name="Field">The field it is about, "" for the row.</param>
/// <param name="Value">The text as it stands in the file.</param>
/// <param name="Message">In words.</param>
/// <param name="Rows">How many rows it concerns.</param>
public sealed record ImportNoticeReply(string Field, string Value, string Message, long Rows);

/// <summary>How a file is read.</summary>
/// <param name="Format">CSV, vCard or workbook.</param>
/// <param name="Encoding">Its encoding.</param>
/// <param name="Delimiter">The character between two cells of a CSV.</param>
/// <param name="Header">Whether the first row names the columns.</param>
/// <param name="HeaderRow">Row in which the table begins.</param>
/// <param name="Columns">How many columns there are.</param>
/// <param name="Records">How many rows or cards there are.</param>
/// <param name="Sheet">Name of the sheet of a workbook that is read.</param>
/// <param name="Sheets">Names of all sheets of a workbook that hold something.</param>
/// <param name="Problems">What is odd about the file.</param>
public sealed record ImportShapeReply(FileFormat Format, string Encoding, string? Delimiter, bool Header, int HeaderRow, int Columns, long Records, string? Sheet, IReadOnlyList<string> Sheets, IReadOnlyList<FileProblemReply> Problems);

/// <summary>Something odd about a file.</summary>
/// <param name="Kind">What.</param>
/// <param name="Row">In which row.</param>
/// <param name="Detail">What it is about, such as the properties that are left out.</param>
public sealed record FileProblemReply(FileProblemKind Kind, long? Row, string? Detail);

/// <summary>Options of an import.</summary>
/// <param name="Duplicates">What happens to a row whose record exists.</param>
/// <param name="MatchBy">What records are recognised by.</param>
/// <param name="Tags">Tags put on every record.</param>
/// <param name="Responsibles">Responsible users; the importer when empty.</param>
/// <param name="Access">Who else sees the records.</param>
/// <param name="Type">Type of records that name none.</param>
/// <param name="Company">The company that all persons belong to; null for those that rows name.</param>
/// <param name="Status">Status of new records; null for the usual one.</param>
/// <param name="DateOrder">How dates such as 03/04/2025 are meant; null for what the file itself shows.</param>
public sealed record ImportOptionsReply(string Duplicates, IReadOnlyList<string> MatchBy, IReadOnlyList<string> Tags, IReadOnlyList<long> Responsibles, string Access, string? Type, long? Company, string? Status, string? DateOrder);
