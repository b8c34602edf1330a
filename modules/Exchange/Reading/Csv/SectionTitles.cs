namespace Liaison.Exchange.Reading;

/// <summary>What tells the titles between rows from the rows.</summary>
public enum SectionMarks
{
    /// <summary>There are none.</summary>
    None,

    /// <summary>A colon behind them, or what lists are usually parted by: "Membres".</summary>
    Words,

    /// <summary>These, or capitals only.</summary>
    Capitals,
}

/// <summary>Titles between the rows of a list made by hand, each alone in its row: "BUREAU", "Membres actifs :".</summary>
internal static class SectionTitles
{
    private static readonly HashSet<string> Words = new(StringComparer.Ordinal)
    {
        "bureau", "membre", "membres", "adherents", "actifs", "honoraires", "bienfaiteurs", "benevoles", "salaries", "conseil", "administration", "comite", "direction", "clients", "fournisseurs", "prospects", "partenaires", "contacts",
        "anciens", "nouveaux", "autres", "divers", "du", "de", "la", "le", "les", "des", "d", "et", "a", "relancer", "members", "board", "staff", "team", "customers", "suppliers", "vendors", "leads", "partners", "others", "other", "new", "old", "and", "the", "of",
        "mitglieder", "vorstand", "kunden", "lieferanten", "interessenten", "sonstige", "clientes", "proveedores", "socios", "clienti", "fornitori", "soci", "leden", "klanten", "leveranciers",
    };

    /// <summary>Rows of one cell are titles where the cells below and above them are not written so. Capitals alone may be a company, "IBM": they count where persons are named.</summary>
    public static SectionMarks Marks(string[] top, List<string[]> body)
    {
        bool IsPersons(int column) => column < top.Length && HeaderWords.Meaning(top[column]) is ImportFields.LastName or ImportFields.FirstName or ImportFields.FullNameLast;
        var titles = body.Where(r => r.Length > 2 && Of(r, SectionMarks.Capitals) is not null).Select(r => Lone(r) is var at && IsSaid(r[at]) ? (At: at, Mark: SectionMarks.Words) : (At: at, Mark: IsPersons(at) ? SectionMarks.Capitals : SectionMarks.None)).ToList();
        if (titles.Count == 0) return SectionMarks.None;
        var mark = titles.Exists(t => t.Mark == SectionMarks.None) ? SectionMarks.Words : titles.Max(t => t.Mark);
        var columns = titles.Select(t => t.At).ToHashSet();
        var others = body.Where(r => Lone(r) < 0).SelectMany(r => columns.Where(c => c < r.Length && r[c].Length > 0).Select(c => r[c])).ToList();
        return others.Count > 0 && ColumnValues.Share(others, t => Is(t, mark)) < 0.1 ? mark : SectionMarks.None;
    }

    /// <summary>The title that the row is; null when it is none.</summary>
    public static string? Of(string[] cells, SectionMarks mark) => mark != SectionMarks.None && Lone(cells) is >= 0 and var at && Is(cells[at].Trim(), mark) ? cells[at].Trim() : null;

    private static bool Is(string text, SectionMarks mark) => mark == SectionMarks.Capitals && ColumnValues.IsShouted(text) || IsSaid(text);

    private static bool IsSaid(string text) => text.EndsWith(':') || Array.TrueForAll(HeaderWords.Normalise(text).Split(' '), Words.Contains);

    // The only filled cell of a row; -1 when there is another or none.
    private static int Lone(string[] cells)
    {
        int at = -1;
        for (int i = 0; i < cells.Length; i++)
        {
            if (cells[i].Length == 0 || string.IsNullOrWhiteSpace(cells[i])) continue;
            if (at >= 0) return -1;
            at = i;
        }

        return at;
    }
}
