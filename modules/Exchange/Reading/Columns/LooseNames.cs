namespace Liaison.Exchange.Reading;

/// <summary>Columns that mean something only because no other column does: "Golf Course Name" beside persons, "Location" without a city.</summary>
internal static class LooseNames
{
    // What people belong to or work at, other than a company. Products, campaigns and dogs have names too.
    private static readonly HashSet<string> Employers = new(StringComparer.Ordinal)
    {
        "school", "university", "college", "institution", "institute", "hospital", "clinic", "practice", "church", "club", "course", "team", "store", "shop", "hotel", "restaurant", "salon", "studio", "gym", "agency", "firm", "brand", "venue", "dealer",
        "dealership", "office", "branch", "charity", "foundation", "society", "brewery", "winery", "farm", "municipality", "facility", "property", "etablissement", "ecole", "lycee", "commerce", "boutique", "cabinet", "agence", "centre", "clinique",
        "pharmacie", "garage", "hopital", "exploitation", "domaine", "collectivite", "mairie", "commune", "entite", "residence", "camping", "theatre", "musee", "atelier", "federation", "syndicat", "ligue",
    };

    private static readonly HashSet<string> Offices = new(StringComparer.Ordinal)
    {
        "president", "presidente", "directeur", "directrice", "gerant", "gerante", "maire", "tresorier", "secretaire", "proprietaire", "chairman", "chair", "director", "ceo", "manager", "geschaftsfuhrer", "geschaftsfuhrerin", "inhaber", "inhaberin", "vorsitzender",
        "vorstand", "titolare", "titular", "gerente", "directora", "direttore", "voorzitter", "directeur eigenaar",
    };

    public static void Settle(List<ColumnMapping> columns, List<List<string>> values)
    {
        SettleOthers(columns, ["acheteur", "acheteuse", "payeur", "payeuse", "buyer", "payer", "purchaser"], []);
        SettleOthers(columns, ["user", "host", "organizer", "organiser", "organisateur", "hote"], ["invitee", "guest", "attendee", "participant", "invite"]);
        SettleSecond(columns);
        SettleOffice(columns, values);
        SettlePersons(columns);
        SettleTitle(columns, values);
        SettleCompany(columns, values);
        SettlePlace(columns, values);
        SettleNobody(columns, values);
    }

    // Who pays for a ticket is another than who comes, and so is who invites, where the file names both.
    private static void SettleOthers(List<ColumnMapping> columns, string[] others, string[] contacts)
    {
        static bool Says(ColumnMapping c, string[] words) => HeaderWords.Normalise(c.Header).Split(' ').Any(words.Contains);
        bool IsOthers(ColumnMapping c) => Says(c, others);
        if (contacts.Length == 0 && !columns.Exists(c => HoldsName(c) && IsOthers(c)) || !columns.Exists(c => HoldsName(c) && !IsOthers(c) && (contacts.Length == 0 || Says(c, contacts)))) return;
        foreach (var column in columns.Where(IsOthers).ToList())
        {
            var kind = ImportFields.Parse(column.Target)?.Kind;
            bool hasOwn = columns.Exists(c => !IsOthers(c) && ImportFields.Parse(c.Target)?.Kind == kind);
            if (hasOwn || HoldsName(column)) columns[column.Column] = column with { Target = ImportFields.Ignore, Confidence = 0.6, Why = "values" };
        }
    }

    private static bool HoldsName(ColumnMapping c) => c.Target is ImportFields.FirstName or ImportFields.LastName or ImportFields.FullName;

    // "Contact 2 - E-mail" beside the name of the first contact is how somebody else is reached.
    private static void SettleSecond(List<ColumnMapping> columns)
    {
        static int Rank(ColumnMapping c)
        {
            var words = HeaderWords.Normalise(c.Header).Split(' ');
            for (int i = 0; i < words.Length - 1; i++)
                if (words[i] is "contact" or "dirigeant" or "interlocuteur" && words[i + 1] is [>= '1' and <= '9'] number) return number[0] - '0';
            return 0;
        }

        if (!columns.Exists(c => Rank(c) == 1 && HoldsName(c))) return;
        foreach (var column in columns.Where(c => Rank(c) > 1).ToList()) columns[column.Column] = column with { Target = ImportFields.Ignore, Confidence = 0.6, Why = "values" };
    }

    private static bool HoldsNames(List<string> values) => ColumnValues.Share(values, v => v.Length < 60 && v.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length is > 1 and < 7 && v.Any(char.IsUpper) && v.All(c => char.IsLetter(c) || c is ' ' or '-' or '\'' or '’' or '.' or ',' or '&')) > 0.7;

    // "Président(e)", "Geschäftsführer": beside the company, whoever is in office is whom one talks to.
    private static void SettleOffice(List<ColumnMapping> columns, List<List<string>> values)
    {
        if (!columns.Exists(c => c.Target == ImportFields.CompanyName) || columns.Exists(c => HoldsName(c) || c.Target == ImportFields.FullNameLast)) return;
        int at = columns.FindIndex(c => c.Target is ImportFields.Ignore or ImportFields.JobTitle && Offices.Contains(HeaderWords.Normalise(c.Header)) && HoldsNames(values[c.Column]));
        if (at >= 0) columns[at] = columns[at] with { Target = ImportFields.FullName, Confidence = 0.6, Why = "values" };
    }

