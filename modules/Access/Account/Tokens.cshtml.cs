using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Liaison.Kernel.Texts;
using Liaison.Kernel.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liaison.Access.Pages;

/// <summary>POST /account/tokens: ends one of the person's API tokens.</summary>
[SignedIn]
public sealed class TokensPage(Tokens tokens, LiaisonDb db, Localizer texts) : PageModel
{
    public IActionResult OnGet() => Redirect("/account");

    public async Task<IActionResult> OnPostAsync([FromForm] long id, CancellationToken cancel)
    {
        if (await tokens.RevokeAsync(db, db.ViewerId, id, cancel) == 0) return NotFound();
        TempData.Say(texts["access.account.revoked"]);
        return new SeeOther("/account");
    }
}
