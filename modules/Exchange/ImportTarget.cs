using Liaison.Exchange.Reading;
using Liaison.Kernel.Data;

namespace Liaison.Exchange;

/// <summary>
/// What can be imported: a lower module fills this slot for its record (contacts, later products or tasks). This module reads
/// files, keeps the run, its rows and its progress, and has the target decide and write batch by batch, inside one transaction each.
/// </summary>
public abstract class ImportTarget
{
    /// <summary>The resource's word: "contacts".</summary>
    public abstract string Key { get; }
    /// <summary>Permission needed to import.</summary>
    public abstract string Permission { get; }
    /// <summary>Fields a column can be mapped to, in the order of display, with their labels in the current language.</summary>
    public abstract IReadOnlyList<ImportChoice> Fields { get; }
    /// <summary>Suggests a field for each column from its header and sample values.</summary>
    public abstract Task<IReadOnlyList<ColumnMapping>> SuggestAsync(IReadOnlyList<string> headers, IReadOnlyList<CsvRow> sample, CancellationToken cancel);
    /// <summary>What can be chosen for the whole file.</summary>
    public abstract Task<TargetChoices> ChoicesAsync(CancellationToken cancel);
    /// <summary>Name of the company of this id that the viewer sees and all persons of a file can belong to; null for none.</summary>
    public virtual Task<string?> CompanyAsync(long id, CancellationToken cancel) => Task.FromResult<string?>(null);
    /// <summary>Id of the one company of this name; null when there is none or more than one.</summary>
    public virtual Task<long?> CompanyAsync(string name, CancellationToken cancel) => Task.FromResult<long?>(null);
    /// <summary>Where the combobox asks for companies (?q=); null when persons of this target belong to none.</summary>
    public virtual string? CompaniesUrl => null;
    /// <summary>A small file to begin with, in the current language: headings and rows.</summary>
    public virtual IReadOnlyList<IReadOnlyList<string>> Sample => [];
    /// <summary>Whether a key is a field of this target.</summary>
    public abstract bool Knows(string field);
    /// <summary>Reads the file's rows (or cards) into records; streamed, called on a thread of its own.</summary>
    public abstract IEnumerable<ImportRow> Read(Stream file, FileShape shape, IReadOnlyList<ColumnMapping> mapping);
    /// <summary>Reads of the rows only what <see cref="Survey"/> looks at, where the target knows how to.</summary>
    public virtual IEnumerable<ImportRow> ReadForSurvey(Stream file, FileShape shape, IReadOnlyList<ColumnMapping> mapping) => Read(file, shape, mapping);
    /// <summary>What the target must know of the whole file before its rows are decided, gathered from one pass; kept in <see cref="ImportBatch.Memory"/>.</summary>
    public virtual void Survey(IEnumerable<ImportRow> rows, long count, Dictionary<string, object> memory) { }
    /// <summary>Reads what the target needs to prepare rows, once before the first; kept in <see cref="ImportBatch.Memory"/>. <paramref name="whole"/> is a batch without rows.</summary>
    public virtual Task BeginAsync(LiaisonDb db, ImportBatch whole, CancellationToken cancel) => Task.CompletedTask;
    /// <summary>
    /// Does for a row what needs neither the database nor other rows; <see cref="RememberAsync"/> and <see cref="DecideAsync"/> get what it returns. Called on the
    /// thread that reads, while the rows before are written: it changes nothing that those use.
    /// </summary>
    public virtual ImportRow Prepare(ImportRow row, ImportBatch whole) => row;
    /// <summary>Takes note of rows that an earlier try of the same run decided, so that later ones are compared with them.</summary>
    public virtual Task RememberAsync(LiaisonDb db, ImportBatch batch, CancellationToken cancel) => Task.CompletedTask;
    /// <summary>
    /// Looks up what a batch is compared with and keeps it in <see cref="ImportBatch.Found"/>. Called on a connection of its own while up to <see cref="ImportBatch.Behind"/> batches before are
    /// written: what these change must not matter to it, or <see cref="DecideAsync"/>, which gets the batch in one or more parts, adds it.
    /// </summary>
    public virtual Task LookUpAsync(LiaisonDb db, ImportBatch batch, CancellationToken cancel) => Task.CompletedTask;
    /// <summary>
    /// Decides a batch of rows, in the order of the file, without writing anything. What becomes of a row depends on the database as it was before the import and on
    /// earlier rows of the file, never on where a batch ends: a dry run tells what a run will do.
    /// </summary>
    public abstract Task<ImportDecision> DecideAsync(LiaisonDb db, ImportBatch batch, CancellationToken cancel);
    /// <summary>
    /// Takes back the next records of the import inside the current transaction: removes those it created, restores the fields it changed; leaves
    /// what a person changed or used since and reports it. Null when nothing is left to undo.
    /// </summary>
    public abstract Task<ImportUndo?> UndoAsync(LiaisonDb db, long importId, string? place, int limit, CancellationToken cancel);
    /// <summary>
    /// What a row would become, field by field, in words; with what is wrong with it. Dates are understood in the order given, where one is known; <paramref name="memory"/> is what
    /// <see cref="Survey"/> gathered of the rows.
    /// </summary>
    public abstract (IReadOnlyList<ChangeText> Values, IReadOnlyList<RowMessage> Messages) Preview(ImportRow row, string? dateOrder, IReadOnlyDictionary<string, object> memory);
    /// <summary>The changes of an outcome in words.</summary>
    public abstract IReadOnlyList<ChangeText> Describe(System.Text.Json.Nodes.JsonNode changes);
    /// <summary>A field's label in the current language.</summary>
    public abstract string LabelOf(string field);
    /// <summary>Where the record's page is.</summary>
    public abstract string UrlOf(long recordId);
    /// <summary>The list of the records this import created.</summary>
    public abstract string UrlOfCreated(long importId);
    /// <summary>The list of the companies among them.</summary>
    public virtual string UrlOfCompanies(long importId) => UrlOfCreated(importId);
}

