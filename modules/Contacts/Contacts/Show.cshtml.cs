using Liaison.Contacts.Record;
using Liaison.Contacts.Timeline;
using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liaison.Contacts.Pages;

/// <summary>GET /contacts/{id}</summary>
[Permission("contacts.view")]
public sealed class ShowPage(LiaisonDb db, ContactRecords records, ContactTimeline timeline, IEnumerable<RecordPanel> panels) : PageModel
{
    public ContactRecord Record { get; private set; } = null!;
    public TimelineView Timeline { get; private set; } = null!;
    /// <summary>What other modules show, loaded.</summary>
    public IReadOnlyList<(RecordPanel Panel, object Model)> Panels { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(long id, string? kind, CancellationToken cancel)
    {
        RecordPanel[] shown = [.. panels.For(db.Viewer).OrderBy(p => p.Order)];
        var (read, story) = (new object?[shown.Length], (TimelineView?)null);
        var record = await records.LoadAsync(id, cancel,
            [async () => story = await TimelineView.LoadAsync(timeline, id, null, kind, cancel), .. shown.Select((panel, i) => (Func<Task>)(async () => read[i] = await panel.ReadAsync(db, id, cancel)))]);
        if (record is null) return await records.LoadDeletedAsync(id, cancel) is { } deleted ? Show(deleted) : NotFound();
        Timeline = story!;
        var loaded = new object?[shown.Length];
        await db.TogetherAsync([.. shown.Select((panel, i) => (Func<Task>)(async () => loaded[i] = await panel.LoadAsync(db, record.Contact, read[i], cancel)))]);
        Panels = [.. shown.Zip(loaded).Where(p => p.Second is not null).Select(p => (p.First, p.Second!))];
        return Show(record);
    }

    private Microsoft.AspNetCore.Mvc.RazorPages.PageResult Show(ContactRecord record)
    {
        Record = record;
        return Page();
    }
}
