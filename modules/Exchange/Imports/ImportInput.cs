using Liaison.Exchange.Reading;
using Liaison.Kernel.Data;
using Liaison.Kernel.Validation;

namespace Liaison.Exchange.Imports;

/// <summary>What can be set on an import before it runs: by the wizard, the API and the command line. What is not given stays.</summary>
public sealed class ImportInput
{
    /// <summary>Encoding of the file: one of <see cref="FileShape.Encodings"/>.</summary>
    public string? Encoding { get; set; }
    /// <summary>The character between two cells, or "tab".</summary>
    public string? Delimiter { get; set; }
    /// <summary>Name of the sheet of a workbook that is read.</summary>
    public string? Sheet { get; set; }
    /// <summary>Whether the first row names the columns.</summary>
    public bool? Header { get; set; }
    /// <summary>Number of the row in which the table begins, that of the column names; what stands above is left out.</summary>
    public int? HeaderRow { get; set; }
    /// <summary>Target of each column named; the others stay.</summary>
    public List<ColumnTarget>? Mapping { get; set; }
    /// <summary>"skip", "update" or "create".</summary>
    public string? Duplicates { get; set; }
    /// <summary>"email", "phone", "name".</summary>
    public List<string>? MatchBy { get; set; }
    /// <summary>Tags put on every record.</summary>
    public List<string>? Tags { get; set; }
    /// <summary>Ids of responsible users; the importer when empty.</summary>
    public List<long>? Responsibles { get; set; }
    /// <summary>"private", "read", "readWrite".</summary>
    public string? Access { get; set; }
    /// <summary>Key of the type of records that name none; "" for none.</summary>
    public string? Type { get; set; }
    /// <summary>Id of the company that all persons of the file belong to; 0 for those that the rows name.</summary>
    public long? Company { get; set; }
    /// <summary>Status of new records, such as "client"; "" for the usual one. Only administrators choose it.</summary>
    public string? Status { get; set; }
    /// <summary>How dates such as 03/04/2025 are meant: "dmy", "mdy"; "" for what the file itself shows.</summary>
    public string? DateOrder { get; set; }

    /// <summary>The values that <see cref="Duplicates"/> takes.</summary>
    public static readonly IReadOnlyList<string> DuplicateRules = ["skip", "update", "create"];
    /// <summary>The values that <see cref="MatchBy"/> takes.</summary>
    public static readonly IReadOnlyList<string> Matches = ["email", "phone", "name"];
    /// <summary>The values that <see cref="Access"/> takes.</summary>
    public static readonly IReadOnlyList<string> Accesses = ["private", "read", "readWrite"];
    /// <summary>The values that <see cref="DateOrder"/> takes.</summary>
    public static readonly IReadOnlyList<string> DateOrders = ["dmy", "mdy"];

