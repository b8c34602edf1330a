namespace Liaison.Exchange.Reading;

/// <summary>What a column is taken for: the target key, how sure that is from 0 to 1, and why (label, header, values, unknown, ids, owner, custom).</summary>
public sealed record ColumnMapping(int Column, string Header, string Target, double Confidence, string Why);

/// <summary>Proposes a target for every column from its name and from a sample of its values.</summary>
public static class MappingSuggestion
{
    private static readonly string[] CompanyList = ["annual revenue", "employees", "number of employees", "sic code", "forme juridique", "effectif", "code ape", "code naf", "vat number", "ust id", "ustidnr", "raison sociale 2", "supplier", "fournisseur", "lieferant", "vendor", "siret", "siren", "tva", "third party", "tiers", "cif", "nif cif", "partita iva", "p iva", "cnpj", "kvk", "btw"];

    /// <summary>Suggests one mapping per column. <paramref name="customFields"/> gives the key of a custom field by its label.</summary>
    public static IReadOnlyList<ColumnMapping> Suggest(
        IReadOnlyList<string> headers, IReadOnlyList<CsvRow> sample, IReadOnlyDictionary<string, string>? customFields = null)
    {
        var columns = new List<ColumnMapping>(headers.Count);
        var values = new List<List<string>>(headers.Count);
        bool hasKind = headers.Any(h => ImportFields.FromLabel(h) == ImportFields.Kind);
        string prefix = ColumnPrefix.Of(headers);
        var parts = NameParts.Of(headers);
        for (int i = 0; i < headers.Count; i++)
        {
            var filled = sample.Where(r => i < r.Cells.Length && !string.IsNullOrWhiteSpace(r.Cells[i])).Select(r => CsvText.Read(r.Cells[i]).Trim()).ToList();
            values.Add(filled);
            string header = parts.GetValueOrDefault(headers[i]) ?? ColumnPrefix.Cut(headers[i], prefix);
            columns.Add(customFields is not null && customFields.TryGetValue(headers[i].Trim(), out var custom)
                ? new ColumnMapping(i, headers[i], ImportFields.CustomPrefix + custom, 1, "custom")
                : One(i, header.Trim(), filled, hasKind) with { Header = ColumnPrefix.Cut(headers[i], prefix).Trim() });
        }

        if (headers.All(string.IsNullOrWhiteSpace))
        {
            NamelessColumns.Settle(columns, values, sample);
        }
        else
        {
            CustomerNames.SettlePersons(columns, values);
            SettleNames(columns, values);
        }

        CustomerNames.Settle(columns, sample);
        LooseNames.Settle(columns, values);
        LooseSites.Settle(columns, values);
        SettleOwners(columns, values);
        LooseParts.Settle(columns);
        SecondAddresses.Settle(columns);
        return columns.ConvertAll(c => c with { Header = headers[c.Column].Trim() });
    }

