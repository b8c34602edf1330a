using Liaison.Contacts.Lifecycle;
using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Liaison.Kernel.Journal;
using Liaison.Kernel.Texts;
using Liaison.Kernel.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liaison.Contacts.Pages;

/// <summary>GET, POST /settings/after-sale: whether a sale makes the company or its persons clients too.</summary>
[Permission("contacts.configure")]
public sealed class AfterSalePage(LiaisonDb db, Localizer texts) : PageModel
{
    public static readonly IReadOnlyList<string> Choices = ["ask", "always", "never"];

    public string Choice { get; private set; } = "ask";

    public async Task OnGetAsync(CancellationToken cancel) => Choice = await db.SettingAsync(RelatedContacts.Setting, cancel) ?? "ask";

    public async Task<IActionResult> OnPostAsync([FromForm] string? choice, CancellationToken cancel)
    {
        if (choice is null || !Choices.Contains(choice)) return BadRequest();
        await db.SetAsync(RelatedContacts.Setting, choice, cancel);
        db.Record("setting.changed", "setting", 0, new { key = RelatedContacts.Setting, value = choice });
        await db.SaveChangesAsync(cancel);
        TempData.Say(texts["status.settings.saved"]);
        Response.Headers.Location = "/settings/after-sale";
        return StatusCode(303);
    }
}
