namespace Liaison.Exchange.Reading;

/// <summary>Splits the name of a person written in one piece, and tells it from the name of a company.</summary>
public static class PersonNames
{
    private static readonly HashSet<string> Particles = new(StringComparer.OrdinalIgnoreCase)
    {
        "de", "du", "des", "del", "della", "di", "da", "dos", "das", "do", "la", "le", "van", "von", "vom", "zu", "zum", "zur", "den", "der",
        "ter", "ten", "al", "el", "bin", "ben", "ibn", "af", "av", "d'", "d’", "st.", "saint", "mac",
    };

    private static readonly HashSet<string> Suffixes = new(StringComparer.OrdinalIgnoreCase)
    {
        "jr", "jr.", "sr", "sr.", "ii", "iii", "iv", "phd", "ph.d.", "md", "m.d.", "esq", "esq.", "mba", "msc", "dds",
    };

    private static readonly HashSet<string> CompanyWords = new(StringComparer.OrdinalIgnoreCase)
    {
        "gmbh", "kg", "ohg", "gbr", "ug", "sarl", "s.a.r.l.", "sas", "s.a.s.", "sasu", "eurl", "sci", "snc", "scop", "ltd", "ltd.", "limited",
        "inc", "inc.", "llc", "llp", "corp", "corp.", "corporation", "company", "plc", "bvba", "b.v.", "n.v.", "srl", "s.r.l.", "spa", "s.p.a.",
        "gesellschaft", "association", "société", "societe", "ets", "établissements", "etablissements", "group", "groupe", "gruppe", "holding", "cabinet", "mairie",
        "hôpital", "restaurant", "store", "stores", "shop", "market", "markets", "bank", "banque", "université", "university", "universität",
        "school", "école", "institute", "institut", "hotel", "hôtel", "garage", "boulangerie", "pharmacie", "e.v.", "verein", "stiftung",
        "foundation", "fondation", "ministry", "ministère", "agence", "agency", "services", "solutions", "consulting", "partners", "industries",
        "ambassade", "embassy", "consulat", "botschaft", "atelier", "ateliers", "commune", "comité", "comite", "fédération", "federation", "syndicat", "clinique", "clinic", "laboratoire", "laboratoires", "éditions", "editions",
        "transports", "logistics", "imprimerie", "menuiserie", "plomberie", "boutique", "librairie", "fromagerie", "brasserie", "auberge", "agency", "trading", "construction", "constructions", "construcciones", "distribution", "lycée",
        "collège", "theatre", "théâtre", "musée", "museum", "delikatessen", "club", "gmbh.", "s.l.", "s.l.u.", "sl", "s.n.c.", "snc.", "s.a.s", "lda", "lda.", "eirl", "scp", "selarl", "gie", "asbl", "vzw", "scrl", "kft", "sp.", "z.o.o.", "a.s.", "s.r.o.",
        "technologies", "systems", "import", "export", "electronic", "electronics", "handel", "ltda", "ltda.", "coop",
    };

    private static readonly HashSet<string> CompanyEndings = new(StringComparer.OrdinalIgnoreCase)
    {
        "ag", "sa", "s.a.", "co", "co.", "bv", "nv", "oy", "ab", "aps", "a/s", "se", "spa",
    };

    /// <summary>First and last name: "Last, First", "Dr. First Last", "First van Last", "LAST First"; "Last First" where the column says so.</summary>
    public static (string First, string Last) Split(string fullName, bool lastFirst = false)
    {
        string name = fullName.Trim();
        int comma = name.IndexOf(',');
        if (comma > 0)
        {
            string after = name[(comma + 1)..].Trim();
            if (after.Length > 0 && !Suffixes.Contains(after)) return (string.Join(' ', Bare(after)), string.Join(' ', Bare(name[..comma])));
            name = name[..comma];
        }

        var words = Bare(name);
        if (words.Count == 0) return ("", name);
        if (words.Count == 1) return ("", words[0]);
        if (Shouted(words) is { } split) return split;
        if (lastFirst)
        {
            int ends = words.FindIndex(w => !Particles.Contains(w)) + 1;
            if (ends > 0 && ends < words.Count) return (string.Join(' ', words.Skip(ends)), string.Join(' ', words.Take(ends)));
        }

        int last = words.FindIndex(1, Particles.Contains);
        if (last < 0 || last == words.Count - 1) last = words.Count - 1;
        // "de la Fontaine" has no first name; in capitals the first of several may be one: "Le Van Nguyen".
        if (Particles.Contains(words[0]) && (words.Count == 2 || (char.IsLower(words[0][0]) && words.Take(words.Count - 1).All(Particles.Contains)))) return ("", string.Join(' ', words));
        return (string.Join(' ', words.Take(last)), string.Join(' ', words.Skip(last)));
    }

