using System.Text.Json;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace Liaison.Kernel.Ui;

/// <summary>A message shown on the next page, with an undo where one exists.</summary>
/// <param name="Text">What happened, in the viewer's language.</param>
/// <param name="Url">Where the button leads, or null.</param>
/// <param name="Label">What the button says; Undo when nothing is given.</param>
/// <param name="Posts">Whether the button posts (undo) rather than opens a page.</param>
/// <param name="IsProblem">A problem stays until it is closed.</param>
public sealed record Toast(string Text, string? Url = null, string? Label = null, bool Posts = true, bool IsProblem = false);

/// <summary>Messages carried over a redirect.</summary>
public static class Flash
{
    private const string Key = "toasts";

    /// <summary>Shows a message on the next page.</summary>
    public static void Show(this ITempDataDictionary data, Toast toast) => data[Key] = JsonSerializer.Serialize(Read(data).Append(toast));

    /// <summary>Says what happened; with <paramref name="undo"/> the message carries an Undo button that posts there.</summary>
    public static void Say(this ITempDataDictionary data, string text, string? undo = null) => data.Show(new Toast(text, undo));

    /// <summary>Says what happened, with a link to what is to see.</summary>
    public static void SayWithLink(this ITempDataDictionary data, string text, string url, string label) => data.Show(new Toast(text, url, label, Posts: false));

    /// <summary>Says what went wrong; stays until closed.</summary>
    public static void Complain(this ITempDataDictionary data, string text) => data.Show(new Toast(text, IsProblem: true));

    /// <summary>The messages to show now; they are gone afterwards.</summary>
    public static IReadOnlyList<Toast> Take(ITempDataDictionary data)
    {
        var toasts = Read(data);
        data.Remove(Key);
        return toasts;
    }

    private static List<Toast> Read(ITempDataDictionary data)
    {
        try { return data.Peek(Key) is string json ? JsonSerializer.Deserialize<List<Toast>>(json) ?? [] : []; }
        catch (JsonException) { return []; }
    }
}
