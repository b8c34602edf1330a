using Liaison.Contacts.Lists;
using Liaison.Kernel.Access;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liaison.Contacts.Pages;

/// <summary>GET /contacts/companies/suggest?q=: companies the viewer sees, for the combobox.</summary>
[Permission("contacts.view")]
public sealed class SuggestCompaniesPage(ContactList list) : PageModel
{
    public IReadOnlyList<ContactRow> Companies { get; private set; } = [];

    public async Task OnGetAsync(string? q, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(q) || q.Length > 300) return;
        var page = await list.PageAsync(new ContactFilter { Query = q, Kind = ContactKind.Company }, ContactSort.Default, null, 8, cancel);
        Companies = page?.Items ?? [];
    }
}