    /// <summary>What can be said against it.</summary>
    public Problems Validate(FileShape shape, ImportTarget target, TargetChoices choices)
    {
        var problems = new Problems();
        if (Encoding is not null && !FileShape.Encodings.Contains(Encoding) && Encoding != shape.Encoding) problems.Add(nameof(Encoding), "imports.error.encoding", string.Join(", ", FileShape.Encodings));
        if (Delimiter is not null && DelimiterOf(Delimiter) is null) problems.Add(nameof(Delimiter), "imports.error.delimiter");
        if (shape.Format == FileFormat.VCard && Delimiter is not null) problems.Add(nameof(Delimiter), "imports.error.cards");
        if (shape.Format == FileFormat.VCard && Header is not null) problems.Add(nameof(Header), "imports.error.cards");
        if (shape.Format == FileFormat.VCard && HeaderRow is not null) problems.Add(nameof(HeaderRow), "imports.error.cards");
        if (shape.Format == FileFormat.Workbook && Encoding is not null) problems.Add(nameof(Encoding), "imports.error.workbook");
        if (shape.Format == FileFormat.Workbook && Delimiter is not null) problems.Add(nameof(Delimiter), "imports.error.workbook");
        if (Sheet is not null && SheetOf(shape) is null) problems.Add(nameof(Sheet), shape.Format == FileFormat.Workbook ? "imports.error.sheet" : "imports.error.noSheets", Sheet, string.Join(", ", shape.Sheets.Select(s => s.Name)));
        if (HeaderRow is < 1 or > 1000) problems.Add(nameof(HeaderRow), "imports.error.headerRow");
        OneOf(problems, nameof(Duplicates), Duplicates, DuplicateRules);
        OneOf(problems, nameof(Access), Access, Accesses);
        if (DateOrder is { Length: > 0 }) OneOf(problems, nameof(DateOrder), DateOrder, DateOrders);
        if (MatchBy?.Find(m => !Matches.Contains(m)) is { } wrong) problems.Add(nameof(MatchBy), "imports.error.oneOf", wrong, string.Join(", ", Matches));
        if (Type is { Length: > 0 } type && !choices.Types.Any(t => t.Key == type)) problems.Add(nameof(Type), "imports.error.oneOf", type, string.Join(", ", choices.Types.Select(t => t.Key)));
        if (Status is { Length: > 0 } && choices.Statuses.Count == 0) problems.Add(nameof(Status), "imports.error.statusRight");
        else if (Status is { Length: > 0 }) OneOf(problems, nameof(Status), Status, [.. choices.Statuses.Select(s => s.Key)]);
        if (Responsibles?.Exists(r => !choices.Users.Any(u => u.Key == r.ToString(System.Globalization.CultureInfo.InvariantCulture))) == true) problems.Add(nameof(Responsibles), "imports.error.responsible");
        Tags = Tags?.ConvertAll(t => t.Trim()).FindAll(t => t.Length > 0).DistinctBy(SearchText.Fold).ToList();
        if (Tags?.Exists(t => t.Length > 100 || t.Any(char.IsControl)) == true) problems.Add(nameof(Tags), "imports.error.tag");
        for (var i = 0; i < (Mapping?.Count ?? 0); i++)
        {
            var column = Mapping![i];
            if (column.Column < 0 || column.Column >= shape.Columns) problems.Add($"{nameof(Mapping)}[{i}].Column", "imports.error.column", column.Column, shape.Columns);
            else if (Mapping.Take(i).Any(m => m.Column == column.Column)) problems.Add($"{nameof(Mapping)}[{i}].Column", "imports.error.columnTwice", column.Column);
            else if (!target.Knows(column.Target)) problems.Add($"{nameof(Mapping)}[{i}].Target", "imports.error.target", column.Target);
        }
        return problems;
    }

    /// <summary>The file with the sheet that is named; as it is when none is, or there is none of this name.</summary>
    public FileShape OnSheet(FileShape shape, Stream file) => SheetOf(shape) is { } sheet && sheet != shape.Sheet ? ShapeDetection.DetectSheet(file, shape.OnSheet(sheet)) : shape;

    /// <summary>The file read as wished.</summary>
    public FileShape ApplyTo(FileShape shape) => shape with
    {
        Encoding = Encoding ?? shape.Encoding, Delimiter = Delimiter is null ? shape.Delimiter : DelimiterOf(Delimiter)!.Value, HasHeader = Header ?? (HeaderRow is null ? shape.HasHeader : true),
        Preamble = HeaderRow - 1 ?? shape.Preamble, IsMailboxes = shape.IsMailboxes && (Delimiter is null || DelimiterOf(Delimiter) == shape.Delimiter),
    };

    /// <summary>The options as wished.</summary>
    public ImportOptions ApplyTo(ImportOptions options) => options with
    {
        Mapping = Mapping is null ? options.Mapping : [.. options.Mapping.Select(m => Mapping.Find(c => c.Column == m.Column) is { } column && column.Target != m.Target
            ? m with { Target = column.Target, Confidence = 1, Why = "chosen" } : m)],
        Duplicates = Duplicates ?? options.Duplicates, MatchBy = MatchBy is null ? options.MatchBy : [.. Matches.Where(MatchBy.Contains)],
        Tags = Tags ?? options.Tags, Responsibles = Responsibles ?? options.Responsibles, Access = Access ?? options.Access,
        Type = Type is null ? options.Type : Type.Length == 0 ? null : Type, Company = Company is null ? options.Company : Company == 0 ? null : Company, Status = Status is null ? options.Status : Status.Length == 0 ? null : Status,
        DateOrder = DateOrder is null ? options.DateOrder : DateOrder.Length == 0 ? null : DateOrder,
    };

    private int? SheetOf(FileShape shape) =>
        Sheet is null ? null : shape.Sheets.Index().Where(s => string.Equals(s.Item.Name.Trim(), Sheet.Trim(), StringComparison.OrdinalIgnoreCase)).Select(s => (int?)s.Index).FirstOrDefault();

    private static char? DelimiterOf(string text) => text is "tab" or "\\t" ? '\t' : text.Length == 1 && FileShape.Delimiters.Contains(text[0]) ? text[0] : null;

    private static void OneOf(Problems problems, string field, string? value, IReadOnlyList<string> known)
    {
        if (value is not null && !known.Contains(value)) problems.Add(field, "imports.error.oneOf", value, string.Join(", ", known));
    }
}

/// <summary>What a column is to be.</summary>
public sealed record ColumnTarget(int Column, string Target);
