using Liaison.Contacts.Lifecycle;
using Liaison.Contacts.Timeline;
using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Pages;

/// <summary>GET /contacts/{id}/status-history: every move with its reason, newest first.</summary>
[Permission("contacts.view")]
public sealed class StatusHistoryPage(LiaisonDb db) : PageModel
{
    private const int Size = 100;

    public Contact Contact { get; private set; } = null!;
    public IReadOnlyList<JournalItem> Moves { get; private set; } = [];
    public string? Next { get; private set; }
    public bool MayEdit { get; private set; }

    public async Task<IActionResult> OnGetAsync(long id, string? cursor, CancellationToken cancel)
    {
        if (await db.Contacts().Where(c => c.Id == id).Include(c => c.Responsibles).FirstOrDefaultAsync(cancel) is not { } contact) return NotFound();
        Contact = contact;
        MayEdit = contact.Status != ContactStatus.None && db.Viewer.May("contacts.edit") && db.MayEdit(contact);
        var entries = JournalTimeline.OfStatus(db, id);
        if (Cursor.Parse(cursor) is { } place && place.Moment is { } at) entries = entries.Where(j => j.At <= at && (j.At < at || j.Id < place.Id));
        var rows = await entries.OrderByDescending(j => j.At).ThenByDescending(j => j.Id).Take(Size + 1).ToListAsync(cancel);
        if (rows.Count > Size)
        {
            rows.RemoveAt(Size);
            Next = new Cursor(Cursor.KeyOf(rows[^1].At), rows[^1].Id, false).ToString();
        }
        Moves = rows.ConvertAll(JournalTimeline.Read);
        return Page();
    }
}
