using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Liaison.Kernel.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Labels;

/// <summary>GET /contacts/tags/suggest?q=: tags as options of a combobox, those that start with what is typed first.</summary>
internal static class TagSuggestions
{
    private const int Most = 50;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/contacts/tags/suggest", AnswerAsync).Permission("contacts.view");

    private static async Task<IResult> AnswerAsync(string? q, SeenTags seen, CancellationToken cancel)
    {
        var typed = SearchText.Fold(q is { Length: > 100 } ? q[..100] : q);
        var tags = await seen.OfAsync(cancel);
        // Those that start with it are a range of the index, and the rest is only asked for when these are few.
        var end = typed + "\U0010FFFF";
        var found = await tags.Where(t => string.Compare(t.Key, typed) >= 0 && string.Compare(t.Key, end) < 0).OrderBy(t => t.Key).Take(Most).Select(t => t.Name).ToListAsync(cancel);
        if (typed.Length > 0 && found.Count < Most)
            found.AddRange(await tags.Where(t => t.Key.Contains(typed) && !t.Key.StartsWith(typed)).OrderBy(t => t.Key).Take(Most - found.Count).Select(t => t.Name).ToListAsync(cancel));
        return Options.Answer(found.Select(name => (name, name)));
    }
}
