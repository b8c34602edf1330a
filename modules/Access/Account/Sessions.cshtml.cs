using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Liaison.Kernel.Journal;
using Liaison.Kernel.Texts;
using Liaison.Kernel.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liaison.Access.Pages;

/// <summary>POST /account/sessions: ends one of the person's sessions, or all of them.</summary>
[SignedIn]
public sealed class SessionsPage(Sessions sessions, CurrentViewer current, LiaisonDb db, Localizer texts) : PageModel
{
    public IActionResult OnGet() => Redirect("/account");

    public async Task<IActionResult> OnPostAsync([FromForm] string? id, CancellationToken cancel)
    {
        var viewer = current.Viewer;
        long? one = null;
        if (id is not null)
        {
            if (!long.TryParse(id, System.Globalization.CultureInfo.InvariantCulture, out var number)) return NotFound();
            one = number;
        }
        await db.InTransactionAsync(async () =>
        {
            await sessions.EndAsync(db, viewer.UserId, only: one, cancel: cancel);
            db.Record("user.sessionsEnded", "user", viewer.UserId, new { all = one is null });
            await db.SaveChangesAsync(cancel);
        }, cancel);
        sessions.Forget(viewer.UserId);
        if (one is null || one == SignOutPage.Here(User))
        {
            Sessions.RemoveCookie(HttpContext);
            return new SeeOther("/sign-in");
        }
        TempData.Say(texts["access.account.ended"]);
        return new SeeOther("/account");
    }
}
