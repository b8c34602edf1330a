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
        Timeline = await TimelineView.LoadAsync(timeline, id, null, kind, cancel);
        var loaded = new List<(RecordPanel, object)>();
        foreach (var panel in panels.For(db.Viewer).OrderBy(p => p.Order))
            if (await panel.LoadAsync(db, record.Contact, cancel) is { } model) loaded.Add((panel, model));
        Panels = loaded;
        return Show(record);
    }

    private Microsoft.AspNetCore.Mvc.RazorPages.PageResult Show(ContactRecord record)
    {
        Record = record;
        return Page();
    }
}