    /// <summary>The name holds a legal form, an ampersand or a word that no person is called.</summary>
    public static bool LooksLikeCompany(string name)
    {
        var words = name.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
        if (name.Contains('&')) return !IsCouple(words);
        return words.Length > 1 && (Array.Exists(words, CompanyWords.Contains) || CompanyEndings.Contains(words[^1]));
    }

    /// <summary>"Ann Roe - Acme": a person and where that one works; null when it is not so.</summary>
    public static (string Person, string Company)? Dashed(string name)
    {
        int dash = name.AsSpan().IndexOfAny('-', '–', '—');
        while (dash > 0 && (name[dash - 1] != ' ' || dash + 2 >= name.Length || name[dash + 1] != ' ')) dash = name.AsSpan(dash + 1).IndexOfAny('-', '–', '—') is >= 0 and var next ? dash + 1 + next : -1;
        if (dash <= 0) return null;
        var (person, company) = (name[..dash].Trim(), name[(dash + 1)..].Trim());
        var words = person.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        bool isPerson = words.Length is > 1 and < 6 && !LooksLikeCompany(person) && Array.TrueForAll(words, w => Particles.Contains(w) || char.IsUpper(w[0]) && w.All(c => char.IsLetter(c) || c is '-' or '\'' or '’' or '.'));
        return isPerson && company.Any(char.IsLetter) ? (person, company) : null;
    }

    /// <summary>Nothing but words that stand before a last name: "van der".</summary>
    public static bool IsParticle(string text) => Array.TrueForAll(text.Split(' ', StringSplitOptions.RemoveEmptyEntries), w => Particles.Contains(w) || w is "'t" or "’t" or "op" or "te" or "in");

    /// <summary>The word alone is a legal form: "SARL", "GmbH".</summary>
    public static bool IsLegalForm(string word) => CompanyWords.Contains(word.Trim()) || CompanyEndings.Contains(word.Trim());

    // "M. et Mme Durand", "Mr & Mrs Smith".
    private static bool IsCouple(IReadOnlyList<string> words) =>
        words.Count > 3 && ColumnValues.IsSalutation(words[0]) && words[1].ToLowerInvariant() is "et" or "&" or "and" or "und" or "y" or "e" or "en" && ColumnValues.IsSalutation(words[2]);

    private static List<string> Bare(string name)
    {
        var words = name.Split([' ', '\u00A0', '\t', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToList();
        // "Yvonne McKay (sample)": what stands in parentheses belongs to the name before.
        int open = words.FindIndex(1, w => w[0] == '(');
        if (open > 0 && words[^1].EndsWith(')')) words = [.. words.Take(open - 1), string.Join(' ', words.Skip(open - 1))];
        if (IsCouple(words)) words.RemoveRange(0, 2);
        while (words.Count > 1 && ColumnValues.IsSalutation(words[0])) words.RemoveAt(0);
        while (words.Count > 2 && Suffixes.Contains(words[^1].Trim(','))) words.RemoveAt(words.Count - 1);
        return words;
    }

    // French lists write the family name in capitals, before or behind the first name.
    private static (string First, string Last)? Shouted(List<string> words)
    {
        var loud = words.FindAll(w => w.Length > 1 && w.Any(char.IsLetter) && string.Equals(w, w.ToUpperInvariant(), StringComparison.Ordinal) && !w.Contains('.'));
        if (loud.Count == 0 || loud.Count == words.Count) return null;
        bool front = loud.Contains(words[0]), back = loud.Contains(words[^1]);
        if (front == back) return null;
        int first = front ? 0 : words.FindIndex(loud.Contains);
        int count = front ? words.FindIndex(w => !loud.Contains(w)) : words.Count - first;
        if (!front && first > 1 && Particles.Contains(words[first - 1])) (first, count) = (first - 1, count + 1);
        var rest = words.Take(first).Concat(words.Skip(first + count));
        return (string.Join(' ', rest), string.Join(' ', words.Skip(first).Take(count)));
    }
}