    private static ColumnMapping One(int column, string header, List<string> values, bool hasKind)
    {
        ColumnMapping As(string target, double confidence, string why) => new(column, header, target, confidence, why);
        bool isKind = ColumnValues.Share(values, v => KindWords.Read(v) is not null) > 0.9;
        if (ImportFields.FromLabel(header) is { } own && (own != ImportFields.Type || !isKind || hasKind)) return As(own, 1, "label");
        string? meaning = HeaderWords.Meaning(header);
        string name = HeaderWords.Normalise(header);
        double emails = ColumnValues.Share(values, ColumnValues.IsEmail);
        if (values.Count > 0 && KindWords.Asks(header) && values.TrueForAll(KindWords.IsFlag)) return As(ImportFields.Kind, 0.8, "values");
        switch (meaning)
        {
            case null:
                return ByValues(column, header, values, emails);
            case "title":
                return ColumnValues.Share(values, ColumnValues.IsSalutation) > 0.5 ? As(ImportFields.Ignore, 0.8, "values") : As(ImportFields.JobTitle, 0.7, "header");
            case "client":
                bool flags = values.TrueForAll(v => v.Length <= 3 || KindWords.Read(v) is not null || ColumnValues.IsWholeNumber(v));
                return flags && values.Count > 0 ? As(ImportFields.Ignore, 0.5, "values") : As(ImportFields.FullName, 0.6, "header");
            case "salutation":
                bool names = name is "greeting" or "anrede" && values.Count > 0 && !values.Exists(ColumnValues.IsSalutation);
                return names ? As(ImportFields.FirstName, 0.5, "values") : As(ImportFields.Ignore, 0.9, "header");
            case ImportFields.IgnoreOwner:
                return As(meaning, 1, "owner");
            case ImportFields.Type when isKind:
                return As(ImportFields.Kind, 0.8, "values");
        }

        var field = ImportFields.Parse(meaning)!;
        if (field.Kind == FieldKind.Ignore) return As(meaning, 0.9, "header");
        if (field.GivesCategory) return values.Exists(v => v is "SMTP" or "EX") ? As(ImportFields.Ignore, 0.9, "values") : As(meaning, 0.9, "header");
        if (values.Count > 0 && OnlyIds(field, name, values)) return As(ImportFields.Ignore, 0.8, "ids");
        // "Tiers: C001" is what the account is filed under.
        if (field.Kind == FieldKind.CompanyName && values.Count > 0 && name is "tiers" or "compte" or "fournisseur" or "account" or "supplier" or "vendor" or "lieferant" && values.TrueForAll(v => ColumnValues.IsCode(v) && v.Count(char.IsAsciiDigit) > 1)) return As(ImportFields.Ignore, 0.6, "ids");
        // "Qualité: SARL" is what a company is in law, not what somebody does there.
        if (field.Kind == FieldKind.JobTitle && ColumnValues.Share(values, PersonNames.IsLegalForm) > 0.6) return As(ImportFields.Ignore, 0.6, "values");
        // "Role: customer" is what an account of a web site may do.
        if (field.Kind == FieldKind.JobTitle && values.Count > 0 && values.TrueForAll(ColumnValues.IsAccountRole)) return As(ImportFields.Ignore, 0.6, "values");
        // "Supplier: yes" says what the contact is, not where it works.
        if (field.Kind == FieldKind.CompanyName && values.Count > 0 && values.TrueForAll(v => KindWords.IsFlag(v) || Placeholders.Is(field, v))) return As(ImportFields.Ignore, 0.6, "values");
        if (field.Kind != FieldKind.Email && emails > 0.6 && field.Kind is not (FieldKind.Responsible or FieldKind.Description)) return As("email.work", 0.7, "values");
        if (field.Kind == FieldKind.Email && values.Count > 2 && !values.Exists(v => v.Contains('@'))) return As(ImportFields.Ignore, 0.5, "values");
        // "Phone Country Code: +33", and "Indicatif: F4ABC" that is none.
        if (field.GivesCalling && !values.TrueForAll(CallingCodes.Is)) return As(ImportFields.Ignore, 0.6, "values");
        if (field is { Kind: FieldKind.Phone, GivesCalling: false } && values.Count > 0 && name.Contains("code", StringComparison.Ordinal) && values.TrueForAll(v => v.Length < 6 && CallingCodes.Is(v))) return As("phone.calling", 0.7, "values");
        // "Phone Country Code: FR".
        if (field.Kind == FieldKind.Phone && values.Count > 0 && values.TrueForAll(v => v.Length < 4 && v.All(char.IsAsciiLetterUpper))) return As(ImportFields.Ignore, 0.6, "values");
        if (field.Kind == FieldKind.Website)
        {
            if (ColumnValues.Share(values, v => ColumnValues.Network(v) is not null) > 0.6) return As("social." + values.Select(ColumnValues.Network).First(n => n is not null), 0.8, "values");
            if (values.Count > 0 && !values.Exists(v => v.Contains('.'))) return As(ImportFields.Ignore, 0.5, "values");
        }

        if (field.Kind is FieldKind.FullName && name == "contact" && ColumnValues.Share(values, ColumnValues.IsPhone) > 0.6) return As("phone.work", 0.7, "values");
        return As(meaning, name.Length > 3 ? 0.95 : 0.9, "header");
    }

