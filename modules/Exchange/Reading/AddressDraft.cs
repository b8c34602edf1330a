namespace Liaison.Exchange.Reading;

/// <summary>An address whose parts come from several columns.</summary>
internal sealed class AddressDraft(string key, int group)
{
    public string Key { get; } = key;

    public int Group { get; } = group;

    public string Category { get; set; } = key;

    public bool Main { get; set; }

    private readonly string[] _parts = new string[5];
    private List<string>? _pieces;

    /// <summary>Takes a part; false when there is another one already. Streets take several lines.</summary>
    public bool Put(string part, string text)
    {
        int at = part switch { "street" => 0, "city" => 1, "state" => 2, "zip" => 3, _ => 4 };
        if (at == 0 && _parts[0] is { } first) (_pieces ??= [first]).Add(text);
        if (_parts[at] is null) _parts[at] = text;
        else if (at == 4 && IsCountryCode(_parts[4]) != IsCountryCode(text)) _parts[4] = IsCountryCode(text) ? _parts[4] : text;
        else if (at > 0) return string.Equals(_parts[at], text, StringComparison.OrdinalIgnoreCase);
        else if (_parts[0] != text) _parts[0] += IsNumber(text) || IsNumber(_parts[0]) || _pieces is { Count: > 1 } && IsKind(_pieces[^2]) || IsKind(_parts[0]) ? " " + text : "\n" + text;
        return true;
    }

    // "12", "12a", "4-6", and no "1 St".
    private static bool IsNumber(string text) => text.Length <= 7 && char.IsAsciiDigit(text[0]) && (text.Count(char.IsLetter) < 2 && !text.Contains(' ') || text.EndsWith(" bis", StringComparison.OrdinalIgnoreCase) || text.EndsWith(" ter", StringComparison.OrdinalIgnoreCase));

    private static readonly HashSet<string> Kinds = new(StringComparer.OrdinalIgnoreCase)
    {
        "rue", "avenue", "av", "av.", "ave", "boulevard", "bd", "bld", "bvd", "bld.", "bd.", "chemin", "che", "chem", "impasse", "imp", "place", "pl", "allée", "allee", "all", "route", "rte", "quai", "cours", "crs", "square", "sq", "passage", "pas", "lotissement", "lot", "voie",
        "hameau", "ham", "faubourg", "fg", "sentier", "sente", "montée", "mte", "traverse", "tra", "esplanade", "esp", "promenade", "prom", "rond-point", "rpt", "ruelle", "villa", "cité", "cite", "bis", "ter", "quater", "b", "t", "calle", "via", "rua",
    };

    // Registers write the number, the kind and the name of a street apart: "12", "RUE", "DE LA PAIX".
    private static bool IsKind(string text) => Kinds.Contains(text);

    // Many programs write the country twice: "FR" and "France".
    private static bool IsCountryCode(string text) => text.Length is 2 or 3 && text.All(char.IsAsciiLetterUpper);

    public ImportedAddress Finish(bool main)
    {
        SplitZip();
        DropWhole();
        return new(Category, main)
        {
            Street = _parts[0] ?? "", City = _parts[1] ?? "", State = _parts[2] ?? "", Zip = _parts[3] ?? "", Country = _parts[4] ?? "",
        };
    }

    // Google writes the address in one piece before its parts: "1 Home Rd\nYork", "1 Home Rd", "York".
    private void DropWhole()
    {
        if (_pieces is null || _parts[1] is not { } city) return;
        bool IsWhole(string piece) => piece.Contains(city, StringComparison.OrdinalIgnoreCase)
            && _pieces.Exists(other => !ReferenceEquals(other, piece) && other.Length is > 5 && other.Length < piece.Length && piece.Contains(other, StringComparison.OrdinalIgnoreCase));
        var rest = _pieces.FindAll(piece => !IsWhole(piece));
        if (rest.Count == _pieces.Count) return;
        _parts[0] = null!;
        foreach (var piece in rest) Put("street", piece);
    }

    // "75001 Paris" in one cell; "1234 AB" is a Dutch code and stays whole.
    private void SplitZip()
    {
        if ((_parts[1] is null) == (_parts[3] is null) || (_parts[3] ?? _parts[1]) is not { } zip) return;
        int blank = zip.IndexOf(' ');
        if (blank is < 4 or > 5 || !ColumnValues.IsWholeNumber(zip[..blank]) || zip.Length < blank + 2) return;
        if (blank == 4 && zip.Length < blank + (zip.AsSpan(blank + 1).ContainsAnyInRange('a', 'z') ? 4 : 5)) return;
        if (!char.IsLetter(zip[blank + 1])) return;
        (_parts[3], _parts[1]) = (zip[..blank], zip[(blank + 1)..].Trim());
    }
}
