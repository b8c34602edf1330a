using System.Text.Json;
using Liaison.Kernel.Journal;
using Liaison.Kernel.Texts;

namespace Liaison.Contacts.Timeline;

/// <summary>Journal entries of a contact in words.</summary>
public static class JournalWords
{
    /// <summary>The icon of a kind.</summary>
    public static string Icon(string kind) => kind switch
    {
        "contact.statusChanged" => "sparkles", "contact.statusLocked" => "lock", "contact.statusUnlocked" => "lock-open",
        "contact.created" => "user-plus",
        "contact.detailsChecked" => "check", "contact.tagged" or "contact.untagged" => "tag",
        _ when kind.EndsWith(".deleted", StringComparison.Ordinal) => "trash-2",
        _ when kind.EndsWith(".restored", StringComparison.Ordinal) => "archive-restore",
        _ when kind.StartsWith("contact.import", StringComparison.Ordinal) => "upload",
        _ => "pencil",
    };

    /// <summary>"Created by the import salon-lyon.csv, row 48".</summary>
    public static string Tell(JournalEntry entry, Localizer texts)
    {
        var key = "journal." + entry.Kind;
        if (Particulars(entry.Details) is { } details)
        {
            var file = Text(details, "file") ?? Text(details, "fileName") ?? Text(details, "name");
            var row = Text(details, "row") ?? Text(details, "number");
            // A company that only a row named has no row of its own.
            if (file is not null && row is not (null or "0") && texts.Find(key + ".fileRow") is not null) return texts[key + ".fileRow", file, row];
            if (file is not null && texts.Find(key + ".file") is not null) return texts[key + ".file", file];
            if ((Text(details, "tag") ?? Text(details, "tags") ?? Text(details, "text")) is { } word && texts.Find(key + ".word") is not null) return texts[key + ".word", word];
        }
        return texts.Find(key) ?? texts["journal.other"];
    }

    /// <summary>The sentence with a capital.</summary>
    public static string Upper(string sentence) => sentence.Length == 0 ? sentence : char.ToUpper(sentence[0], System.Globalization.CultureInfo.CurrentCulture) + sentence[1..];

    private static JsonElement? Particulars(string? json)
    {
        if (json is not ['{', ..]) return null;
        try { return JsonElement.Parse(json); }
        catch (JsonException) { return null; }
    }

    private static string? Text(JsonElement details, string name) =>
        details.TryGetProperty(name, out var value) ? value.ValueKind switch { JsonValueKind.String => value.GetString(), JsonValueKind.Number => value.GetRawText(), JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(v => v.ToString())), _ => null } : null;
}
