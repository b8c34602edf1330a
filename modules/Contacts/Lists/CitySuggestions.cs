using Liaison.Contacts.Finding;
using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Liaison.Kernel.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Liaison.Contacts.Lists;

/// <summary>GET /contacts/cities/suggest?q=: cities of the contacts that the viewer sees, as options of a combobox.</summary>
internal static class CitySuggestions
{
    private const int Most = 20;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/contacts/cities/suggest", AnswerAsync).Permission("contacts.view");

    private static async Task<IResult> AnswerAsync(string? q, LiaisonDb db, ContactList list, SeenCities seen, CancellationToken cancel)
    {
        var cities = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var start in Cities.Starts(q is { Length: > 100 } ? q[..100] : q ?? ""))
            foreach (var (key, city) in await seen.StartingAsync(db, list, start, Most, cancel)) cities.TryAdd(key, city);
        return Options.Answer(cities.Values.Take(Most).Select(c => (c, c)));
    }
}
