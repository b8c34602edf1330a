using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using Liaison.Kernel.Data;

namespace Liaison.Exchange.Reading;

/// <summary>What the name of a column means, whatever program wrote it.</summary>
internal static class HeaderWords
{
    private static readonly FrozenDictionary<string, string> Whole;
    private static readonly FrozenDictionary<string, string> Words;

    private static readonly string[] Leads =
    [
        "person ", "contact ", "cp ", "personne ", "kontakt ", "user ", "lead ", "client ", "customer ", "billing ", "shipping ", "facturation ", "livraison ", "subscriber ",
        "contacto ", "contatto ", "contato ", "persona ", "people ", "organization ", "organisation ", "organizacion ", "organizzazione ",
        "champ complementaire ", "champ additionnel ", "champ personnalise ", "custom field ", "adherent ", "participant ", "payeur ", "acheteur ", "attendee ", "invitee ", "guest ", "buyer ", "votre ", "your ", "quel est ", "quelle est ", "what is ", "indiquez ", "entrez ", "saisissez ", "enter ", "please enter ", "wie lautet ", "ihr ", "ihre ", "dirigeant ", "contact 1 ", "dirigeant 1 ", "interlocuteur 1 ",
    ];

    private static readonly string[] ContactPerson = ["cp", "contact", "contact principal", "interlocuteur", "kontakt", "ansprechpartner", "aansprechpartner", "contactpersoon", "contacto", "contatto", "contato", "referente"];

    private static readonly string[] Tails =
    [
        " du contact", " contact", " du client", " client", " du prospect", " du lead", " de la personne", " de l entreprise", " facturation", " de facturation", " billing", " livraison",
        " de livraison", " shipping", " kontakt", " person", " del contacto", " de contacto", " contacto", " del contatto", " contatto", " do contato", " contato", " del cliente", " cliente",
        " metadata", " adherent", " de l adherent", " participant", " du participant", " payeur", " du payeur", " acheteur", " de l acheteur", " beneficiaire", " donateur", " du donateur",
        " adressattyp naturl person", " unite legale", " de l unite legale", " etablissement", " de l etablissement", " obligatoire", " facultatif", " optionnel", " requis", " required", " optional", " mandatory", " dirigeant", " du dirigeant", " dirigeant 1", " contact 1", " interlocuteur 1", " pflichtfeld", " alpha 2", " iso", " iso 2", " cli for", " fiche", " tiers", " du tiers",
        " o n", " oui non", " y n", " yes no", " j n", " ja nein", " s n", " si no",
    ];

    static HeaderWords()
    {
        var whole = new Dictionary<string, string>(StringComparer.Ordinal);
        var words = new Dictionary<string, string>(StringComparer.Ordinal);
        var (target, into) = ("", whole);
        foreach (var line in ReadingResource.Lines("headers.txt").Concat(ReadingResource.Lines("outlook.txt")))
        {
            if (line[0] is '=' or '~')
            {
                into = line[0] == '=' ? whole : words;
                target = line[2..].Trim();
                continue;
            }

            foreach (var name in line.Split('|')) into.TryAdd(name, target);
        }

        Whole = whole.ToFrozenDictionary(StringComparer.Ordinal);
        Words = words.ToFrozenDictionary(StringComparer.Ordinal);
    }

    // Records that others refer to are written by name: "country_id/name", "Société liée/Nom d’affichage".
    private static readonly string[] Names = [" display name", " nom d affichage", " name", " nom"];

    /// <summary>The column is about the person one talks to at a customer, and says so: "cp_name", "contact_last_name".</summary>
    public static bool IsOfContactPerson(string header)
    {
        string name = $" {Normalise(header)} ";
        return Array.Exists(ContactPerson, w => name.Contains($" {w} ", StringComparison.Ordinal));
    }

