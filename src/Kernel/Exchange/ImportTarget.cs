using Liaison.Kernel.Data;

namespace Liaison.Kernel.Exchange;

/// <summary>
/// What can be imported: a module fills this slot for its record (contacts, later products or tasks). The Exchange module reads
/// files, keeps the run, its rows and its progress, and calls the target batch by batch inside one transaction each.
/// </summary>
public abstract class ImportTarget
{
    /// <summary>The resource's word: "contacts".</summary>
    public abstract string Key { get; }
    /// <summary>Permission needed to import.</summary>
    public abstract string Permission { get; }
    /// <summary>Fields a column can be mapped to, in the order of display.</summary>
    public abstract IReadOnlyList<ImportField> Fields { get; }
    /// <summary>Suggests a field for each column from its header and sample values.</summary>
    public abstract IReadOnlyList<ColumnMapping> Suggest(IReadOnlyList<string> headers, IReadOnlyList<IReadOnlyList<string>> sample);
    /// <summary>Reads the cards of a vCard file as rows of (field, value); null when the target knows no cards.</summary>
    public virtual IEnumerable<ImportRow>? ReadCards(Stream file, string encoding) => null;
    /// <summary>
    /// Decides and (unless <see cref="ImportBatch.DryRun"/>) writes a batch of rows inside the current transaction. Later batches see what earlier ones
    /// decided, also in a dry run, through <see cref="ImportBatch.Memory"/>.
    /// </summary>
    public abstract Task<IReadOnlyList<ImportOutcome>> RunAsync(LiaisonDb db, ImportBatch batch, CancellationToken cancel);
    /// <summary>
    /// Takes back up to <paramref name="limit"/> records of the import inside the current transaction: removes those it created, restores those it changed; leaves those
    /// that a person changed since and reports them. Returns null when nothing is left to undo.
    /// </summary>
    public abstract Task<ImportUndo?> UndoAsync(LiaisonDb db, long importId, long afterRow, int limit, CancellationToken cancel);
    /// <summary>Where the record's page is.</summary>
    public abstract string UrlOf(long recordId);
}

/// <summary>A field that a column can be mapped to.</summary>
/// <param name="Key">"email.work", "address.home.city"…</param>
/// <param name="Label">Shown name in the current language.</param>
/// <param name="Group">Group heading in the current language.</param>
public sealed record ImportField(string Key, string Label, string Group);

/// <summary>What one column of the file is taken for.</summary>
/// <param name="Column">Index from 0.</param>
/// <param name="Field">Field key; "ignore" for none.</param>
/// <param name="Certain">Whether the suggestion is sure enough to stand without a look.</param>
public sealed record ColumnMapping(int Column, string Field, bool Certain = true);

/// <summary>A row as the file has it: values by column, or, for cards, by field.</summary>
/// <param name="Number">Row number as a spreadsheet shows it, or the card's number.</param>
/// <param name="Cells">Cells in the order of the columns (tables).</param>
/// <param name="Fields">Field and value pairs (cards); null for tables.</param>
/// <param name="Problem">Code of what made the row unreadable, or null.</param>
public sealed record ImportRow(long Number, IReadOnlyList<string> Cells, IReadOnlyList<KeyValuePair<string, string>>? Fields = null, string? Problem = null);

/// <summary>Options of a whole import, stored as JSON with the run.</summary>
public sealed record ImportOptions
{
    /// <summary>What each column is.</summary>
    public IReadOnlyList<ColumnMapping> Mapping { get; init; } = [];
    /// <summary>What happens to a row whose record exists: "skip", "update" (in place), "create".</summary>
    public string Duplicates { get; init; } = "skip";
    /// <summary>Tags put on every record.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];
    /// <summary>Responsible users; the importer when empty.</summary>
    public IReadOnlyList<long> Responsibles { get; init; } = [];
    /// <summary>"private", "read", "readWrite".</summary>
    public string Access { get; init; } = "private";
    /// <summary>Type for records without one, as its key or name; null for none.</summary>
    public string? Type { get; init; }
}

/// <summary>Rows to be decided together.</summary>
public sealed class ImportBatch
{
    /// <summary>The import's id.</summary>
    public required long ImportId { get; init; }
    /// <summary>File name, for the journal.</summary>
    public required string FileName { get; init; }
    /// <summary>Nothing is written.</summary>
    public required bool DryRun { get; init; }
    /// <summary>Options.</summary>
    public required ImportOptions Options { get; init; }
    /// <summary>The rows.</summary>
    public required IReadOnlyList<ImportRow> Rows { get; init; }
    /// <summary>Whatever the target keeps between batches of one run; lost with the process, so it must be possible to rebuild it.</summary>
    public required Dictionary<string, object> Memory { get; init; }
}

/// <summary>What becomes of a row.</summary>
public enum ImportResult
{
    /// <summary>A new record.</summary>
    Created = 1,
    /// <summary>An existing record changed.</summary>
    Updated = 2,
    /// <summary>Exists already (or nothing to change).</summary>
    Skipped = 3,
    /// <summary>Refused; the reason names field and value.</summary>
    Failed = 4,
}

/// <summary>What was decided for one row.</summary>
/// <param name="Number">The row's number.</param>
/// <param name="Result">What became of it.</param>
/// <param name="RecordId">The record created, changed or found; null in a dry run for new ones.</param>
/// <param name="Name">Name to show.</param>
/// <param name="Details">JSON: changed fields with old and new value, what it was found by, warnings; what undo needs.</param>
/// <param name="Reason">For skipped and failed rows, the reason in words of the current language.</param>
public sealed record ImportOutcome(long Number, ImportResult Result, long? RecordId, string Name, string? Details = null, string? Reason = null);

/// <summary>One step of an undo.</summary>
/// <param name="LastRow">The row up to which everything is done.</param>
/// <param name="Removed">Records removed.</param>
/// <param name="Restored">Records restored.</param>
/// <param name="Kept">Records left because a person changed them since.</param>
public sealed record ImportUndo(long LastRow, int Removed, int Restored, IReadOnlyList<ImportOutcome> Kept);
