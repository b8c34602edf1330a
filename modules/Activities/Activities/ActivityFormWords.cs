using Liaison.Contacts;
using Liaison.Kernel.Texts;
using Liaison.Kernel.Validation;

namespace Liaison.Activities;

/// <summary>What somebody typed and chose in the form of an action, in words.</summary>
public sealed class ActivityFormWords(ActivityTypes known, ActivityTexts words, Localizer texts)
{
    /// <summary>Every field with its label and how it is told.</summary>
    public async Task<IReadOnlyList<(string Name, string Label, Func<ActivityForm, string?> Tell)>> FieldsAsync(CancellationToken cancel)
    {
        var labels = await known.LabelsAsync(cancel);
        var types = (await known.AllAsync(cancel)).ToDictionary(t => t.Key);
        return
        [
            (nameof(ActivityForm.Type), texts["activities.field.type"], f => f.Type is { } key && types.TryGetValue(key, out var type) ? words.Name(type) : f.Type),
            (nameof(ActivityForm.Direction), texts["activities.field.direction"], f => texts[f.Direction == "inbound" ? "activities.way.inbound" : "activities.way.outbound"]),
            (nameof(ActivityForm.Outcome), texts["activities.field.outcome"], f => texts["outcome." + (string.IsNullOrEmpty(f.Outcome) ? "none" : f.Outcome)]),
            (nameof(ActivityForm.Rating), texts["activities.field.rating"], f => texts["rating." + (string.IsNullOrEmpty(f.Rating) ? "none" : f.Rating)]),
            (nameof(ActivityForm.OccurredAt), texts["activities.field.at"], f => f.OccurredAt?.Replace('T', ' ')),
            (nameof(ActivityForm.Details), texts["activities.field.details"], f => f.Details),
            (nameof(ActivityForm.Campaign), texts["activities.field.campaign"], f => f.Campaign),
            (nameof(ActivityForm.Field1), labels.Field1 ?? texts["activities.field.field1"], f => f.Field1),
            (nameof(ActivityForm.Field2), labels.Field2 ?? texts["activities.field.field2"], f => f.Field2),
        ];
    }

    /// <summary>The fields in which the form differs from what it showed at first.</summary>
    public async Task<IEnumerable<(string Label, string? Value)>> TypedAsync(ActivityForm form, string? original, CancellationToken cancel)
    {
        var changed = Shown.Changed(original, form.Settled());
        return (await FieldsAsync(cancel)).Where(f => changed.Contains(f.Name)).Select(f => (f.Label, f.Tell(form)));
    }
}
