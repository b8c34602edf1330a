using System.Globalization;
using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Liaison.Kernel.Journal;
using Liaison.Kernel.Ui;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc;

namespace Liaison.Access.Pages;

/// <summary>POST /sign-out</summary>
[SignedIn, BeforeOwnPassword]
public sealed class SignOutPage(Sessions sessions, CurrentViewer current, LiaisonDb db) : PageModel
{
    public IActionResult OnGet() => Redirect("/");

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var viewer = current.Viewer;
        await sessions.EndAsync(db, viewer.UserId, only: Here(HttpContext.User), cancel: cancel);
        db.Record("user.signedOut", "user", viewer.UserId);
        await db.SaveChangesAsync(cancel);
        Sessions.RemoveCookie(HttpContext);
        return new SeeOther("/sign-in");
    }

    internal static long Here(System.Security.Claims.ClaimsPrincipal principal) => long.Parse(principal.FindFirst(SignedInAs.SourceClaim)!.Value, CultureInfo.InvariantCulture);
}
