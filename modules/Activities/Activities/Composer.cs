using Liaison.Contacts;
using Liaison.Contacts.Record;
using Liaison.Kernel.Api;
using Liaison.Kernel.Data;
using Liaison.Kernel.Time;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Activities;

/// <summary>The names of the two sorting fields, as the administrator set them.</summary>
public sealed record FieldLabels(string? Field1, string? Field2)
{
    /// <summary>Keys of the settings.</summary>
    public const string Key1 = "activities.field1.label", Key2 = "activities.field2.label";

    /// <summary>Reads them.</summary>
    public static async Task<FieldLabels> LoadAsync(LiaisonDb db, CancellationToken cancel)
    {
        var set = await db.Set<Setting>().AsNoTracking().Where(s => s.Key == Key1 || s.Key == Key2).ToDictionaryAsync(s => s.Key, s => s.Value, cancel);
        return new(Filled(set.GetValueOrDefault(Key1)), Filled(set.GetValueOrDefault(Key2)));
    }

    private static string? Filled(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}

/// <summary>What the form of an action shows, in the composer and on its own page.</summary>
public sealed class ComposerModel
{
    /// <summary>How many types stand in the first row; the others unfold.</summary>
    public const int First = 5;

    public required long ContactId { get; init; }
    /// <summary>How the contact is called between two people: the first name, or the company's.</summary>
    public required string Who { get; init; }
    public required IReadOnlyList<ActivityType> Types { get; init; }
    public required FieldLabels Labels { get; init; }
    public required ActivityForm Activity { get; init; }
    /// <summary>Whether it stands on a page of its own.</summary>
    public bool IsPage { get; init; }
    /// <summary>The action being edited, or null.</summary>
    public long? EditedId { get; init; }

    /// <summary>A fresh form for a contact, or one that was sent and comes back.</summary>
    public static async Task<ComposerModel> LoadAsync(LiaisonDb db, ActivityTypes known, Contact contact, ActivityForm? sent, long? editedId, bool isPage, CancellationToken cancel)
    {
        var form = sent ?? new ActivityForm { Direction = "outbound", Outcome = "none" };
        var now = ActivityForm.Written(db.Viewer, db.Clock.Now());
        if (editedId is null && sent is null) (form.OccurredAt, form.Shown, form.Once) = (now, now, FormOnce.NewKey());
        var types = (await known.AllAsync(cancel)).Where(t => !t.Hidden || t.Key == form.Type).ToList();
        if (sent is null) form.Type = types.FirstOrDefault()?.Key;
        return new()
        {
            ContactId = contact.Id, Who = contact.Kind == ContactKind.Person && contact.FirstName.Length > 0 ? contact.FirstName : contact.Name, Types = types,
            Labels = await known.LabelsAsync(cancel), Activity = form, EditedId = editedId, IsPage = isPage,
        };
    }
}

/// <summary>The composer on top of a contact's timeline, for whoever may record actions with the contact.</summary>
internal sealed class ComposerPanel(ActivityTypes types) : RecordPanel
{
    public override PanelPlace Place => PanelPlace.Composer;
    public override string? Permission => "activities.edit";
    public override string View => "/Activities/_Composer.cshtml";

    public override async Task<object?> LoadAsync(LiaisonDb db, Contact contact, object? read, CancellationToken cancel) =>
        db.MayEdit(contact) ? await ComposerModel.LoadAsync(db, types, contact, null, null, isPage: false, cancel) : null;
}