    /// <summary>The name of the column says that its times are UTC: "Created (UTC)", "created_at_utc".</summary>
    public static bool NamesUtc(string header) => Normalise(header).TrimEnd('0', ' ').Split(' ')[^1] is "utc" or "gmt";

    /// <summary>The name holds a word for work or office, and is not merely taken for it.</summary>
    public static bool SaysWork(string header)
    {
        var tokens = Normalise(header).Split(' ');
        return Enumerable.Range(0, tokens.Length).Any(i => Enumerable.Range(1, Math.Min(4, tokens.Length - i)).Any(n => Words.GetValueOrDefault(string.Join(' ', tokens, i, n)) == "work"));
    }

    /// <summary>The name is one that contact files use.</summary>
    public static bool Knows(string header) => Meaning(header) is not null;

    /// <summary>A target key, or one of the words title and salutation whose values decide; null when unknown.</summary>
    public static string? Meaning(string header)
    {
        if (ImportFields.FromLabel(header) is { } own) return own;
        string name = Normalise(header);
        return (IsEither(header) ? "client" : null) ?? Find(name) ?? (CutZone(header) is { } bare ? Find(Normalise(bare)) : null) ?? Apart(name);
    }

    // "Nom / Raison sociale", "Nome/Razão Social": a person or a company. "parent_id/name" is the name of a record.
    private static bool IsEither(string header)
    {
        int slash = header.IndexOf('/');
        if (slash <= 0 || slash != header.LastIndexOf('/')) return false;
        var (one, other) = (Normalise(header[..slash]), Normalise(header[(slash + 1)..]));
        bool isRecord = !header.Contains(" / ", StringComparison.Ordinal) && Array.Exists(Names, n => n.AsSpan(1).SequenceEqual(other));
        bool Person(string name) => OfWhom(name) is ImportFields.FullName or ImportFields.FullNameLast or ImportFields.LastName or "client";
        bool Company(string name) => OfWhom(name) == ImportFields.CompanyName;
        return !isRecord && (Person(one) && Company(other) || Company(one) && Person(other));
    }

    // Databases write "MAILINGPOSTALCODE", "homephone": words that are known one by one.
    private static string? Apart(string name)
    {
        if (name.Length is < 7 or > 40 || name.Contains(' ')) return null;
        for (int i = 3; i <= name.Length - 3; i++)
        {
            string spaced = $"{name[..i]} {name[i..]}";
            if (Whole.TryGetValue(spaced, out var target)) return target;
            if (Words.ContainsKey(name[..i]) && Words.ContainsKey(name[i..]) && Find(spaced) is { } found) return found;
        }

        return null;
    }

    // As it stands, or without the words for whose value it is, one after the other: "Nom (contact) (facturation)".
    private static string? OfWhom(string name)
    {
        if (Whole.TryGetValue(name, out var target)) return target;
        foreach (var lead in Leads)
        {
            if (name.StartsWith(lead, StringComparison.Ordinal) && OfWhom(name[lead.Length..]) is { } found) return found;
        }

        foreach (var tail in Tails)
        {
            if (name.EndsWith(tail, StringComparison.Ordinal) && OfWhom(name[..^tail.Length]) is { } found) return found;
        }

        return null;
    }

