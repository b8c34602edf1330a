using Liaison.Contacts.Timeline;
using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Activities.Pages;

/// <summary>GET /activities/{id}: leads to the place in its contact's journal, however old it is.</summary>
[Permission("activities.view")]
public sealed class ActivityPlacePage(LiaisonDb db) : PageModel
{
    public async Task<IActionResult> OnGetAsync(long id, CancellationToken cancel) =>
        await db.Activities().FirstOrDefaultAsync(a => a.Id == id, cancel) is { } activity ? Redirect(Places.Of(activity) + FormattableString.Invariant($"#activity-{id}")) : NotFound();
}

/// <summary>GET /responses/{id}: leads to the action that it answers.</summary>
[Permission("activities.view")]
public sealed class ResponsePlacePage(LiaisonDb db) : PageModel
{
    public async Task<IActionResult> OnGetAsync(long id, CancellationToken cancel) =>
        await db.Set<Response>().Where(r => r.Id == id).Join(db.Activities(), r => r.ActivityId, a => a.Id, (_, a) => a).FirstOrDefaultAsync(cancel) is { } activity
            ? Redirect(Places.Of(activity) + FormattableString.Invariant($"#response-{id}")) : NotFound();
}

internal static class Places
{
    /// <summary>The page of the journal that begins with the action.</summary>
    public static string Of(Activity activity) => FormattableString.Invariant($"/contacts/{activity.ContactId}/journal?before={new TimelineCursor(activity.OccurredAt.AddTicks(10), 0, 0)}");
}
