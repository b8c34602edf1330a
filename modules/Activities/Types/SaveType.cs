using Liaison.Contacts;
using Liaison.Contacts.ShortLists;
using Liaison.Kernel.Data;
using Liaison.Kernel.Jobs;
using Liaison.Kernel.Journal;
using Liaison.Kernel.Texts;
using Liaison.Kernel.Validation;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Activities;

/// <summary>Creates, changes and deletes types of action: the settings page and the API come through here.</summary>
public sealed class SaveType(LiaisonDb db, ActivityTypes types, ChangeRules rules, Localizer texts)
{
    /// <summary>First thing in a transaction that changes the types: waits for whoever else changes them.</summary>
    public Task HoldAsync(CancellationToken cancel) => db.LockAsync("activity types", cancel: cancel);

    /// <summary>The type, to be changed in the running transaction; whoever else changes types waits for its end.</summary>
    public async Task<ActivityType?> FindAsync(long id, CancellationToken cancel)
    {
        await HoldAsync(cancel);
        return await db.Set<ActivityType>().FindAsync([id], cancel);
    }

    /// <summary>Validates the input and writes it with its journal entry. Nothing is written when there are problems.</summary>
    /// <returns>The type (null when there are problems) and the problems.</returns>
    public Task<(ActivityType? Type, Problems Problems)> RunAsync(ActivityType? existing, ActivityTypeInput input, CancellationToken cancel) => db.InTransactionAsync<(ActivityType?, Problems)>(async () =>
    {
        var problems = input.Validate(existing, texts);
        if (problems.Any) return (null, problems);
        await HoldAsync(cancel);
        var all = await db.Set<ActivityType>().ToListAsync(cancel);
        var type = existing ?? New(input, all);
        if (type is null) problems.Add(nameof(input.Key), "api.error.taken");
        else if (all.Exists(t => t != type && EntryNames.Meet(NamesOf(t.Key, t.Name), NamesOf(type.Key, input.Name)))) problems.Add(nameof(input.Name), "lists.error.taken");
        if (type is null || problems.Any) return (null, problems);
        if (existing is null) db.Add(type);
        if (type.Class != input.Class!.Value) await rules.RunAsync(now => RulesForm.Of(now).With(type.Id, input.Class.Value), cancel);
        type.Name = input.Name is null || input.Name == texts.Find("activityType." + type.Key) ? null : input.Name;
        (type.Icon, type.AdvancesGroup, type.Hidden, type.Position) = (input.Icon!, input.AdvancesGroup, input.Hidden, input.Position ?? type.Position);
        await DoneAsync(type, cancel);
        return (type, problems);
    }, cancel);

    /// <summary>How many actions have a type, those in the trash too.</summary>
    public Task<int> CountAsync(long id, CancellationToken cancel) => Having(id).CountAsync(cancel);

    /// <summary>Deletes a type; its actions, those in the trash too, get another one.</summary>
    /// <returns>How many actions had it; null, and nothing is deleted, when there are some and no other type is given.</returns>
    public Task<int?> DeleteAsync(ActivityType type, ActivityType? by, CancellationToken cancel) => db.InTransactionAsync<int?>(async () =>
    {
        await HoldAsync(cancel);
        if (by is null && await Having(type.Id).AnyAsync(cancel)) return null;
        // Where it was the type of the last action, lists are to read that action.
        if (by is not null)
            await db.Set<Contact>().IgnoreQueryFilters().Where(c => Having(type.Id).Select(a => a.ContactId).Contains(c.Id)).ExecuteUpdateAsync(s => s.SetProperty(c => c.LastActivityMark, (string?)null), cancel);
        var moved = by is null ? 0 : await Having(type.Id).ExecuteUpdateAsync(s => s.SetProperty(a => a.TypeId, by.Id).SetProperty(a => a.Version, a => a.Version + 1), cancel);
        if (moved > 0 && by!.Class != type.Class) db.Enqueue(ReplayJob.Name, new ReplayOrder([by.Id], []));
        db.Remove(type);
        db.Record("activities.typeDeleted", "organisation", 0, new { type.Key, type.Name, actions = moved, by = by?.Key });
        await db.SaveChangesAsync(cancel);
        types.Forget();
        return moved;
    }, cancel);

    private IQueryable<Activity> Having(long id) => db.Set<Activity>().IgnoreQueryFilters().Where(a => a.TypeId == id);

    private IEnumerable<string> NamesOf(string key, string? name) => EntryNames.Of(name, "activityType." + key, texts);

    // Null when the key that was asked for is taken.
    private static ActivityType? New(ActivityTypeInput input, List<ActivityType> all)
    {
        var taken = all.Select(t => t.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (input.Key is { } wished && taken.Contains(wished)) return null;
        return new() { Key = input.Key ?? EntryKeys.Make(input.Name, "type", taken), Class = input.Class!.Value, Position = all.Select(t => t.Position + 1).DefaultIfEmpty(0).Max() };
    }

    private async Task DoneAsync(ActivityType type, CancellationToken cancel)
    {
        db.Record("activities.typesChanged", "organisation", 0, new { type.Key, type.Name, type.Icon, type.AdvancesGroup });
        await db.SaveChangesAsync(cancel);
        types.Forget();
    }
}
