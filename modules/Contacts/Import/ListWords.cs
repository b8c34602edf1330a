using Liaison.Kernel.Data;
using Liaison.Kernel.Texts;

namespace Liaison.Contacts.Import;

/// <summary>The entries of a short list (types, temperatures) by what a file may call them, and those that the import will add.</summary>
internal sealed class ListWords
{
    private readonly Dictionary<string, string> _keys = new(StringComparer.Ordinal);

    /// <summary>Ids by key; an entry that is still to be added has none.</summary>
    public Dictionary<string, long> Ids { get; } = new(StringComparer.Ordinal);
    /// <summary>Names of the entries that this import adds, by key.</summary>
    public Dictionary<string, string> New { get; } = new(StringComparer.Ordinal);

    public void Add(string key, long id, string? name, string prefix, Localizer texts)
    {
        Ids[key] = id;
        _keys.TryAdd(SearchText.Fold(key), key);
        if (name is not null) _keys.TryAdd(SearchText.Fold(name), key);
        foreach (var language in Kernel.Access.Cultures.Codes)
            if (texts.Find(prefix + key, language) is { } text) _keys.TryAdd(SearchText.Fold(text), key);
    }

    /// <summary>The key of the entry that the word means, or null.</summary>
    public string? Find(string word) => _keys.GetValueOrDefault(SearchText.Fold(word));

    /// <summary>Lets the import add the words that no entry has, unless they are so many that they are something else.</summary>
    public void Grow(IEnumerable<string> words, int most)
    {
        var missing = words.Where(w => w.Length <= 100 && Find(w) is null).ToList();
        if (missing.Count > most) return;
        var taken = Ids.Keys.Concat(New.Keys).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var word in missing)
        {
            var key = ShortLists.EntryKeys.Make(word, "imported", taken);
            taken.Add(key);
            New[key] = word;
            _keys[SearchText.Fold(word)] = key;
        }
    }
}

/// <summary>The words for types and temperatures that a file holds, each once, what its dates show and whom its names mean.</summary>
internal sealed class FileWords
{
    private const int Most = 100;

    public Dictionary<string, string> Types { get; } = new(StringComparer.Ordinal);
    public Dictionary<string, string> Temperatures { get; } = new(StringComparer.Ordinal);
    public DateOrder Dates { get; } = new();
    public FileNames Names { get; } = new();

    /// <summary>Passes the rows on and takes note of their words.</summary>
    public IEnumerable<Exchange.ImportRow> Noting(IEnumerable<Exchange.ImportRow> rows)
    {
        foreach (var row in rows)
        {
            var contact = (Exchange.Reading.ImportedContact)row.Record;
            Note(Types, contact.Type);
            Note(Temperatures, contact.Temperature);
            Names.Note(contact);
            if (contact.CreatedAt.Length > 0) Dates.Note(contact.CreatedAt);
            yield return row;
        }
    }

    private static void Note(Dictionary<string, string> words, string word)
    {
        if (word.Length > 0 && words.Count < Most) words.TryAdd(SearchText.Fold(word), word);
    }
}
