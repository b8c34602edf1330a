using Liaison.Contacts.Record;
using Liaison.Contacts.Timeline;
using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liaison.Contacts.Pages;

/// <summary>GET /contacts/{id}</summary>
[Permission("contacts.view")]
public sealed class ShowPage(LiaisonDb db, ContactTimeline timeline, IEnumerable<RecordPanel> panels) : PageModel
{
    public ContactRecord Record { get; private set; } = null!;
    public TimelineView Timeline { get; private set; } = null!;
    /// <summary>What other modules show, loaded.</summary>
    public IReadOnlyList<(RecordPanel Panel, object Model)> Panels { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(long id, string? kind, CancellationToken cancel)
    {
        if (await ContactRecord.LoadAsync(db, id, deleted: false, cancel) is not { } record)
            return await ContactRecord.LoadAsync(db, id, deleted: true, cancel) is { } deleted ? Show(deleted) : NotFound();
        RecordPanel[] shown = [.. panels.For(db.Viewer).OrderBy(p => p.Order)];
        var loaded = new object?[shown.Length];
        await db.TogetherAsync([
            async () => Timeline = await TimelineView.LoadAsync(timeline, id, null, kind, cancel),
            .. shown.Select((panel, i) => (Func<Task>)(async () => loaded[i] = await panel.LoadAsync(db, record.Contact, cancel)))]);
        Panels = [.. shown.Zip(loaded).Where(p => p.Second is not null).Select(p => (p.First, p.Second!))];
        return Show(record);
    }

    private Microsoft.AspNetCore.Mvc.RazorPages.PageResult Show(ContactRecord record)
    {
        Record = record;
        return Page();
    }
}
