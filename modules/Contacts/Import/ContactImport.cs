using System.Globalization;
using Liaison.Exchange;
using Liaison.Exchange.Reading;
using Liaison.Kernel.Data;
using Liaison.Kernel.Texts;

namespace Liaison.Contacts.Import;

/// <summary>Contacts as the target of an import: what a row becomes, which contact it is already, what is written and how it is taken back.</summary>
public sealed class ContactImport(Localizer texts) : ImportTarget
{
    /// <inheritdoc/>
    public override string Key => "contacts";
    /// <inheritdoc/>
    public override string Permission => "contacts.import";
    /// <inheritdoc/>
    public override IReadOnlyList<ImportChoice> Fields =>
        [.. ImportFields.All.Select(key => new ImportChoice(key, ImportFields.Label(key, CultureInfo.CurrentUICulture.TwoLetterISOLanguageName), key.Split('.')[0]))];

    /// <inheritdoc/>
    public override IReadOnlyList<ColumnMapping> Suggest(IReadOnlyList<string> headers, IReadOnlyList<CsvRow> sample) => MappingSuggestion.Suggest(headers, sample);

    /// <inheritdoc/>
    public override IEnumerable<ImportRow> Read(Stream file, FileShape shape, IReadOnlyList<ColumnMapping> mapping, long skip)
    {
        file.Position = 0;
        if (shape.Format == FileFormat.VCard)
        {
            foreach (var card in VCards.Read(file, shape, skip)) yield return new(card.Number, RowReading.Read(card));
            yield break;
        }
        var reading = new RowReading(mapping);
        foreach (var row in CsvRows.Read(file, shape, skip)) yield return new(row.Number, reading.Read(row));
    }

    /// <inheritdoc/>
    public override void Survey(IEnumerable<ImportRow> rows, Dictionary<string, object> memory)
    {
        memory["texts"] = texts;
        memory["shared"] = SharedEmails.Of(rows);
    }

    /// <inheritdoc/>
    public override async Task<IReadOnlyList<ImportOutcome>> RunAsync(LiaisonDb db, ImportBatch batch, CancellationToken cancel)
    {
        var lists = await ImportLists.OfAsync(db, batch, cancel);
        var drafts = batch.Rows.Select(row => ImportDraft.Of(row, (ImportedContact)row.Record, lists, batch.Options)).ToList();
        var matches = await ContactMatches.FindAsync(db, batch, drafts.FindAll(d => !d.IsRefused), cancel);
        var plan = new ImportPlan(db, batch, matches);
        foreach (var draft in drafts) plan.Decide(draft);
        await plan.LoadUpdatedAsync(lists, cancel);
        if (!batch.DryRun) await ImportWriter.WriteAsync(db, batch, plan, lists, cancel);
        return plan.Outcomes();
    }

    /// <inheritdoc/>
    public override Task<ImportUndo?> UndoAsync(LiaisonDb db, long importId, string? place, int limit, CancellationToken cancel) =>
        new ImportUndoing(db, importId, limit).StepAsync(place, cancel);

    /// <inheritdoc/>
    public override string UrlOf(long recordId) => string.Create(CultureInfo.InvariantCulture, $"/contacts/{recordId}");

    /// <inheritdoc/>
    public override string UrlOfCreated(long importId) => string.Create(CultureInfo.InvariantCulture, $"/contacts?import={importId}");
}