    // Whose the value is says nothing about what it is: "Prénom du contact", "billing_first_name", "Personne - Nom".
    private static string? Find(string name)
    {
        if (name.Length == 0) return null;
        if (OfWhom(name) is { } target) return target;
        // "Contact Tag 1", "Contact Tag 2": a list has a column for each word.
        int blank = name.LastIndexOf(' ');
        if (blank > 0 && name.AsSpan(blank + 1).IndexOfAnyExceptInRange('0', '9') < 0 && OfWhom(name[..blank]) == ImportFields.Tags) return ImportFields.Tags;
        // Where the manager is reached is not where the contact is.
        if (IsOfAnother(name)) return ImportFields.Ignore;
        if (Compose(name) is { } composed) return composed;
        if (Array.Find(Names, n => name.Length > n.Length + 3 && name.EndsWith(n, StringComparison.Ordinal)) is { } ending)
            return Find(name[..^ending.Length]) is { } record && ImportFields.Parse(record)?.Kind is not (FieldKind.Email or FieldKind.Phone or FieldKind.Website or FieldKind.Social) ? record : null;
        // "country_id" is a country by its key or its name; other ids are numbers.
        return name.EndsWith(" id", StringComparison.Ordinal) && Find(name[..^3]) is { } list
            && (list is ImportFields.Tags or ImportFields.Industry || list.EndsWith(".country", StringComparison.Ordinal) || list.EndsWith(".state", StringComparison.Ordinal)) ? list : null;
    }

    private static bool IsOfAnother(string name)
    {
        var tokens = name.Split(' ');
        for (int i = 0; i < tokens.Length; i++)
        {
            if (Words.GetValueOrDefault(tokens[i]) == "another" || (i + 1 < tokens.Length && Words.GetValueOrDefault(tokens[i] + " " + tokens[i + 1]) == "another")) return true;
        }

        return false;
    }

    /// <summary>The class of a word such as "geschäftlich": work, home, mobile, fax…</summary>
    public static string? WordClass(string word) => Words.GetValueOrDefault(Normalise(word));

    private static readonly string[] Endings = ["(s)", "(e)", "(es)", "(en)"];

    /// <summary>Lower case, no accents, no signs, words and numbers apart: "E-Mail 2: Adresse" is "email 2 adresse".</summary>
    public static string Normalise(string header)
    {
        var text = new StringBuilder(header.Length + 8);
        char before = ' ';
        string plain = SearchText.Normal(CutCode(header), NormalizationForm.FormD);
        for (int i = 0; i < plain.Length; i++)
        {
            char c = plain[i];
            // "Prénom(s)", "Créé(e) le": what a word may end in.
            if (c == '(' && i > 0 && !char.IsWhiteSpace(plain[i - 1]) && Endings.FirstOrDefault(e => string.CompareOrdinal(plain, i, e, 0, e.Length) == 0) is { } ending)
            {
                i += ending.Length - 1;
                before = ' ';
                continue;
            }

            if (CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark) continue;
            if (!char.IsLetterOrDigit(c))
            {
                before = ' ';
                continue;
            }

            // "POAddress" is a PO and an address, "IDs" is one word.
            bool acronym = char.IsUpper(before) && char.IsUpper(c) && i + 2 < plain.Length && char.IsLower(plain[i + 1]) && char.IsLetter(plain[i + 2]);
            bool apart = before == ' ' || char.IsDigit(before) != char.IsDigit(c) || (char.IsLower(before) && char.IsUpper(c)) || acronym;
            if (apart && text.Length > 0) text.Append(' ');
            string lower = c switch { 'ß' => "ss", 'œ' or 'Œ' => "oe", 'æ' or 'Æ' => "ae", _ => char.ToLowerInvariant(c).ToString() };
            text.Append(lower);
            before = c;
        }

        string name = text.ToString();
        if (name.StartsWith("e mail", StringComparison.Ordinal)) name = "email" + name[6..];
        return name.Replace(" e mail", " email", StringComparison.Ordinal);
    }

    // Dolibarr puts the database name behind: "Address (s.address)".
    private static string CutCode(string header)
    {
        int open = header.LastIndexOf('(');
        int dot = open < 0 ? -1 : header.IndexOf('.', open);
        return dot > open && dot < header.Length - 2 && header.EndsWith(')') && header.AsSpan(open).IndexOf(' ') < 0 ? header[..open] : header;
    }

