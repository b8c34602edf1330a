using System.Text.Json;
using System.Text.Json.Nodes;
using Liaison.Contacts;
using Liaison.Contacts.Timeline;
using Liaison.Kernel.Api;
using Liaison.Kernel.Journal;
using Liaison.Kernel.Texts;
using Liaison.Kernel.Ui;

namespace Liaison.Activities;

/// <summary>What changed on an action or a response, field by field, in the words of the API.</summary>
internal static class ActivityChanges
{
    /// <summary>Compares two inputs; null stands for what is not there (deleted, or not yet restored).</summary>
    public static List<FieldChange> Between<T>(T? before, T? after) where T : class
    {
        var (old, now) = (Fields(before), Fields(after));
        bool Says(JsonNode? value) => value is not null && (before is not null && after is not null || value.ToString() != "none");
        return [.. (old ?? now)!.Select(f => (f.Key, Old: old?[f.Key], New: now?[f.Key])).Where(f => f.Key != "contactId" && !JsonNode.DeepEquals(f.Old, f.New) && (Says(f.Old) || Says(f.New)))
            .Select(f => new FieldChange(f.Key, f.Old?.DeepClone(), f.New?.DeepClone()))];
    }

    private static JsonObject? Fields<T>(T? input) where T : class => input is null ? null : JsonSerializer.SerializeToNode(input, ApiJson.Options)!.AsObject();
}

/// <summary>Tells the fields of an action or a response in the journal of its contact.</summary>
internal sealed class ActivityJournal(ActivityTypes types, ActivityTexts words, Localizer texts, Display show) : JournalFields
{
    public override string Permission => "activities.view";

    public override bool Tells(string kind) => kind.StartsWith("activity.", StringComparison.Ordinal) || kind.StartsWith("response.", StringComparison.Ordinal);

    public override string? Url(JournalEntry entry) => entry.Kind.EndsWith(".deleted", StringComparison.Ordinal) ? null
        : FormattableString.Invariant($"/{(entry.CauseType == "response" ? "responses" : "activities")}/{entry.CauseId}");

    public override async ValueTask<string> FieldAsync(string field, CancellationToken cancel)
    {
        var labels = await types.LabelsAsync(cancel);
        return field switch
        {
            "field1" when labels.Field1 is { } own => own,
            "field2" when labels.Field2 is { } own => own,
            "occurredAt" => texts["activities.field.at"],
            "text" => texts["activities.response"],
            _ => texts["activities.field." + field],
        };
    }

    public override async ValueTask<IReadOnlyList<string>> LinesAsync(string field, JsonNode? value, CancellationToken cancel)
    {
        if (value is null) return [];
        var text = value.ToString();
        return field switch
        {
            "type" => [(await types.AllAsync(cancel)).FirstOrDefault(t => t.Key == text) is { } type ? words.Name(type) : text],
            "direction" => [texts["activities.way." + text]],
            "outcome" => [texts["outcome." + text]],
            "rating" => [texts["rating." + text]],
            "occurredAt" => [show.Moment(value.Deserialize<DateTime>(ApiJson.Options))],
            _ => text.Length > Longest ? [text[..Longest] + "…"] : [text],
        };
    }

    private const int Longest = 400;
}
