using System.Globalization;
using Liaison.Kernel.Data;
using Liaison.Kernel.Journal;
using Liaison.Kernel.Validation;

namespace Liaison.Activities;

/// <summary>The settings beside the types: names of the sorting fields, and when a silent lead is suggested as dead.</summary>
public sealed class ActivitySettings
{
    /// <summary>Name of the first sorting field; the delivered one when null.</summary>
    public string? Field1 { get; set; }
    /// <summary>Name of the second sorting field; the delivered one when null.</summary>
    public string? Field2 { get; set; }
    /// <summary>After how many attempts without an answer a lead is suggested as dead; 0 for never.</summary>
    public int SuggestDeadAfter { get; set; }

    /// <summary>The settings in force; to be changed, in a transaction: whoever else changes them waits for its end.</summary>
    public static async Task<ActivitySettings> LoadAsync(LiaisonDb db, CancellationToken cancel)
    {
        if (db.Database.CurrentTransaction is not null) await db.LockAsync("activity types", cancel: cancel);
        var labels = await FieldLabels.LoadAsync(db, cancel);
        return new() { Field1 = labels.Field1, Field2 = labels.Field2, SuggestDeadAfter = await DeadLeadsPanel.AfterAsync(db, cancel) };
    }

    /// <summary>What can be said against them.</summary>
    public Problems Validate()
    {
        var problems = new Problems();
        (Field1, Field2) = (Contacts.ContactInput.Clean(Field1), Contacts.ContactInput.Clean(Field2));
        if (Field1?.Length > 60) problems.Add(nameof(Field1), "activities.error.tooLong", 60);
        if (Field2?.Length > 60) problems.Add(nameof(Field2), "activities.error.tooLong", 60);
        if (SuggestDeadAfter is < 0 or > 100) problems.Add(nameof(SuggestDeadAfter), "types.silent.wrong");
        return problems;
    }

    /// <summary>Stores them.</summary>
    public async Task SaveAsync(LiaisonDb db, ActivityTypes types, CancellationToken cancel)
    {
        await db.SetAsync(FieldLabels.Key1, Field1 ?? "", cancel);
        await db.SetAsync(FieldLabels.Key2, Field2 ?? "", cancel);
        await db.SetAsync(DeadLeadsPanel.Setting, SuggestDeadAfter.ToString(CultureInfo.InvariantCulture), cancel);
        db.Record("setting.changed", "setting", 0, new { key = "activities", Field1, Field2, SuggestDeadAfter });
        await db.SaveChangesAsync(cancel);
        types.Forget();
    }

    /// <summary>What can change in them, as one text.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Field1}\u001f{Field2}\u001f{SuggestDeadAfter}");
}