    // "Last Activity Date (EDT)" is told in the time zone of whoever exported, "Created At (UTC+0)" in that one.
    private static string? CutZone(string header)
    {
        int open = header.LastIndexOf('(');
        return open > 0 && header.EndsWith(')') && char.IsAsciiLetterUpper(header[open + 1]) && IsZone(header.AsSpan(open + 1, header.Length - open - 2)) ? header[..open] : null;
    }

    private static bool IsZone(ReadOnlySpan<char> text) => text.Length is > 1 and < 11 && text.IndexOfAnyExcept("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-:") < 0
        || text.IndexOf('/') is > 3 and < 11 && TimeZoneInfo.TryFindSystemTimeZoneById(text.ToString(), out _);

    private static string? Compose(string name)
    {
        var tokens = name.Split(' ');
        var classes = new List<string>();
        int number = 0, numberAt = -1;
        for (int i = 0; i < tokens.Length;)
        {
            int length = Math.Min(5, tokens.Length - i);
            string? found = null;
            while (length > 0 && !Words.TryGetValue(string.Join(' ', tokens, i, length), out found)) length--;
            if (found is null)
            {
                if (!int.TryParse(tokens[i], NumberStyles.None, CultureInfo.InvariantCulture, out number) || number is 0 or > 20) return null;
                numberAt = classes.Count;
                length = 1;
            }
            else if (found != "stop")
            {
                // "Postal City" is a city, and "Postal" alone a code.
                classes.Add(length == 1 && tokens[i] == "postal" && tokens.Length > 1 ? "postal" : found);
            }

            i += length;
        }

        return Key(classes, number, numberAt);
    }

    private static string? Key(List<string> classes, int number, int numberAt)
    {
        bool Has(string c) => classes.Contains(c);
        string group = number > 1 ? $"#{number}" : "";
        string place = Has("home") ? "home" : Has("other") || (number > 1 && !Has("work")) ? "other" : "work";
        var network = ImportFields.Networks.FirstOrDefault(classes.Contains);
        if (network is not null) return $"social.{network}";
        if (Has("category"))
        {
            string group1 = number > 0 ? $"#{number}" : "";
            return Has("email") ? $"email.category{group1}" : Has("phone") ? $"phone.category{group1}" : Has("website") ? $"website.category{group1}"
                : Has("address") ? $"address.category{group1}" : null;
        }

        if (Has("calling")) return "phone.calling";
        // "Mail Street" is where the post goes.
        bool part = classes.Exists(c => c is "city" or "street" or "zip" or "state" or "country");
        if (Has("email") && !part) return $"email.{place}{group}";
        if (Has("fax")) return $"phone.fax{group}";
        if (Has("mobile")) return $"phone.mobile{group}";
        if (Has("direct") && !Has("address")) return $"phone.direct{group}";
        if (Has("pager")) return $"phone.other{group}";
        if (Has("phone")) return $"phone.{place}{group}";
        if (Has("website") && !part) return $"website.{place}{group}";
        return AddressKey(classes, number, numberAt);
    }

    private static string? AddressKey(List<string> classes, int number, int numberAt)
    {
        bool Has(string c) => classes.Contains(c);
        string? part = Has("zip") ? "zip" : Has("city") ? "city" : classes.Find(c => c is "state" or "country") is { } wide ? wide
            : Has("street") || Has("line") || Has("address") || Has("second") ? "street" : null;
        if (part is null) return null;
        string category = Has("home") ? "home" : Has("billing") ? "billing" : Has("postal") || Has("email") ? "postal" : Has("other") ? "other" : "work";
        // "Street 2" and "Address 2" are second lines; "Address 2 - Street" is a second address.
        int address = classes.IndexOf("address");
        bool second = Has("second") || (number > 1 && address >= 0 && numberAt == address + 1 && classes.Skip(numberAt).Any(c => c is "street" or "line" or "zip" or "city" or "state" or "country"));
        int group = second ? Math.Max(2, number) : 1;
        return group > 1 ? $"address.{category}.{part}#{group}" : $"address.{category}.{part}";
    }
}
