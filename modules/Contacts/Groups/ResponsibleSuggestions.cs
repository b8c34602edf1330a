using System.Globalization;
using Liaison.Access;
using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Liaison.Kernel.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Liaison.Contacts.Groups;

/// <summary>GET /contacts/responsibles/suggest?q=: accounts in use as options of a combobox.</summary>
internal static class ResponsibleSuggestions
{
    private const int Most = 50;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/contacts/responsibles/suggest", AnswerAsync).Permission("contacts.view");

    private static async Task<IResult> AnswerAsync(string? q, Users users, CancellationToken cancel)
    {
        var typed = SearchText.Fold(q);
        var found = (await users.ActiveAsync(cancel)).Where(u => SearchText.Fold(u.Name).Contains(typed, StringComparison.Ordinal)).Take(Most);
        return Options.Answer(found.Select(u => (u.Id.ToString(CultureInfo.InvariantCulture), u.Name)));
    }
}
