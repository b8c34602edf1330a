namespace Liaison.Activities;

/// <summary>Where a long text is folded.</summary>
public static class Folding
{
    private const int Letters = 420, Lines = 6;

    /// <summary>How much of the text is shown at first: all of a short one, else up to a line or word end.</summary>
    public static int CutOf(string text)
    {
        var lines = 0;
        for (var i = 0; i < text.Length && i < Letters; i++)
            if (text[i] == '\n' && ++lines == Lines) return text.Length - i > 80 ? i : text.Length;
        if (text.Length <= Letters + 80) return text.Length;
        var space = text.LastIndexOfAny([' ', '\n'], Letters);
        if (space > Letters / 2) return space;
        return char.IsHighSurrogate(text[Letters - 1]) ? Letters - 1 : Letters;
    }
}
