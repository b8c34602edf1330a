using System.Globalization;
using System.Text.Json;
using Liaison.Kernel.Data;
using Liaison.Kernel.Journal;
using Liaison.Kernel.Texts;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Exchange.Imports;

/// <summary>A row of the result, in words.</summary>
/// <param name="Row">Number as a spreadsheet shows it.</param>
/// <param name="Result">What became of it.</param>
/// <param name="RecordId">The record; null for new ones of a dry run and refused rows.</param>
/// <param name="Name">Name to show.</param>
/// <param name="By">What it was recognised by: "email", "phone", "name", "file".</param>
/// <param name="SameAsRow">Earlier row of the file that is the same.</param>
/// <param name="Values">Main values of a new record, in a dry run.</param>
/// <param name="Changes">What changes.</param>
/// <param name="Messages">Refusals and warnings.</param>
public sealed record RowResult(long Row, ImportResult Result, long? RecordId, string Name, string? By, long? SameAsRow, string? Values,
    IReadOnlyList<ChangeText> Changes, IReadOnlyList<RowReason> Messages);

/// <summary>A refusal or warning in words.</summary>
public sealed record RowReason(string Field, string Label, string Value, string Message, bool Refuses);

/// <summary>The rows of an import and what became of them, page by page in the order of the file.</summary>
public sealed class ImportRows(LiaisonDb db, Localizer texts)
{
    /// <summary>A page of rows; with <paramref name="result"/> only those of which that became.</summary>
    public async Task<Page<RowResult>> PageAsync(Import import, ImportTarget target, ImportResult? result, Cursor? cursor, int limit, CancellationToken cancel)
    {
        var rows = db.Set<ImportedRow>().AsNoTracking().Where(r => r.ImportId == import.Id);
        if (result is { } one) rows = rows.Where(r => r.Result == one);
        var (at, back) = (cursor?.Id ?? 0, cursor?.Before == true);
        var found = await (back ? rows.Where(r => r.Number < at).OrderByDescending(r => r.Number) : rows.Where(r => r.Number > at).OrderBy(r => r.Number)).Take(limit + 1).ToListAsync(cancel);
        var more = found.Count > limit;
        if (more) found.RemoveAt(limit);
        if (back) found.Reverse();
        string? Mark(bool there, int index, bool before) => there && found.Count > 0 ? new Cursor("", found[index].Number, before).ToString() : null;
        return new([.. found.Select(r => Told(r, target))], Mark(back || more, found.Count - 1, false), Mark(back ? more : at > 0, 0, true));
    }

    /// <summary>What an undo left, and where the list goes on; null at its end.</summary>
    public async Task<(IReadOnlyList<KeptRecord> Kept, long? Last)> KeptAsync(Import import, long after, int limit, CancellationToken cancel)
    {
        var kept = await db.Set<JournalEntry>().AsNoTracking().Where(j => j.SubjectType == "import" && j.SubjectId == import.Id && j.Kind == "import.kept" && j.Id > after).OrderBy(j => j.Id).Take(limit + 1).ToListAsync(cancel);
        var shown = kept.Take(limit).ToList();
        return ([.. shown.Select(k => JsonSerializer.Deserialize<KeptRecord>(k.Details!, Journaling.Json)!)], kept.Count > limit ? shown[^1].Id : null);
    }

    /// <summary>A message of a row in words: field, value and reason.</summary>
    public RowReason Reason(RowMessage message, ImportTarget target)
    {
        var label = message.Field.Length == 0 || message.Field == "ignore" ? "" : target.LabelOf(message.Field);
        var said = message.Value.Length == 0 && message.Argument is not null ? texts[message.Text, Number(message.Argument)] : texts[message.Text, message.Value, message.Argument];
        return new(message.Field, label, message.Value, said, message.Refuses);
    }

    /// <summary>What is to be told of the whole file, in words, with the number of rows.</summary>
    public IReadOnlyList<(RowReason Reason, long Rows)> Notices(Import import, StartImport start) =>
        import.Notices is null || start.Target(import.Target) is not { } target ? [] : [.. ImportNotice.Of(import).Select(n => (Reason(n.Message, target), n.Rows))];

    private RowResult Told(ImportedRow row, ImportTarget target)
    {
        var details = row.Details is null ? new OutcomeDetails() : JsonSerializer.Deserialize<OutcomeDetails>(row.Details, Journaling.Json)!;
        return new(row.Number, row.Result, row.RecordId, row.Name, details.By, details.SameAsRow, details.Values,
            details.Changes is null ? [] : target.Describe(details.Changes), [.. (details.Messages ?? []).Select(m => Reason(m, target))]);
    }

    private static object Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : text;
}
