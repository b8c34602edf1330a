using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Html;

namespace Liaison.Kernel.Ui;

/// <summary>Small parts for the rows of lists, where a tag helper would cost too much: icons, badges, tags, people.</summary>
public static class Ui
{
    internal static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);
    private static readonly ConcurrentDictionary<string, HtmlString> Icons = new(StringComparer.Ordinal);

    /// <summary>A decorative icon; the text beside it says what it means.</summary>
    public static IHtmlContent Icon(string name, string? css = null) => Icons.GetOrAdd(css is null ? name : name + " " + css, static key => Drawn(key.Split(' ', 2)));

    private static HtmlString Drawn(string[] words) => new(
        $"<svg class=\"{(words.Length == 1 ? "icon" : "icon " + words[1])}\" aria-hidden=\"true\"><use href=\"{Assets.Url("icons.svg")}#{words[0]}\"/></svg>");

    /// <summary>An icon that stands alone and says what it means.</summary>
    public static IHtmlContent LabelledIcon(string name, string label, string? css = null) => new HtmlString(
        $"<svg class=\"{(css is null ? "icon" : "icon " + css)}\" role=\"img\" aria-label=\"{Encode(label)}\"><use href=\"{Assets.Url("icons.svg")}#{name}\"/></svg>");

    /// <summary>A badge. <paramref name="kind"/>: lead, prospect, client, dead, info, good, warn, bad, accent or nothing.</summary>
    public static IHtmlContent Badge(string text, string kind = "") => new Wrapped("<span class=\"badge " + kind + "\">", text, "</span>");

    /// <summary>A colour that somebody chose, as a dot.</summary>
    public static IHtmlContent Swatch(string color) => new HtmlString("<svg class=\"swatch\" viewBox=\"0 0 12 12\" aria-hidden=\"true\"><circle cx=\"6\" cy=\"6\" r=\"5\" fill=\"" + Encode(color) + "\"/></svg>");

    /// <summary>A tag.</summary>
    public static IHtmlContent Tag(string text) => new Wrapped("<span class=\"tag\">", text, "</span>");

    /// <summary>A rating of 1 to 5 with its word.</summary>
    public static IHtmlContent Rating(int rating, string word) => new Wrapped(RatingStart(rating), word, "</span>");

    /// <summary>A person's or company's initials in a circle of a colour that stays theirs. <paramref name="size"/>: nothing, "m" or "l".</summary>
    public static IHtmlContent Avatar(string? name, string size = "", bool company = false) => new HtmlString(
        $"<span class=\"who {size} c{Colour(name)}{(company ? " square" : "")}\" aria-hidden=\"true\">{Encode(Initials(name))}</span>");

    /// <summary>Initials that name the person to a screen reader and on hovering.</summary>
    public static IHtmlContent NamedAvatar(string name, string size = "") => new HtmlString(
        $"<span class=\"who {size} c{Colour(name)}\" role=\"img\" aria-label=\"{Encode(name)}\" title=\"{Encode(name)}\">{Encode(Initials(name))}</span>");

    /// <summary>"Camille Laurent" → "CL".</summary>
    public static string Initials(string? name)
    {
        var words = (name ?? "").Split((char[])[' ', '-', '\'', '’', '.', '&'], StringSplitOptions.RemoveEmptyEntries);
        var first = words.Length == 0 ? "?" : StringInfo.GetNextTextElement(words[0]);
        return (words.Length < 2 ? first : first + StringInfo.GetNextTextElement(words[^1])).ToUpper(CultureInfo.CurrentCulture);
    }

    /// <summary>The text with the words of a search marked.</summary>
    public static IHtmlContent Highlight(string text, string? query) => Highlighting.Mark(text, query);

    /// <summary>Text made safe for HTML.</summary>
    public static string Encode(string? text) => text is null ? "" : Encoder.Encode(text);

    private static string RatingStart(int rating) => rating switch
    {
        1 => "<span class=\"rate r1\">", 2 => "<span class=\"rate r2\">", 4 => "<span class=\"rate r4\">", 5 => "<span class=\"rate r5\">", _ => "<span class=\"rate r3\">",
    };

    private static int Colour(string? name)
    {
        var sum = 0;
        foreach (var letter in name ?? "") sum = unchecked((sum * 31) + letter);
        return (int)((uint)sum % 6);
    }

    /// <summary>Fixed markup around a text that is encoded while it is written.</summary>
    private sealed class Wrapped(string before, string text, string after) : IHtmlContent
    {
        public void WriteTo(TextWriter writer, HtmlEncoder encoder)
        {
            writer.Write(before);
            encoder.Encode(writer, text);
            writer.Write(after);
        }
    }
}
