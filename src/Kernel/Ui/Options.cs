using System.Text;
using Microsoft.AspNetCore.Http;

namespace Liaison.Kernel.Ui;

/// <summary>What a combobox is answered that asks for suggestions: the options as elements of a list.</summary>
public static class Options
{
    public static IResult Answer(IEnumerable<(string Value, string Text)> options)
    {
        var html = new StringBuilder();
        foreach (var (value, text) in options)
        {
            var name = Ui.Encode(text);
            html.Append("<li role=\"option\" data-value=\"").Append(Ui.Encode(value)).Append("\" data-text=\"").Append(name).Append("\">").Append(name).Append("</li>");
        }
        return Results.Content(html.ToString(), "text/html; charset=utf-8");
    }
}
