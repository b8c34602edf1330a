namespace Liaison.Exchange.Reading;

/// <summary>Words for the categories: Work, geschäftlich, Domicile, "Home Fax"…</summary>
internal static class CategoryWords
{
    /// <summary>The category that a word means for a kind of value; "other" when it is unknown.</summary>
    public static string Read(FieldKind kind, string word)
    {
        var classes = HeaderWords.Normalise(word).Split(' ').Select(w => HeaderWords.WordClass(w) ?? "").ToList();
        bool Has(string c) => classes.Contains(c);
        if (kind == FieldKind.Website && (Has("website") || HeaderWords.WordClass(word) == "website")) return "other";
        if (kind == FieldKind.Phone)
        {
            if (Has("fax")) return "fax";
            if (Has("mobile")) return "mobile";
            if (Has("direct")) return "direct";
        }

        if (kind == FieldKind.Address)
        {
            if (Has("billing")) return "billing";
            if (Has("postal") || Has("zip")) return "postal";
            if (HeaderWords.Normalise(word) is "bureau" or "office" or "buro") return "office";
        }

        return Has("home") ? "home" : Has("work") ? "work" : "other";
    }
}

/// <summary>Words for person and company in a column that tells them apart.</summary>
internal static class KindWords
{
    private static readonly HashSet<string> Company = new(StringComparer.Ordinal)
    {
        "company", "entreprise", "societe", "organisation", "organization", "unternehmen", "firma", "true", "1", "yes", "oui", "ja", "vrai", "wahr",
        "x", "org", "societes", "entreprises", "organisations", "organizations", "companies", "association", "verein", "legal entity", "juristische person", "pm", "business", "empresa", "azienda", "societa", "bedrijf", "organisatie", "si", "sim", "verdadero", "vero", "verdadeiro", "juridica", "persona juridica", "pessoa juridica", "persona giuridica", "zakelijk", "personne morale", "professionnel", "pro", "moral", "o", "y", "j", "s",
    };

    private static readonly HashSet<string> Person = new(StringComparer.Ordinal)
    {
        "person", "personne", "individu", "individus", "individuals", "particuliers", "persons", "people", "private person", "naturliche person", "pp", "individual", "particulier", "false", "0", "no", "non", "nein", "contact", "personne physique", "privatperson", "faux",
        "falsch", "einzelperson", "persona", "pessoa", "persoon", "particular", "privato", "nao", "nee", "falso", "fisica", "persona fisica", "pessoa fisica", "kontakt", "physique", "n",
    };

    private static readonly HashSet<string> Flags = new(StringComparer.Ordinal)
    {
        "true", "false", "yes", "no", "oui", "non", "ja", "nein", "nee", "si", "sim", "nao", "vrai", "faux", "wahr", "falsch", "verdadero", "falso", "verdadeiro", "vero", "x", "0", "1", "o", "n", "y", "j", "s",
    };

    private static readonly string[] Asking = ["is a ", "is ", "est une ", "est un ", "ist ", "es ", "e "];
    private static readonly string[] Answers = [" o n", " oui non", " y n", " yes no", " j n", " ja nein", " s n", " si no"];

    /// <summary>The name of the column asks whether the contact is a company: "Entreprise (O/N)", "Société ?", "is_company".</summary>
    public static bool Asks(string header)
    {
        string name = HeaderWords.Normalise(header);
        if (Array.Find(Answers, a => name.EndsWith(a, StringComparison.Ordinal)) is { } answers) name = name[..^answers.Length];
        if (Array.Find(Asking, a => name.StartsWith(a, StringComparison.Ordinal)) is { } asking) name = name[asking.Length..];
        return name.Length > 2 && !Flags.Contains(name) && Company.Contains(name);
    }

    /// <summary>A yes or a no.</summary>
    public static bool IsFlag(string word) => Flags.Contains(HeaderWords.Normalise(word));

    /// <summary>"person", "company" or null.</summary>
    public static string? Read(string word)
    {
        string name = HeaderWords.Normalise(word);
        return Company.Contains(name) ? "company" : Person.Contains(name) ? "person" : null;
    }
}
