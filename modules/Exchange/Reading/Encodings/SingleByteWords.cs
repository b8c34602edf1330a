using System.Text;

namespace Liaison.Exchange.Reading;

/// <summary>
/// Tells single-byte encodings apart by the words of a file: read in the right one, a word has letters of one language, and capitals
/// only at its beginning or throughout.
/// </summary>
internal sealed class SingleByteWords
{
    private const int MostWords = 4096;
    private const int LongestWord = 48;

    // What a letter counts in a word of one language.
    private const int Known = 4;

    // Of two that explain a file equally well, the first is taken: few files come from an old Mac or DOS. What is a letter there is none in ISO 8859-2.
    private static readonly string[] Candidates =
    [
        "windows-1252", "iso-8859-15", "iso-8859-2", "macintosh", "ibm850", "windows-1250", "windows-1254", "windows-1251", "koi8-r", "ibm866", "windows-1253",
    ];

    // The letters beyond a to z of French, German with Dutch and Swedish, Danish and Norwegian, Spanish with Catalan, Portuguese, Italian, Icelandic;
    // Polish, Czech with Slovak, Hungarian, Croatian, Romanian; Turkish; Russian with its neighbours; Greek.
    private static readonly string[] Alphabets =
    [
        "éèêëàâäçîïôöùûüÿœæñ", "äöüßåéèëïóáç", "æøåéäö", "áéíóúüñçàèòï", "áâãàçéêíóôõúü", "àèéìíòóùú", "áéíóúýðþæö",
        "ąćęłńóśźż", "áčďéěíňóřšťúůýžäĺľôŕ", "áéíóöőúüű", "čćđšž", "ăâîșşțţ", "çğıöşüâîû", "абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґў", "αβγδεζηθικλμνξοπρστυφχψωςάέήίόύώϊϋ",
    ];

    private readonly HashSet<string> _words = new(StringComparer.Ordinal);

    /// <summary>Takes the words of a chunk that hold bytes above 127; one character per byte.</summary>
    public void Add(ReadOnlySpan<byte> chunk)
    {
        while (!chunk.IsEmpty && _words.Count < MostWords)
        {
            int high = chunk.IndexOfAnyInRange((byte)0x80, (byte)0xFF);
            if (high < 0) return;
            int start = high, end = high;
            while (start > 0 && IsWord(chunk[start - 1]) && high - start < LongestWord) start--;
            while (end < chunk.Length && IsWord(chunk[end]) && end - start < LongestWord) end++;
            _words.Add(Encoding.Latin1.GetString(chunk[start..end]));
            chunk = chunk[end..];
        }
    }

    /// <summary>The encoding in which the words make most sense, and whether at least half of their letters are of one language.</summary>
    public (string Name, bool IsSure) Best()
    {
        var (name, score) = Candidates.Select(c => (Name: c, Score: Score(c))).MaxBy(c => c.Score);
        // Where the two read the same, the one with more characters serves the rest of the file too.
        if (name == "iso-8859-2" && Score("windows-1250") == score) name = "windows-1250";
        return (name, score * 2 >= _words.Sum(w => w.Count(c => c > '\u007F')) * (long)Known);
    }

    private long Score(string candidate)
    {
        var encoding = FileShape.Decoder(candidate);
        return _words.Sum(word => (long)ScoreOf(encoding.GetString(Encoding.Latin1.GetBytes(word))));
    }

    private static int ScoreOf(string text)
    {
        int score = 0;
        for (int i = 0; i < text.Length;)
        {
            int end = i;
            while (end < text.Length && IsLetter(text[end])) end++;
            if (end > i) score += Letters(text[i..end], text.Length);
            else if (text[i] > '\u007F') score += Sign(text[i], i > 0 && IsLetter(text[i - 1]) && i + 1 < text.Length && IsLetter(text[i + 1]));
            i = Math.Max(end, i + 1);
        }

        return score;
    }

    private static int Letters(string word, int whole)
    {
        int foreign = word.Count(c => !char.IsAsciiLetter(c));
        if (foreign == 0) return 0;
        if (!OneCase(word)) return -4 * foreign;
        bool known = Array.Exists(Alphabets, alphabet => Within(word, alphabet));
        // A letter alone is rather a sign.
        if (whole == 1) return known ? 1 : -1;
        // A name begins with a capital: what reads "éiûka" elsewhere is "Žižka".
        int capital = char.IsUpper(word[0]) && !char.IsAscii(word[0]) && word.Length > 1 && char.IsLower(word[1]) ? 1 : 0;
        return known ? (Known * foreign) + capital : -1 * foreign;
    }

    private static bool Within(string word, string alphabet)
    {
        bool latin = alphabet.AsSpan().IndexOfAnyInRange('\u00DF', '\u021B') >= 0;
        for (int i = 0; i < word.Length; i++)
        {
            char c = char.ToLowerInvariant(word[i]);
            if (char.IsAsciiLetter(c) ? !latin : !alphabet.Contains(c)) return false;
            // Portuguese writes "ões", "ão", "ãs": before other letters the same bytes are Hungarian or Romanian.
            if (c is 'õ' or 'ã' && i + 1 < word.Length && char.ToLowerInvariant(word[i + 1]) is var next && next != 'e' && (c == 'õ' || next is not ('o' or 's'))) return false;
        }

        return true;
    }

    private static bool OneCase(string word)
    {
        bool lower = false, upperBehind = false;
        for (int i = 0; i < word.Length; i++)
        {
            if (word[i] is 'ß') continue;
            if (char.IsLower(word[i])) lower = true;
            else if (i > 0) upperBehind = true;
        }

        return !(lower && upperBehind);
    }

    private static int Sign(char c, bool inside) => c switch
    {
        '’' => 2,
        _ when char.IsControl(c) || c == '\uFFFD' => -8,
        '\u00A0' or '·' => 1,
        _ when inside => -4,
        '‘' or '“' or '”' or '«' or '»' or '…' or '–' or '—' or '•' or '€' or '°' or '²' or '³' or 'º' or 'ª' or '§' or '©' or '®' or '™' or '´' or '£' or '¿' or '¡' or '„' => 2,
        _ => -1,
    };

    // The ordinal signs of "nº" and "1ª" count as letters elsewhere.
    private static bool IsLetter(char c) => char.IsLetter(c) && c is not ('º' or 'ª');

    private static bool IsWord(byte b) => b >= 0x80 || char.IsAsciiLetter((char)b);
}
