using System.Text;

namespace Liaison.Kernel.Texts;

/// <summary>Several words in one field or cell: separated by commas, in double quotes when one holds a separator.</summary>
public static class WordList
{
    private static readonly char[] Special = [',', ';', '"', '\n', '\r', ':'];

    /// <summary>One text for all words; <see cref="Split(string)"/> gives them back.</summary>
    public static string Join(IEnumerable<string> words) =>
        string.Join(", ", words.Select(w => w.IndexOfAny(Special) >= 0 ? "\"" + w.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"" : w));

    /// <summary>The words of a text that a person typed, separated by commas.</summary>
    public static List<string> Split(string text) => Split(text, other: false);

    /// <summary>The words of a cell of a file, separated by commas, semicolons, line breaks or Google's ":::".</summary>
    public static List<string> SplitCell(string cell) => Split(cell, other: true);

    private static List<string> Split(string cell, bool other)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        bool quoted = false;
        for (int i = 0; i <= cell.Length; i++)
        {
            char c = i < cell.Length ? cell[i] : ',';
            if (quoted && i < cell.Length)
            {
                if (c != '"') word.Append(c);
                else if (i + 1 < cell.Length && cell[i + 1] == '"') word.Append(cell[i++]);
                else quoted = false;
            }
            else if (c == '"' && string.IsNullOrWhiteSpace(word.ToString()) && cell.IndexOf('"', i + 1) > 0)
            {
                word.Clear();
                quoted = true;
            }
            else if (c == ',' || (other && c is ';' or '\n' or '\r') || (other && c == ':' && i + 2 < cell.Length && cell[i + 1] == ':' && cell[i + 2] == ':'))
            {
                string text = word.ToString().Trim();
                if (text.Length > 0) words.Add(text);
                word.Clear();
                if (c == ':') i += 2;
            }
            else
            {
                word.Append(c);
            }
        }

        return words;
    }
}
