namespace Liaison.Kernel.Validation;

/// <summary>Signs that nobody sees and that turn the direction of the text behind them.</summary>
public static class Directions
{
    /// <summary>Whether the sign opens or closes a piece of another direction (U+202A to U+202E, U+2066 to U+2069).</summary>
    public static bool Turns(int sign) => sign is >= 0x202A and <= 0x202E or >= 0x2066 and <= 0x2069;
}
