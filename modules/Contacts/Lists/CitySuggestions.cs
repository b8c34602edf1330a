using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Liaison.Kernel.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Lists;

/// <summary>GET /contacts/cities/suggest?q=: cities of the contacts that the viewer sees, as options of a combobox.</summary>
internal static class CitySuggestions
{
    private const int Most = 20;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/contacts/cities/suggest", AnswerAsync).Permission("contacts.view");

    private static async Task<IResult> AnswerAsync(string? q, LiaisonDb db, ContactList list, CancellationToken cancel)
    {
        var cities = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var start in Cities.Starts(q is { Length: > 100 } ? q[..100] : q ?? ""))
        {
            if (await list.FewSeenAsync(cancel) is { } ids) await AllAsync(db.Contacts().Where(c => ids.Contains(c.Id)), start, cities, cancel);
            else if (await list.ThinSeenAsync(cancel) is { } parts) foreach (var part in parts) await AllAsync(part, start, cities, cancel);
            else await NextAsync(db.Contacts(), start, cities, cancel);
        }
        return Options.Answer(cities.Values.Take(Most).Select(c => (c, c)));
    }

    private static async Task AllAsync(IQueryable<Contact> contacts, string start, SortedDictionary<string, string> cities, CancellationToken cancel)
    {
        var found = contacts.From(start).GroupBy(c => c.CityKey).Select(g => new { g.Key, Name = g.Min(c => c.City)! }).OrderBy(g => g.Key).Take(Most);
        foreach (var city in await found.ToListAsync(cancel)) cities.TryAdd(city.Key, city.Name);
    }

    // From one city to the next in the index, however many contacts live in each.
    private static async Task NextAsync(IQueryable<Contact> contacts, string start, SortedDictionary<string, string> cities, CancellationToken cancel)
    {
        var last = "";
        for (var i = 0; i < Most; i++)
        {
            var after = last;
            if (await contacts.From(start).Where(c => string.Compare(c.CityKey, after) > 0).OrderBy(c => c.CityKey).Select(c => new { c.CityKey, c.City }).FirstOrDefaultAsync(cancel) is not { } city) return;
            cities.TryAdd(last = city.CityKey, city.City ?? "");
        }
    }
}
