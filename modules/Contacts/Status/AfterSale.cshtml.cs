using Liaison.Contacts.Lifecycle;
using Liaison.Kernel.Access;
using Liaison.Kernel.Texts;
using Liaison.Kernel.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liaison.Contacts.Pages;

/// <summary>GET, POST /settings/after-sale: whether a sale makes the company or its persons clients too.</summary>
[Permission("contacts.configure")]
public sealed class AfterSalePage(RelatedContacts related, Localizer texts) : PageModel
{
    public string Choice { get; private set; } = "";
    /// <summary>What is in force.</summary>
    public string Stored { get; private set; } = "";
    /// <summary>Whether it is another one than was shown.</summary>
    public bool IsStale { get; private set; }

    public async Task OnGetAsync(CancellationToken cancel) => Choice = Stored = await related.ChoiceAsync(cancel);

    public async Task<IActionResult> OnPostAsync([FromForm] string? choice, [FromForm] string? shown, CancellationToken cancel)
    {
        if (choice is null || !RelatedContacts.Choices.Contains(choice)) return BadRequest();
        if (!await related.ChooseAsync(choice, now => shown is null || now == shown || now == choice, cancel))
        {
            (Choice, Stored, IsStale) = (choice, await related.ChoiceAsync(cancel), true);
            Response.StatusCode = 409;
            return Page();
        }
        TempData.Say(texts["status.settings.saved"]);
        Response.Headers.Location = "/settings/after-sale";
        return StatusCode(303);
    }
}