    private static ColumnMapping ByValues(int column, string header, List<string> values, double emails)
    {
        bool nameless = header.Length == 0;
        if (emails > 0.8 && !header.Contains("owner", StringComparison.OrdinalIgnoreCase) && !header.Contains(" by", StringComparison.OrdinalIgnoreCase))
            return new(column, header, nameless ? "email.work" : "email.other", 0.6, "values");
        // "Ufficio" or "Home" above phones.
        if (HeaderWords.WordClass(header) is "work" or "home" or "other" && ColumnValues.Share(values, ColumnValues.IsPlainPhone) > 0.8) return new(column, header, $"phone.{HeaderWords.WordClass(header)}", 0.7, "values");
        if (!NamesIdentifier(header) && ColumnValues.Share(values, nameless ? ColumnValues.IsPhone : ColumnValues.IsSurelyPhone) > 0.8) return new(column, header, "phone." + (nameless ? "work" : CategoryWords.Read(FieldKind.Phone, header)), 0.6, "values");
        if (ColumnValues.Share(values, v => (ColumnValues.IsWeb(v) || nameless && ColumnValues.IsDomain(v)) && !ColumnValues.IsPicture(v)) > 0.8)
            return new(column, header, ColumnValues.Network(values[0]) is { } network ? "social." + network : nameless ? "website.work" : "website.other", 0.6, "values");
        return new(column, header, ImportFields.Ignore, values.Count == 0 ? 0.9 : 0.3, "unknown");
    }

    // "P.IVA/TAX ID: 00000000001" begins as phones do.
    private static bool NamesIdentifier(string header) => Array.Exists(HeaderWords.Normalise(header).Split(' '), w => w is "iva" or "tva" or "vat" or "tax" or "siret" or "siren" or "nif" or "cif" or "cnpj" or "cpf" or "iban" or "fiscale" or "fiscal" or "kvk" or "btw" or "ust" or "steuernummer" or "rcs");

    // A house number is a number; a street, a company or a city that is only ever a number is a key of another table.
    private static bool OnlyIds(ImportField field, string name, List<string> values) =>
        (field.Kind is FieldKind.CompanyName or FieldKind.FullName or FieldKind.LastName or FieldKind.FirstName or FieldKind.JobTitle or FieldKind.Type or FieldKind.Tags
            || (field.Part is "street" or "city" or "country" && !IsHouseNumber(name)))
        && values.TrueForAll(ColumnValues.IsWholeNumber);

    private static bool IsHouseNumber(string name) => name is "n voie" or "no voie" || Array.Exists(["haus", "house", "huis", "number", "nummer", "numero"], w => name.Contains(w, StringComparison.Ordinal));

    // Initials stand for a first name only where there is none.
    private static bool HasBetter(List<ColumnMapping> columns, string name) =>
        name is "voorletters" or "voorletter" && columns.Exists(c => c.Target == ImportFields.FirstName && HeaderWords.Normalise(c.Header) != name);

