using System.Text;

namespace Liaison.Exchange.Reading;

/// <summary>A list of mailboxes as mail programs copy it, <c>"Ann Roe" &lt;ann@x.org&gt;; Bob Moss &lt;bob@x.org&gt;</c>: each is read as a row of one cell.</summary>
internal sealed class MailboxRows(TextReader reader) : RewrittenRows(reader)
{
    private const int Longest = 1000;

    private readonly StringBuilder _entry = new();

    /// <summary>The text holds nothing but mailboxes: with names, or several in one line. <paramref name="isCut"/>: it goes on behind its end.</summary>
    public static bool Are(string text, bool isCut)
    {
        if (!text.Contains('@')) return false;
        using var rows = new MailboxRows(new StringReader(text));
        int count = 0, named = 0;
        bool wrong = false;
        while (rows.ReadEntry() is { } entry)
        {
            if (wrong) return false;
            wrong = EmailText.Named(entry) is null;
            (count, named) = (count + 1, named + (entry.EndsWith('>') && entry[0] != '<' ? 1 : 0));
        }

        return (!wrong || isCut && count > 1) && (named > 0 || count > 1 && text.AsSpan().Trim().IndexOfAny('\r', '\n') < 0);
    }

    protected override string? Next() => ReadEntry() is { } entry ? entry + "\n" : null;

    // A line break ends a mailbox; a separator does where an address stands before it, so "Roe, Ann <ann@x.org>" stays whole.
    private string? ReadEntry()
    {
        _entry.Clear();
        bool quoted = false, address = false;
        int next;
        while ((next = Source.Read()) >= 0)
        {
            char c = (char)next;
            bool ends = c is '\r' or '\n' || c is ',' or ';' && address && !quoted || _entry.Length > Longest;
            if (c == '"') quoted = !quoted;
            if (ends && Entry() is { } whole) return whole;
            if (ends) (quoted, address) = (false, false);
            else if (c is not ('"' or '\uFEFF')) _entry.Append(c == '\t' ? ' ' : c);
            address |= c == '@';
        }

        return Entry();
    }

    private string? Entry()
    {
        string entry = _entry.ToString().Trim(' ', ',', ';');
        _entry.Clear();
        return entry.Length > 0 ? entry : null;
    }
}
