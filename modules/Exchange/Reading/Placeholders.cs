namespace Liaison.Exchange.Reading;

/// <summary>Marks that programs and people put where a value is missing.</summary>
internal static class Placeholders
{
    private static readonly HashSet<string> Anywhere = new(StringComparer.OrdinalIgnoreCase) { "\\N", "n/a", "#n/a", "n.a.", "n/d", "#ref!", "#value!", "http://", "https://", "(null)", "[null]", "<null>", "undefined", "(none)" };

    // Names of people and places are words, and so are these: Ms Null, the province NA.
    private static readonly HashSet<string> NoWord = new(StringComparer.OrdinalIgnoreCase)
    {
        "na", "nc", "nd", "null", "none", "aucun", "aucune", "néant", "neant", "inconnu", "inconnue", "unknown", "keine", "keiner", "unbekannt", "ninguno", "ninguna", "nessuno", "nessuna", "nenhum", "nenhuma", "geen",
        "no phone", "no email", "pas de mail", "pas d'email", "sans", "à compléter", "vide", "xxx", "tbd",
    };

    private const int Longest = 12;

    /// <summary>Whether the text says that the field has no value.</summary>
    public static bool Is(ImportField field, string text)
    {
        // "0000-00-00 00:00:00" is how databases write that there is no date.
        if (field.Kind == FieldKind.Created && text.AsSpan().IndexOfAnyExcept("0-/.: T") < 0) return true;
        if (text.Length > Longest) return false;
        if (text.AsSpan().IndexOfAnyExcept("-–—.?_*/ ") < 0 || Anywhere.Contains(text) || text == "NULL") return true;
        return field.Kind is FieldKind.Email or FieldKind.Phone or FieldKind.Website or FieldKind.Social or FieldKind.CompanyName or FieldKind.JobTitle or FieldKind.Industry
            or FieldKind.Type or FieldKind.Temperature or FieldKind.Tags && NoWord.Contains(text);
    }
}