    // Nothing is called a name, but one column holds them: "Copropriétaire", "Élève".
    private static void SettleNobody(List<ColumnMapping> columns, List<List<string>> values)
    {
        if (columns.Exists(c => c.Target is ImportFields.FirstName or ImportFields.LastName or ImportFields.FullName or ImportFields.FullNameLast or ImportFields.CompanyName)) return;
        if (!columns.Exists(c => ImportFields.Parse(c.Target) is { Kind: FieldKind.Email or FieldKind.Phone or FieldKind.Address })) return;
        int at = columns.FindIndex(c => c.Why == "unknown" && values[c.Column] is { Count: > 1 } names && HoldsNames(names) && names.Distinct(StringComparer.OrdinalIgnoreCase).Count() * 10 > names.Count * 8);
        if (at >= 0) columns[at] = columns[at] with { Target = ImportFields.FullName, Confidence = 0.4, Why = "values" };
    }

    // "Principal First Name, Principal Last Name": whoever that is, nobody else is named.
    private static void SettlePersons(List<ColumnMapping> columns)
    {
        foreach (var target in new[] { ImportFields.FirstName, ImportFields.LastName })
        {
            if (columns.Exists(c => c.Target == target || c.Target is ImportFields.FullName or ImportFields.FullNameLast)) continue;
            if (columns.FindAll(c => c.Why == "unknown" && Last(c.Header) == target) is [var one]) columns[one.Column] = one with { Target = target, Confidence = 0.6, Why = "values" };
        }
    }

    // What the last words of a name mean by themselves: "first name" of "Principal First Name".
    private static string? Last(string header)
    {
        string name = HeaderWords.Normalise(header);
        for (int blank = name.IndexOf(' '); blank > 0; blank = name.IndexOf(' ', blank + 1))
        {
            string end = name[(blank + 1)..];
            // "Nom" and "last" by themselves end many other names.
            if (end is not ("nom" or "last" or "first") && HeaderWords.Meaning(end) is { } meaning and (ImportFields.FirstName or ImportFields.LastName)) return meaning;
        }

        return null;
    }

    // A list of places calls them by a title.
    private static void SettleTitle(List<ColumnMapping> columns, List<List<string>> values)
    {
        if (columns.Exists(c => c.Target is ImportFields.FirstName or ImportFields.LastName or ImportFields.FullName or ImportFields.FullNameLast or ImportFields.CompanyName)) return;
        // Places have an address or a site, and no two have the same title.
        if (!columns.Exists(c => ImportFields.Parse(c.Target) is { Kind: FieldKind.Address or FieldKind.Website })) return;
        if (columns.FindAll(c => c.Target == ImportFields.JobTitle && values[c.Column].Distinct(StringComparer.OrdinalIgnoreCase).Count() * 10 > values[c.Column].Count * 8 && HeaderWords.Meaning(c.Header) == "title" && values[c.Column].Count > 0) is [var one]) columns[one.Column] = one with { Target = ImportFields.CompanyName, Confidence = 0.6, Why = "values" };
    }

    private static void SettleCompany(List<ColumnMapping> columns, List<List<string>> values)
    {
        bool Has(params ReadOnlySpan<string> targets)
        {
            foreach (var target in targets) if (columns.Exists(c => c.Target == target)) return true;
            return false;
        }

        if (!Has(ImportFields.LastName, ImportFields.FirstName) || Has(ImportFields.CompanyName, ImportFields.FullName, ImportFields.FullNameLast)) return;
        if (columns.FindAll(c => c.Why == "unknown" && IsName(HeaderWords.Normalise(c.Header)) && values[c.Column].Exists(v => v.Any(char.IsLetter))) is not [var one]) return;
        columns[one.Column] = one with { Target = ImportFields.CompanyName, Confidence = 0.5, Why = "values" };
    }

    // "Golf Course Name", "Nom de l’école".
    private static bool IsName(string name) => name.EndsWith(" name", StringComparison.Ordinal) && Employers.Contains(name[..^5].Split(' ')[^1])
        || name.StartsWith("nom d", StringComparison.Ordinal) && Employers.Contains(name.Split(' ')[^1]);

    private static void SettlePlace(List<ColumnMapping> columns, List<List<string>> values)
    {
        if (columns.Exists(c => ImportFields.Parse(c.Target) is { Kind: FieldKind.Address })) return;
        // Where one meets is not where the guest lives.
        if (columns.Exists(c => HeaderWords.Normalise(c.Header).Split(' ') is var words && (words[0] is "invitee" or "attendee" || words.Contains("event")))) return;
        int at = columns.FindIndex(c => HeaderWords.Normalise(c.Header) is "location" or "headquarters location" or "lieu" or "localisation" or "standort" or "ubicacion" or "localita" or "localizacao" or "locatie" && c.Target == ImportFields.Ignore && values[c.Column].Exists(v => v.Any(char.IsLetter)));
        if (at >= 0) columns[at] = columns[at] with { Target = "address.work.city", Confidence = 0.5, Why = "values" };
    }
}
