using System.Text.Json;
using System.Text.Json.Nodes;

namespace Liaison.Kernel.Validation;

/// <summary>A field that somebody else changed while it was being changed here.</summary>
/// <param name="Field">Its name.</param>
/// <param name="Theirs">What is stored now.</param>
/// <param name="Mine">What was typed.</param>
public sealed record Stale(string Field, string Theirs, string Mine);

/// <summary>A form that comes back after somebody else may have changed what it showed: it carries along what that was.</summary>
public static class Shown
{
    /// <summary>What a form shows, for a hidden field.</summary>
    public static string Of<T>(T form) where T : class => JsonSerializer.Serialize(form);

    /// <summary>
    /// What is meant: a field that was left as it was shown is as it is stored now, any other as it was typed. <paramref name="both"/> are the fields that were
    /// changed differently here and there. Without <paramref name="shown"/> everything is meant as it was typed.
    /// </summary>
    public static T Merge<T>(string? shown, T typed, T stored, out IReadOnlyList<string> both) where T : class
    {
        both = [];
        if (Read(shown) is not { } was) return typed;
        var (mine, theirs) = (JsonSerializer.SerializeToNode(typed)!.AsObject(), JsonSerializer.SerializeToNode(stored)!.AsObject());
        both = [.. mine.Select(f => f.Key).Where(f => !Same(mine, was, f) && !Same(theirs, was, f) && !Same(mine, theirs, f))];
        foreach (var (field, value) in theirs) if (Same(mine, was, field)) mine[field] = value?.DeepClone();
        return mine.Deserialize<T>()!;
    }

    /// <summary>The fields that were changed in a form; all of them where it does not say what it showed.</summary>
    public static IReadOnlyList<string> Changed<T>(string? shown, T typed) where T : class
    {
        var (was, mine) = (Read(shown) ?? [], JsonSerializer.SerializeToNode(typed)!.AsObject());
        return [.. mine.Select(f => f.Key).Where(f => !Same(mine, was, f))];
    }

    private static bool Same(JsonObject one, JsonObject other, string field) => JsonNode.DeepEquals(one[field], other[field]);

    private static JsonObject? Read(string? shown)
    {
        try { return shown is null ? null : JsonNode.Parse(shown) as JsonObject; }
        catch (JsonException) { return null; }
    }
}
