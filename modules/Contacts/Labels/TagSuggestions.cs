using System.Text;
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

    private static async Task<IResult> AnswerAsync(string? q, LiaisonDb db, CancellationToken cancel)
    {
        var typed = SearchText.Fold(q is { Length: > 100 } ? q[..100] : q);
        var tags = db.Set<Tag>().AsNoTracking();
        if (typed.Length > 0) tags = tags.Where(t => t.Key.Contains(typed));
        var found = await tags.OrderByDescending(t => t.Key.StartsWith(typed)).ThenBy(t => t.Key).Take(Most).Select(t => t.Name).ToListAsync(cancel);
        var html = new StringBuilder();
        foreach (var name in found)
            html.Append("<li role=\"option\" data-value=\"").Append(Ui.Encode(name)).Append("\" data-text=\"").Append(Ui.Encode(name)).Append("\">").Append(Ui.Encode(name)).Append("</li>");
        return Results.Content(html.ToString(), "text/html; charset=utf-8");
    }
}
