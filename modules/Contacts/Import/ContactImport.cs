using System.Globalization;
using System.Text.Json.Nodes;
using Liaison.Access;
using Liaison.Contacts.Lifecycle;
using Liaison.Contacts.Lists;
using Liaison.Exchange;
using Liaison.Exchange.Reading;
using Liaison.Kernel.Data;
using Liaison.Kernel.Texts;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Import;

/// <summary>Contacts as the target of an import: what a row becomes, which contact it is already, what is written and how it is taken back.</summary>
public sealed class ContactImport(LiaisonDb database, StatusReplay replay, Localizer texts, ContactLists cache) : ImportTarget
{
    private static string Language => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;

    /// <inheritdoc/>
    public override string Key => "contacts";
    /// <inheritdoc/>
    public override string Permission => "contacts.import";
    /// <inheritdoc/>
    public override IReadOnlyList<ImportChoice> Fields => [.. ImportFields.All.Select(key => new ImportChoice(key, ImportFields.Label(key, Language), GroupOf(key)))];

    /// <inheritdoc/>
    public override bool Knows(string field) => ImportFields.Parse(field) is not null;

    /// <inheritdoc/>
    public override string LabelOf(string field) => ImportWords.Label(field, Language);

    /// <inheritdoc/>
    public override async Task<IReadOnlyList<ColumnMapping>> SuggestAsync(IReadOnlyList<string> headers, IReadOnlyList<CsvRow> sample, CancellationToken cancel)
    {
        var lists = await ImportLists.ReadAsync(database, texts, cancel);
        return [.. MappingSuggestion.Suggest(headers, sample).Select(m => Fits(m, sample, lists) ? m : m with { Target = ImportFields.Ignore, Confidence = 0.4, Why = "words" })];
    }

    /// <inheritdoc/>
    public override async Task<TargetChoices> ChoicesAsync(CancellationToken cancel)
    {
        var types = await database.Set<ContactType>().AsNoTracking().OrderBy(t => t.Position).ToListAsync(cancel);
        var users = await database.Users().OrderBy(u => u.Name).Select(u => new { u.Id, u.Name }).ToListAsync(cancel);
        return new([.. types.Select(t => KeyValuePair.Create(t.Key, t.Name ?? texts["contactType." + t.Key]))],
            [.. users.Select(u => KeyValuePair.Create(u.Id.ToString(CultureInfo.InvariantCulture), u.Name))],
            database.Viewer.May("contacts.configure") ? [.. StatusRules.Stages.Select(s => KeyValuePair.Create(ContactFilter.Word(s), texts["status." + ContactFilter.Word(s)]))] : []);
    }

    /// <inheritdoc/>
    public override Task<string?> CompanyAsync(long id, CancellationToken cancel) =>
        database.Contacts().Where(c => c.Id == id && c.Kind == ContactKind.Company).Select(c => (string?)c.CompanyName).FirstOrDefaultAsync(cancel);

    /// <inheritdoc/>
    public override async Task<long?> CompanyAsync(string name, CancellationToken cancel)
    {
        var key = SearchText.Fold(name.Trim());
        var found = await database.Contacts().Where(c => c.SortName == key && c.Kind == ContactKind.Company).Select(c => c.Id).Take(2).ToListAsync(cancel);
        return found.Count == 1 ? found[0] : null;
    }

    /// <inheritdoc/>
    public override string CompaniesUrl => "/contacts/companies/suggest";

    /// <inheritdoc/>
    public override IReadOnlyList<IReadOnlyList<string>> Sample => ImportSample.Rows(Language, texts);

    /// <inheritdoc/>
    public override IEnumerable<ImportRow> Read(Stream file, FileShape shape, IReadOnlyList<ColumnMapping> mapping)
    {
        file.Position = 0;
        if (shape.Format == FileFormat.VCard)
        {
            foreach (var card in VCards.Read(file, shape)) yield return new(card.Number, RowReading.Read(card));
            yield break;
        }
        var reading = new RowReading(mapping);
        foreach (var row in CsvRows.Read(file, shape)) yield return new(row.Number, reading.Read(row));
    }

    /// <inheritdoc/>
    public override IEnumerable<ImportRow> ReadForSurvey(Stream file, FileShape shape, IReadOnlyList<ColumnMapping> mapping)
    {
        if (shape.Format == FileFormat.VCard) return Read(file, shape, mapping);
        List<ColumnMapping> surveyed = [.. mapping.Where(m => ImportFields.Parse(m.Target) is { Kind: var kind } && IsSurveyed(kind))];
        var reading = new RowReading(surveyed);
        return CsvRows.Read(file, shape, surveyed.ConvertAll(m => m.Column)).Select(row => new ImportRow(row.Number, reading.Read(row)));
    }

    // What tells who is who, and the words of lists and dates.
    private static bool IsSurveyed(FieldKind kind) => kind is FieldKind.Kind or FieldKind.FullName or FieldKind.FirstName or FieldKind.LastName or FieldKind.CompanyName or FieldKind.Email
        or FieldKind.Id or FieldKind.Type or FieldKind.Temperature or FieldKind.Created;

    /// <inheritdoc/>
    public override void Survey(IEnumerable<ImportRow> rows, long count, Dictionary<string, object> memory)
    {
        var words = new FileWords();
        memory["shared"] = SharedEmails.Of(words.Noting(rows), count);
        memory["words"] = words;
        memory["seen"] = new RowKeys(count * 3);
        memory["claimed"] = new Dictionary<long, long>();
    }

