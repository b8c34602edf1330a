namespace Liaison.Kernel.Api;

/// <summary>Words of enumerations as requests give them.</summary>
public static class EnumWords
{
    /// <summary>The value of this name in any case; null for another word, a number or a list.</summary>
    public static T? Find<T>(string? word) where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>()) if (string.Equals(value.ToString(), word, StringComparison.OrdinalIgnoreCase)) return value;
        return null;
    }
}
