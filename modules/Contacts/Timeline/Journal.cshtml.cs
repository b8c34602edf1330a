using Liaison.Contacts.Record;
using Liaison.Contacts.Timeline;
using Liaison.Kernel.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liaison.Contacts.Pages;

/// <summary>GET /contacts/{id}/journal</summary>
[Permission("contacts.view")]
public sealed class JournalPage(ContactRecords records, ContactTimeline timeline) : PageModel
{
    public ContactRecord Record { get; private set; } = null!;
    public TimelineView Timeline { get; private set; } = null!;
    /// <summary>Whether only the frame is wanted.</summary>
    public bool IsFrame => Request.Headers.ContainsKey("Turbo-Frame");

    public async Task<IActionResult> OnGetAsync(long id, string? kind, string? before, CancellationToken cancel)
    {
        if (await records.LoadAsync(id, cancel, async () => Timeline = await TimelineView.LoadAsync(timeline, id, before, kind, cancel)) is not { } record) return NotFound();
        Record = record;
        return Page();
    }
}