    /// <inheritdoc/>
    public override async Task BeginAsync(LiaisonDb db, ImportBatch whole, CancellationToken cancel) => whole.Memory["lists"] = await ImportLists.OfAsync(db, whole, texts, cancel);

    /// <inheritdoc/>
    public override ImportRow Prepare(ImportRow row, ImportBatch whole)
    {
        var read = (ImportedContact)row.Record;
        ((FileWords)whole.Memory["words"]).Names.Settle(read);
        var draft = ImportDraft.Of(row, read, (ImportLists)whole.Memory["lists"], whole.Options);
        draft.Prepare(whole);
        return row with { Record = draft };
    }

    /// <inheritdoc/>
    public override async Task RememberAsync(LiaisonDb db, ImportBatch batch, CancellationToken cancel)
    {
        foreach (var row in batch.Rows) ImportPlan.Remember(batch, (ImportDraft)row.Record);
        await ImportPlan.RememberClaimsAsync(db, batch, cancel);
    }

    /// <inheritdoc/>
    public override async Task LookUpAsync(LiaisonDb db, ImportBatch batch, CancellationToken cancel)
    {
        // A contact that the batches before are changing may be recognised by what it becomes: that is looked up when they are written.
        if (batch.DryRun || batch.Options.Duplicates != "update") batch.Found = await ContactMatches.FindAsync(db, batch, Drafts(batch), cancel);
    }

    /// <inheritdoc/>
    public override async Task<ImportDecision> DecideAsync(LiaisonDb db, ImportBatch batch, CancellationToken cancel)
    {
        var lists = (ImportLists)batch.Memory["lists"];
        var drafts = Drafts(batch);
        var matches = batch.Found as ContactMatches ?? await ContactMatches.FindAsync(db, batch, drafts, cancel);
        LatestCompanies.Of(batch).AddTo(matches.Companies);
        var plan = new ImportPlan(db, batch, matches);
        foreach (var draft in drafts) plan.Decide(draft);
        await plan.LoadUpdatedAsync(lists, cancel);
        if (batch.Options.Duplicates != "create") await HiddenMatches.TellAsync(db, [.. plan.Created], cancel);
        foreach (var notice in drafts.SelectMany(d => d.Notices())) batch.Notice(notice);
        return new ImportWriting(batch, plan, lists, replay, cache);
    }

    /// <inheritdoc/>
    public override async Task<ImportUndo?> UndoAsync(LiaisonDb db, long importId, string? place, int limit, CancellationToken cancel)
    {
        var step = await new ImportUndoing(db, replay, importId, limit).StepAsync(place, cancel);
        cache.Forget();
        return step;
    }

    /// <inheritdoc/>
    public override (IReadOnlyList<ChangeText> Values, IReadOnlyList<RowMessage> Messages) Preview(ImportRow row, string? dateOrder, IReadOnlyDictionary<string, object> memory)
    {
        ((FileWords)memory["words"]).Names.Settle((ImportedContact)row.Record);
        var draft = ImportDraft.Of(row, (ImportedContact)row.Record, null, new ImportOptions());
        return (new ImportWords(texts).Values(draft.Input, (ImportedContact)row.Record, dateOrder), draft.Messages);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ChangeText> Describe(JsonNode changes) => new ImportWords(texts).Changes(changes);

    /// <inheritdoc/>
    public override string UrlOf(long recordId) => string.Create(CultureInfo.InvariantCulture, $"/contacts/{recordId}");

    /// <inheritdoc/>
    public override string UrlOfCreated(long importId) => string.Create(CultureInfo.InvariantCulture, $"/contacts?import={importId}");

    /// <inheritdoc/>
    public override string UrlOfCompanies(long importId) => UrlOfCreated(importId) + "&kind=company";

    private static List<ImportDraft> Drafts(ImportBatch batch) => batch.Rows.Select(row => (ImportDraft)row.Record).ToList();

    // A column none of whose words is a word of our lists is something else, unless its heading is ours; an access or a currency that is none would
    // have its row refused. Such a column is offered, not taken.
    private static bool Fits(ColumnMapping column, IReadOnlyList<CsvRow> sample, ImportLists lists)
    {
        var words = sample.Where(r => column.Column < r.Cells.Length).Select(r => r.Cells[column.Column].Trim()).Where(v => v.Length > 0);
        return column.Target switch
        {
            ImportFields.Type => column.Why == "label" || AnyOrNone(words, v => lists.Types.Find(v) is not null),
            ImportFields.Temperature => column.Why == "label" || AnyOrNone(words, v => lists.Temperatures.Find(v) is not null),
            ImportFields.CreatedAt => AnyOrNone(words, v => CreationDate.Of(CsvText.Read(v)) is not null),
            ImportFields.Access => words.All(v => ImportDraft.AccessOf(v) is not null),
            ImportFields.Currency => words.All(v => CurrencyWords.Read(v) is not null),
            _ => true,
        };
    }

    private static bool AnyOrNone(IEnumerable<string> words, Func<string, bool> known) => !words.Any() || words.Any(known);

    private static string GroupOf(string key)
    {
        var field = ImportFields.Parse(key)!;
        return field.Kind switch
        {
            FieldKind.Ignore => "ignore",
            FieldKind.Email or FieldKind.Phone or FieldKind.Website or FieldKind.Social => "reach",
            FieldKind.Address => "address",
            FieldKind.Type or FieldKind.Temperature or FieldKind.Tags or FieldKind.Responsible or FieldKind.Access or FieldKind.Currency or FieldKind.Id or FieldKind.Created => "sort",
            _ => "who",
        };
    }
}