/// <summary>A field that a column can be mapped to.</summary>
/// <param name="Key">"email.work", "address.home.city"…</param>
/// <param name="Label">Shown name in the current language.</param>
/// <param name="Group">Key of the group it is listed under.</param>
public sealed record ImportChoice(string Key, string Label, string Group);

/// <summary>What can be chosen for a whole file: values with their labels.</summary>
/// <param name="Types">Types a record can have.</param>
/// <param name="Users">Users who can be responsible.</param>
/// <param name="Statuses">Statuses that new records can be given instead of the first one, which leads the list; empty for those who may not choose.</param>
public sealed record TargetChoices(IReadOnlyList<KeyValuePair<string, string>> Types, IReadOnlyList<KeyValuePair<string, string>> Users, IReadOnlyList<KeyValuePair<string, string>> Statuses);

/// <summary>A field of a record in words: its old value where it is replaced, and the new one.</summary>
public sealed record ChangeText(string Label, string? Old, string? New);

/// <summary>A row as the target read or prepared it.</summary>
/// <param name="Number">Row number as a spreadsheet shows it, or the card's number.</param>
/// <param name="Record">What the target made of it.</param>
public sealed record ImportRow(long Number, object Record);

/// <summary>Options of a whole import, stored as JSON with the run.</summary>
public sealed record ImportOptions
{
    /// <summary>What each column is.</summary>
    public IReadOnlyList<ColumnMapping> Mapping { get; init; } = [];
    /// <summary>What happens to a row whose record exists: "skip", "update" (in place), "create".</summary>
    public string Duplicates { get; init; } = "skip";
    /// <summary>What records are recognised by: "email", "phone", "name".</summary>
    public IReadOnlyList<string> MatchBy { get; init; } = ["email", "phone", "name"];
    /// <summary>Tags put on every record.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];
    /// <summary>Responsible users; the importer when empty.</summary>
    public IReadOnlyList<long> Responsibles { get; init; } = [];
    /// <summary>"private", "read", "readWrite".</summary>
    public string Access { get; init; } = "private";
    /// <summary>Key of the type for records that name none; null for none.</summary>
    public string? Type { get; init; }
    /// <summary>Id of the company that all persons belong to; null for those that rows name.</summary>
    public long? Company { get; init; }
    /// <summary>Status of new records, chosen by an administrator; null for the usual one.</summary>
    public string? Status { get; init; }
    /// <summary>How dates such as 03/04/2025 are meant: "dmy", "mdy"; null for what the file itself shows.</summary>
    public string? DateOrder { get; init; }
}

/// <summary>What a target decided about a batch and has yet to write.</summary>
public abstract class ImportDecision
{
    /// <summary>
    /// Whether writing it only adds records of its own that nothing decided later has to find in the database: such batches of one import are written at the same time where
    /// the database can, and commit in the order of the file.
    /// </summary>
    public virtual bool IsApart => false;
    /// <summary>Gives new records their ids and takes note of what later rows have to know; before later rows are decided. One that is not <see cref="IsApart"/> writes what else is needed.</summary>
    public virtual Task PlaceAsync(LiaisonDb db, CancellationToken cancel) => Task.CompletedTask;
    /// <summary>Writes it inside the current transaction, unless <see cref="ImportBatch.DryRun"/>.</summary>
    public abstract Task WriteAsync(LiaisonDb db, CancellationToken cancel);
    /// <summary>What became of each row, once it is written.</summary>
    public abstract IReadOnlyList<ImportOutcome> Outcomes();
}