    private static void SettleNames(List<ColumnMapping> columns, List<List<string>> values)
    {
        bool Has(string target) => columns.Exists(c => c.Target == target && (values[c.Column].Count > 0 || values.TrueForAll(v => v.Count == 0)));
        void Change(int at, string target, double confidence) => columns[at] = columns[at] with { Target = target, Confidence = confidence, Why = "values" };
        for (int i = 0; i < columns.Count; i++)
        {
            string name = HeaderWords.Normalise(columns[i].Header);
            if (HasBetter(columns, name))
            {
                Change(i, ImportFields.Ignore, 0.6);
                continue;
            }

            // "Client" beside the name of a person is the company, alone it is whoever the client is.
            if (columns[i].Target == ImportFields.FullName && HeaderWords.Meaning(columns[i].Header) == "client")
            {
                // Where the rows say whether they are persons or companies, they say what it is.
                if (Has(ImportFields.Kind) && CustomerNames.HasContactPerson(columns)) continue;
                bool company = Has(ImportFields.CompanyName);
                // "Tiers: 411ACME" is what the account is filed under.
                if (columns.Find(c => c.Target == ImportFields.CompanyName && ColumnValues.Share(values[c.Column], ColumnValues.IsCode) == 1) is { } coded && ColumnValues.Share(values[i], ColumnValues.IsCode) < 1)
                {
                    Change(coded.Column, ImportFields.Ignore, 0.6);
                    company = false;
                }

                if (columns.Exists(c => c.Column != i && c.Target is ImportFields.FullName or ImportFields.FullNameLast or ImportFields.LastName)) Change(i, company ? ImportFields.Ignore : ImportFields.CompanyName, 0.6);
                continue;
            }

            // "Nombre, Apellidos" and "Nome, Cognome" are first and last name; "Naam, Voornaam" the other way round.
            if (name is "nombre" or "nome" && columns[i].Target == ImportFields.FullName && columns.Exists(c => c.Target == ImportFields.LastName))
            {
                Change(i, ImportFields.FirstName, 0.9);
                continue;
            }

            if (columns[i].Target == ImportFields.LastName && columns[i].Why != "label" | name == "nom" && HoldsFirstName(columns, values, i))
            {
                Change(i, ImportFields.FullName, 0.7);
                continue;
            }

            bool nom = name == "nom" || name.EndsWith(" nom", StringComparison.Ordinal);
            bool plain = nom || name is "name" or "naam";
            if (plain && columns[i].Why != "label" | name == "nom" && columns[i].Target is ImportFields.FullName or ImportFields.LastName)
            {
                bool companies = !Has(ImportFields.Kind) && !Has(ImportFields.CompanyName) && !Has(ImportFields.FirstName)
                    && columns.Exists(c => Array.Exists(CompanyList, w => (" " + HeaderWords.Normalise(c.Header) + " ").Contains($" {w} ", StringComparison.Ordinal)));
                if (companies) Change(i, ImportFields.CompanyName, 0.7);
                else if (nom && !columns.Exists(c => c.Target == ImportFields.FirstName)) Change(i, ImportFields.FullName, 0.6);
                else if (name is "name" or "naam" && columns.Exists(c => c.Target == ImportFields.FirstName && HeaderWords.Normalise(c.Header) is "vorname" or "prenom" or "voornaam")
                    && !columns.Exists(c => c.Target == ImportFields.LastName)) Change(i, ImportFields.LastName, 0.9);
            }
            else if (columns[i].Target == ImportFields.JobTitle && name is "title" or "titre" or "titel"
                && columns.Exists(c => c.Column != i && c.Target == ImportFields.JobTitle && (HeaderWords.Normalise(c.Header) != name || c.Column > i) && (values[c.Column].Count > 0 || values[i].Count == 0)))
            {
                Change(i, ImportFields.Ignore, 0.6);
            }
        }
    }

    // "Jean Dupont" beside "Jean": the column called "Nom" holds the whole name.
    private static bool HoldsFirstName(List<ColumnMapping> columns, List<List<string>> values, int at) =>
        columns.Find(c => c.Target == ImportFields.FirstName) is { } first && values[at].Count > 0
        && values[first.Column] is { Count: > 0 } firsts && new HashSet<string>(firsts, StringComparer.OrdinalIgnoreCase) is var known
        && ColumnValues.Share(values[at], v => v.Split(' ') is { Length: > 1 } words && (known.Contains(words[0]) || known.Contains(words[^1]) || known.Contains(string.Join(' ', words[..2])))) > 0.6;

    // Addresses of few colleagues beside those of the contacts.
    private static void SettleOwners(List<ColumnMapping> columns, List<List<string>> values)
    {
        for (int i = 0; i < columns.Count; i++)
        {
            var (target, mails) = (columns[i].Target, values[i]);
            if (columns[i].Why != "values" || !target.StartsWith("email.", StringComparison.Ordinal) || mails.Distinct(StringComparer.OrdinalIgnoreCase).Count() * 2 > mails.Count || mails.Count < 2) continue;
            bool real = columns.Exists(c => c.Column != i && c.Target.StartsWith("email.", StringComparison.Ordinal) && values[c.Column].Distinct(StringComparer.OrdinalIgnoreCase).Count() * 2 > values[c.Column].Count);
            if (real) columns[i] = columns[i] with { Target = ImportFields.IgnoreOwner, Why = "owner" };
        }
    }
}
