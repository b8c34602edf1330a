using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liaison.Contacts.Pages;

/// <summary>GET /contacts/duplicates: the contacts like the one being typed, a fragment beside the form.</summary>
[Permission("contacts.view")]
public sealed class LookAlikesPage(LiaisonDb db) : PageModel
{
    public IReadOnlyList<PossibleDuplicate> Found { get; private set; } = [];
    /// <summary>Responsible users of contacts with the same e-mail or phone that the viewer does not see.</summary>
    public IReadOnlyList<string> Ask { get; private set; } = [];

    public async Task OnGetAsync(string? kind, long except, string? firstName, string? lastName, string? companyName, string[]? email, string[]? phone, CancellationToken cancel)
    {
        static List<PointInput> Points(string[]? values) => [.. (values ?? []).Where(v => v is { Length: > 0 and <= 500 }).Take(20).Select(v => new PointInput { Value = v })];
        var input = new ContactInput
        {
            Kind = kind == "company" ? ContactKind.Company : ContactKind.Person, FirstName = Short(firstName), LastName = Short(lastName), CompanyName = Short(companyName),
            Emails = Points(email), Phones = Points(phone),
        };
        Found = await db.FindDuplicatesAsync(input, except, cancel);
        Ask = await db.FindHiddenOwnersAsync(input, cancel);
    }

    private static string? Short(string? text) => text?.Length > 300 ? text[..300] : text;
}