/// <summary>Rows to be decided together.</summary>
public sealed class ImportBatch
{
    /// <summary>So many batches before one may not be in the database yet when it is looked up.</summary>
    public const int Behind = 4;
    /// <summary>The import's id.</summary>
    public required long ImportId { get; init; }
    /// <summary>File name, for the journal.</summary>
    public required string FileName { get; init; }
    /// <summary>Nothing is written.</summary>
    public required bool DryRun { get; init; }
    /// <summary>"dmy" or "mdy" where the dates that are imported do not show it themselves, but the rest of the file does.</summary>
    public string? DateOrder { get; init; }
    /// <summary>Options.</summary>
    public required ImportOptions Options { get; init; }
    /// <summary>The rows.</summary>
    public required IReadOnlyList<ImportRow> Rows { get; init; }
    /// <summary>Whatever the target keeps between batches of one run; it starts empty when a run goes on after a restart.</summary>
    public required Dictionary<string, object> Memory { get; init; }
    /// <summary>What was looked up ahead; null when nothing was.</summary>
    public object? Found { get; set; }
    /// <summary>Companies that the rows named and that were made beside their records; less those that got a row of their own.</summary>
    public long Companies { get; set; }
    /// <summary>What the person should know of the whole file, with the number of rows it concerns.</summary>
    public Dictionary<RowMessage, long> Notices { get; } = [];

    /// <summary>So many of its rows, with what was looked up for all.</summary>
    public ImportBatch Part(int from, int count) => count == Rows.Count ? this
        : new() { ImportId = ImportId, FileName = FileName, DryRun = DryRun, Options = Options, Rows = [.. Rows.Skip(from).Take(count)], Memory = Memory, Found = Found };

    /// <summary>Takes note of something about a row that is to be told of the whole file.</summary>
    public void Notice(RowMessage message) => Notices[message] = Notices.GetValueOrDefault(message) + 1;
}

/// <summary>What becomes of a row.</summary>
public enum ImportResult
{
    /// <summary>A new record.</summary>
    Created = 1,
    /// <summary>An existing record changed.</summary>
    Updated = 2,
    /// <summary>Exists already, or nothing to change.</summary>
    Skipped = 3,
    /// <summary>Refused; the reason names field and value.</summary>
    Failed = 4,
}

/// <summary>What was decided for one row.</summary>
/// <param name="Number">The row's number.</param>
/// <param name="Result">What became of it.</param>
/// <param name="RecordId">The record created, changed or found; null in a dry run for new ones.</param>
/// <param name="Name">Name to show.</param>
/// <param name="Details">JSON of <see cref="OutcomeDetails"/>; null when there is nothing to tell.</param>
public sealed record ImportOutcome(long Number, ImportResult Result, long? RecordId, string Name, string? Details = null);

/// <summary>The particulars of a row: told by the page, used by undo.</summary>
public sealed record OutcomeDetails
{
    /// <summary>What the existing record was recognised by: "email", "phone", "name", or "file" for another row of the same file.</summary>
    public string? By { get; init; }
    /// <summary>Number of the earlier row of the file that is the same.</summary>
    public long? SameAsRow { get; init; }
    /// <summary>Fields that change, with old and new value.</summary>
    public System.Text.Json.Nodes.JsonNode? Changes { get; init; }
    /// <summary>Version of the record after the change; undo touches it only while it has it.</summary>
    public long? Version { get; init; }
    /// <summary>Refusals and warnings.</summary>
    public IReadOnlyList<RowMessage>? Messages { get; init; }
    /// <summary>The main values of a new record, told by a dry run.</summary>
    public string? Values { get; init; }
}

/// <summary>A refusal or warning about a field of a row.</summary>
/// <param name="Field">Field key, "" for the row.</param>
/// <param name="Value">The text as it stands in the file.</param>
/// <param name="Text">Key of the message; its placeholders are the value and the argument, or the argument alone when there is no value.</param>
/// <param name="Argument">Further placeholder.</param>
/// <param name="Refuses">Whether it refused the row.</param>
public sealed record RowMessage(string Field, string Value, string Text, string? Argument = null, bool Refuses = true);

/// <summary>One step of an undo.</summary>
/// <param name="Place">Where the next step goes on; opaque.</param>
/// <param name="Removed">Records removed.</param>
/// <param name="Restored">Records restored.</param>
/// <param name="Kept">Records left, wholly or in part, because a person changed or used them since.</param>
public sealed record ImportUndo(string Place, int Removed, int Restored, IReadOnlyList<KeptRecord> Kept);

/// <summary>A record that undo left alone, wholly or in part.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Reason">Why.</param>
/// <param name="Fields">Fields of a changed record that keep what somebody wrote since; the others have their old values again.</param>
public sealed record KeptRecord(long Id, string Name, KeptReason Reason = KeptReason.Edited, IReadOnlyList<string>? Fields = null);

/// <summary>Why an undo leaves a record.</summary>
public enum KeptReason
{
    /// <summary>A person changed it since.</summary>
    Edited = 1,
    /// <summary>The import made it, and something was recorded on it since.</summary>
    Used = 2,
    /// <summary>A record that is kept belongs to it.</summary>
    Holds = 3,
}
