namespace Liaison.Exchange.Reading;

/// <summary>Rows right under the headings that say how to fill in the columns: "(obligatoire)", "required", "ex. : Dupont".</summary>
internal static class HintRows
{
    private static readonly HashSet<string> Hints = new(StringComparer.Ordinal)
    {
        "obligatoire", "facultatif", "facultative", "optionnel", "optionnelle", "requis", "requise", "required", "optional", "mandatory", "pflichtfeld", "pflicht", "erforderlich", "obligatorio", "opcional", "obbligatorio", "facoltativo",
        "opzionale", "obrigatorio", "verplicht", "optioneel", "texte", "text", "texte libre", "free text", "nombre", "number", "date", "jj mm aaaa", "dd mm yyyy", "mm dd yyyy", "yyyy mm dd", "aaaa mm jj", "tt mm jjjj",
    };

    private static readonly string[] Fields = ["champ ", "field ", "feld ", "campo "], Behind = [" champ", " field", " feld", " campo"];

    private static readonly string[] Examples = ["ex.", "ex :", "ex:", "e.g.", "eg.", "eg:", "p. ex", "p.ex", "par exemple", "exemple :", "exemple:", "example:", "for example", "z.b.", "z. b.", "beispiel:", "p. ej", "p.ej", "ej.", "bijv."];

    /// <summary>All cells are hints, or the first shows an example, or half of them do. "Ex. directrice" among what is known of somebody is no example.</summary>
    public static bool Is(IEnumerable<string> cells)
    {
        int filled = 0, examples = 0, hints = 0;
        bool first = false;
        foreach (string cell in cells)
        {
            string text = cell.Trim();
            if (text.Length == 0) continue;
            bool example = IsExample(text);
            first |= example && filled == 0;
            filled++;
            if (example) examples++;
            else if (IsHint(text)) hints++;
        }

        return filled > 0 && (first || examples * 2 >= filled || examples + hints == filled);
    }

    private static bool IsExample(string text) => Array.Find(Examples, e => text.AsSpan().TrimStart("([").StartsWith(e, StringComparison.OrdinalIgnoreCase)) is { } mark && text.Length > mark.Length + 1;

    private static bool IsHint(string text)
    {
        string name = HeaderWords.Normalise(text);
        if (Array.Find(Fields, f => name.StartsWith(f, StringComparison.Ordinal)) is { } before) name = name[before.Length..];
        else if (Array.Find(Behind, f => name.EndsWith(f, StringComparison.Ordinal)) is { } behind) name = name[..^behind.Length];
        return Hints.Contains(name);
    }
}
