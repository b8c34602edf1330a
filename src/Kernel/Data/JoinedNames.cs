using System.Text;

namespace Liaison.Kernel.Data;

/// <summary>Names that some write in one word and others in parts: Anne-Marie and Annemarie, O'Neil and ONeil, Mc Donald and McDonald.</summary>
public static class JoinedNames
{
    /// <summary>The words of a folded text that are put together of parts, written as one; none in most texts. A particle before a name is a part of it only where people are named.</summary>
    public static IReadOnlyList<string> Of(string folded, bool withParticles)
    {
        List<string>? joined = null;
        for (int start = 0, joint; start < folded.Length && (joint = Next(folded, start, withParticles)) >= 0;)
        {
            start = folded[joint] == ' ' ? StartOfWord(folded, joint) : folded.AsSpan(0, joint).LastIndexOf(' ') + 1;
            var word = new StringBuilder().Append(folded, start, joint - start);
            int at;
            for (at = joint + 1; at < folded.Length; at++)
            {
                if (IsJoint(folded, at, withParticles)) continue;
                if (folded[at] == ' ') break;
                word.Append(folded[at]);
            }
            (joined ??= []).Add(word.ToString());
            start = at;
        }
        return joined ?? (IReadOnlyList<string>)[];
    }

    /// <summary>Whether the sign at this place of a folded text falls away where the parts around it are written as one.</summary>
    public static bool IsJoint(string folded, int at, bool withParticles = true) => folded[at] switch
    {
        '-' or '\'' => at > 0 && at + 1 < folded.Length && char.IsLetter(folded[at - 1]) && char.IsLetter(folded[at + 1]),
        ' ' => withParticles && at + 1 < folded.Length && char.IsLetter(folded[at + 1]) && IsParticle(folded.AsSpan(StartOfWord(folded, at)..at)),
        _ => false,
    };

    private static int Next(string folded, int from, bool withParticles)
    {
        while (from < folded.Length && folded.AsSpan(from).IndexOfAny(' ', '-', '\'') is >= 0 and var next)
        {
            if (IsJoint(folded, from + next, withParticles)) return from + next;
            from += next + 1;
        }
        return -1;
    }

    private static int StartOfWord(string folded, int end) => folded.AsSpan(0, end).LastIndexOfAny(' ', '-', '\'') + 1;

    // Those that are no first names, so that most names get nothing besides.
    private static bool IsParticle(ReadOnlySpan<char> word) => word is "o" or "mc" or "mac" or "d" or "l" or "de" or "du" or "des" or "da" or "dos" or "di" or "del" or "la" or "le" or "les"
        or "van" or "von" or "der" or "den" or "ter" or "el" or "st";
}
