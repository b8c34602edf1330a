using System.Globalization;
using Liaison.Host.Shell;
using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Liaison.Kernel.Search;
using Liaison.Kernel.Texts;
using Liaison.Kernel.Ui;

namespace Liaison.Host.Search;

/// <summary>What was found of one kind.</summary>
public sealed record Found(string Title, IReadOnlyList<SearchHit> Hits);

/// <summary>Finds records of every kind the viewer may see, and the pages and commands whose names fit.</summary>
public sealed class SiteSearch(LiaisonDb db, IEnumerable<SearchSource> sources, Menus menus, Display show, Localizer texts)
{
    /// <summary>At most <paramref name="take"/> of each kind, records first.</summary>
    public async Task<IReadOnlyList<Found>> FindAsync(string? query, int take, CancellationToken cancel)
    {
        var words = SearchText.Words(query);
        if (words.Count == 0) return [];
        var found = new List<Found>();
        foreach (var source in sources.For(show.Viewer).OrderBy(s => s.Order))
        {
            var hits = await source.FindAsync(db, query!, take, cancel);
            if (hits.Count > 0) found.Add(new(texts[source.Text], hits));
        }
        var commands = Enum.GetValues<MenuPlace>().SelectMany(place => menus.Of(place, show.Viewer))
            .Where(item => Fits(item, words)).DistinctBy(item => item.Text).Take(take)
            .Select(item => new SearchHit("command", 0, Name(item, CultureInfo.CurrentUICulture.TwoLetterISOLanguageName), "", item.Url, item.Icon) { Send = item.Send }).ToList();
        if (commands.Count > 0) found.Add(new(texts["search.commands"], commands));
        return found;
    }

    /// <summary>What can be made of a query that found nothing.</summary>
    public IEnumerable<MenuItem> Offers(string query) => sources.For(show.Viewer).OrderBy(s => s.Order).Select(s => s.Offer(query)).OfType<MenuItem>().For(show.Viewer);

    private string Name(MenuItem item, string language)
    {
        var name = texts.Find(item.Text, language) ?? item.Text;
        return item.Place == MenuPlace.Create ? string.Format(CultureInfo.CurrentCulture, texts.Find("search.create", language)!, name) : name;
    }

    // Any part of the name, or the beginnings of further words, in whatever language somebody thinks of them.
    private bool Fits(MenuItem item, IReadOnlyList<SearchWord> words) => Cultures.Codes.Any(language =>
    {
        var name = SearchText.Fold(Name(item, language));
        var more = SearchText.Fold(texts.Find(item.Text + ".words", language)).Split(' ');
        return words.All(word => word.IsIn(name) || Array.Exists(more, word.Begins));
    });
}
