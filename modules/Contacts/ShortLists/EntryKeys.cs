using System.Globalization;
using System.Text.RegularExpressions;
using Liaison.Kernel.Data;

namespace Liaison.Contacts.ShortLists;

/// <summary>The words by which the API refers to entries of short lists: chosen, or made of their names.</summary>
public static partial class EntryKeys
{
    private const int Longest = 60;

    /// <summary>Whether it can be the word of an entry; "none" asks for contacts without one.</summary>
    public static bool IsKey(string key) => key != "none" && Word().IsMatch(key);

    /// <summary>"Très chaud" becomes "tresChaud", with a number when that is taken. A name of which no word can be made, like one in Chinese, gets the word <paramref name="otherwise"/>.</summary>
    public static string Make(string? name, string otherwise, IReadOnlySet<string> taken)
    {
        var words = SearchText.Fold(name).Split([' ', '-', '\'', '/', '.', ','], StringSplitOptions.RemoveEmptyEntries)
            .Select(w => new string([.. w.Where(char.IsAsciiLetterOrDigit)])).Where(w => w.Length > 0);
        var key = string.Concat(words.Select((w, i) => i == 0 ? w : char.ToUpperInvariant(w[0]) + w[1..]));
        if (key.Length > Longest) key = key[..Longest];
        if (!IsKey(key)) key = otherwise;
        var free = key;
        for (var i = 2; taken.Contains(free); i++) free = key[..Math.Min(key.Length, Longest - 5)] + i.ToString(CultureInfo.InvariantCulture);
        return free;
    }

    [GeneratedRegex("^[a-z][a-zA-Z0-9]{0,59}$", RegexOptions.None, 1000)]
    private static partial Regex Word();
}
