namespace Liaison.Exchange.Reading;

/// <summary>Recognises values by their look.</summary>
internal static class ColumnValues
{
    private static readonly HashSet<string> Salutations = new(StringComparer.OrdinalIgnoreCase)
    {
        "m", "m.", "mr", "mr.", "monsieur", "mme", "mme.", "madame", "mlle", "mlle.", "mademoiselle", "mrs", "mrs.", "ms", "ms.", "miss",
        "dr", "dr.", "prof", "prof.", "herr", "frau", "firma", "me", "me.", "maître", "sir", "sir.", "mx", "mx.", "pr", "pr.", "mm.", "mr/mme",
        "herr dr.", "frau dr.", "doctor", "docteur", "professor", "professeur", "ing.", "rev.",
        "sr", "sr.", "sra", "sra.", "srta", "srta.", "señor", "señora", "senhor", "senhora", "don", "doña", "d.", "dña.", "sig.", "sig.ra", "signor", "signora", "dott.", "dott.ssa", "dhr", "dhr.", "mevr", "mevr.", "mw", "mw.",
        "de heer", "mevrouw", "pan", "paní", "pani", "exmo.", "exma.",
    };

    /// <summary>One word of capitals and digits, as accounts and articles are filed: "411ACME", "CL-0001".</summary>
    public static bool IsCode(string text) => text.Length is > 1 and < 20 && text.Any(char.IsAsciiDigit) && text.All(c => char.IsAsciiDigit(c) || char.IsAsciiLetterUpper(c) || c is '-' or '_' or '.' or '/');

    /// <summary>The share of the filled values that pass a test; 0 without values.</summary>
    public static double Share(IReadOnlyList<string> values, Func<string, bool> test) =>
        values.Count == 0 ? 0 : values.Count(test) / (double)values.Count;

    public static bool IsSalutation(string text) => Salutations.Contains(text.Trim());

    public static bool IsEmail(string text)
    {
        int at = text.IndexOf('@');
        return at > 0 && EmailText.IsValid(text.Trim().Split(',', ';', ' ')[0]);
    }

    public static bool IsWeb(string text) => text.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
        || text.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || (text.StartsWith("www.", StringComparison.OrdinalIgnoreCase) && text.Length > 6);

    /// <summary>The name of a web site: "acme.com", "shop.acme.be/fr".</summary>
    public static bool IsDomain(string text)
    {
        var labels = text.Split('/', 2)[0].Split('.');
        return labels.Length is > 1 and < 6 && labels[^1].Length is > 1 and < 8 && labels[^1].All(char.IsAsciiLetter) && Array.TrueForAll(labels, l => l.Length > 0 && l.All(c => char.IsLetterOrDigit(c) || c == '-'));
    }

    /// <summary>Seven digits or more, with the signs usual in phone numbers.</summary>
    public static bool IsPhone(string text)
    {
        int digits = 0, signs = 0;
        foreach (char c in text.AsSpan().Trim())
        {
            if (char.IsAsciiDigit(c)) digits++;
            else if (c is '+' or ' ' or '.' or '-' or '/' or '(' or ')' or '\u00A0' or '\u202F' or 'x') signs++;
            else return false;
        }

        return digits is >= 7 and <= 20 && (signs > 0 || text[0] == '0') && !IsDate(text) && !text.StartsWith('.');
    }

    /// <summary>A phone number where the name of the column says that it can be one: also without any sign.</summary>
    public static bool IsPlainPhone(string text) => IsPhone(text) || (text.Length is >= 8 and <= 15 && IsWholeNumber(text));

    /// <summary>A phone number that is no key, tax number or the like: it begins as phones do.</summary>
    public static bool IsSurelyPhone(string text) => IsPhone(text) && (text[0] is '+' or '(' || (text[0] == '0' && text.Count(char.IsAsciiDigit) is <= 14 and var digits && (digits > 9 || digits < text.Length)));

    /// <summary>All letters are capitals: "ACME BOIS".</summary>
    public static bool IsShouted(string text) => text.Count(char.IsLetter) > 1 && !text.Any(char.IsLower);

    /// <summary>What web sites and shops call those who may sign in, in small letters: an "Editor" has a job.</summary>
    public static bool IsAccountRole(string text) => Array.TrueForAll(text.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries), w => w is "customer" or "end-user" or "admin" or "Customer" or "Subscriber" or "subscriber" or "administrator" or "editor" or "author" or "contributor" or "shop_manager" or "member" or "user" or "guest" or "translator");

    /// <summary>A web address of a picture.</summary>
    public static bool IsPicture(string text) => Array.Exists([".jpg", ".jpeg", ".png", ".gif", ".svg", ".webp"], e => text.Split('?')[0].EndsWith(e, StringComparison.OrdinalIgnoreCase));

    public static bool IsNumber(string text)
    {
        bool digit = false;
        foreach (char c in text.AsSpan().Trim())
        {
            if (char.IsAsciiDigit(c)) digit = true;
            else if (c is not ('.' or ',' or '-' or '+' or ' ' or ':' or '/' or '%' or '€' or '$')) return false;
        }

        return digit;
    }

    public static bool IsWholeNumber(string text) => text.Length > 0 && text.All(char.IsAsciiDigit);

    /// <summary>A year with day and month, as 2024-12-15 or 15.12.2024.</summary>
    public static bool IsDate(string text)
    {
        var parts = text.Trim().Split(' ', 'T')[0].Split('-', '/', '.');
        return parts.Length == 3 && parts.All(IsWholeNumber)
            && ((parts[0].Length == 4 && parts[1].Length <= 2 && parts[2].Length <= 2) || (parts[2].Length == 4 && parts[0].Length <= 2 && parts[1].Length <= 2));
    }

    /// <summary>The social network to which a web address leads.</summary>
    public static string? Network(string text)
    {
        foreach (var (host, network) in (ReadOnlySpan<(string, string)>)
            [("linkedin.", "linkedin"), ("facebook.com", "facebook"), ("twitter.com", "x"), ("//x.com", "x"), ("instagram.com", "instagram"), ("youtube.com", "youtube"), ("//vk.com", "vk")])
        {
            if (text.Contains(host, StringComparison.OrdinalIgnoreCase)) return network;
        }

        return null;
    }
}
