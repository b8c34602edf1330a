using System.Globalization;
using System.Text;
using Liaison.Kernel.Data;
using Microsoft.AspNetCore.Html;

namespace Liaison.Kernel.Ui;

/// <summary>Marks in a text what was searched for, whatever its accents and case.</summary>
internal static class Highlighting
{
    // The texts of a page are marked one after the other for the same search.
    [ThreadStatic]
    private static (string Query, IReadOnlyList<SearchWord> Words) _last;

    public static IHtmlContent Mark(string text, string? query)
    {
        if (string.IsNullOrEmpty(query)) return new HtmlString(Ui.Encode(text));
        if (_last.Query != query) _last = (query, SearchText.Words(query));
        var words = _last.Words;
        var plain = SearchText.Fold(text);
        return words.Any(w => w.IsIn(plain)) || JoinedNames.Of(plain, withParticles: true).Any(joined => words.Any(w => w.IsIn(joined))) ? Mark(text, words) : new HtmlString(Ui.Encode(text));
    }

    private static IHtmlContent Mark(string text, IReadOnlyList<SearchWord> words)
    {
        // Each letter of the text with the place in the folded text where it begins.
        var folded = new StringBuilder();
        var starts = new List<(int Folded, int Index)>();
        for (var i = 0; i < text.Length; i += StringInfo.GetNextTextElementLength(text, i))
        {
            starts.Add((folded.Length, i));
            var element = text.Substring(i, StringInfo.GetNextTextElementLength(text, i));
            folded.Append(string.IsNullOrWhiteSpace(element) ? " " : SearchText.Fold(element));
        }
        var whole = folded.ToString();
        var marked = new bool[whole.Length + 1];
        // What stands in parts is marked whole when it was looked for in one word.
        var places = Enumerable.Range(0, whole.Length).Where(i => !JoinedNames.IsJoint(whole, i)).ToArray();
        var joined = places.Length == whole.Length ? whole : string.Concat(places.Select(i => whole[i]));
        foreach (var word in words.SelectMany(w => w.Spellings))
        {
            for (var at = whole.IndexOf(word, StringComparison.Ordinal); at >= 0; at = whole.IndexOf(word, at + 1, StringComparison.Ordinal))
                Array.Fill(marked, true, at, word.Length);
            if (joined == whole) continue;
            for (var at = joined.IndexOf(word, StringComparison.Ordinal); at >= 0; at = joined.IndexOf(word, at + 1, StringComparison.Ordinal))
                Array.Fill(marked, true, places[at], places[at + word.Length - 1] + 1 - places[at]);
        }
        var html = new StringBuilder();
        var isOpen = false;
        for (var s = 0; s < starts.Count; s++)
        {
            var isMarked = marked[starts[s].Folded] && (s + 1 == starts.Count ? whole.Length : starts[s + 1].Folded) > starts[s].Folded;
            if (isMarked != isOpen) html.Append(isMarked ? "<mark>" : "</mark>");
            isOpen = isMarked;
            var end = s + 1 == starts.Count ? text.Length : starts[s + 1].Index;
            html.Append(Ui.Encode(text[starts[s].Index..end]));
        }
        if (isOpen) html.Append("</mark>");
        return new HtmlString(html.ToString());
    }
}
