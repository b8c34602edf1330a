using Liaison.Host.Shell;
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
        foreach (var source in sources.Where(s => show.May(s.Permission)).OrderBy(s => s.Order))
        {
            var hits = await source.FindAsync(db, query!, take, cancel);
            if (hits.Count > 0) found.Add(new(texts[source.Text], hits));
        }
        var commands = Enum.GetValues<MenuPlace>().SelectMany(place => menus.Of(place, show.Viewer))
            .Select(item => (Item: item, Name: item.Place == MenuPlace.Create ? texts["search.create", texts[item.Text]] : texts[item.Text])).Where(c => Fits(c.Name, words)).Take(take)
            .Select(c => new SearchHit("command", 0, c.Name, "", c.Item.Url, c.Item.Icon)).ToList();
        if (commands.Count > 0) found.Add(new(texts["search.commands"], commands));
        return found;
    }

    private static bool Fits(string name, IReadOnlyList<string> words)
    {
        var folded = SearchText.Fold(name);
        return words.All(word => folded.Contains(word, StringComparison.Ordinal));
    }
}
