using Liaison.Contacts.Api;
using Liaison.Contacts.Lists;
using Liaison.Kernel.Data;
using Liaison.Kernel.Journal;
using Liaison.Kernel.Texts;
using Liaison.Kernel.Validation;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.ShortLists;

/// <summary>
/// A short list that contacts are sorted by: the types or the temperatures. The settings pages and the API read and change it here. Whoever changes it waits
/// for whoever is changing it: <see cref="HoldAsync"/>.
/// </summary>
public abstract class ShortList(LiaisonDb db, ContactLists lists, Localizer texts)
{
    /// <summary>Its word in addresses: "contact-types".</summary>
    public abstract string Path { get; }
    /// <summary>Its word in texts and in the journal: "contactType".</summary>
    public abstract string Word { get; }
    /// <summary>Whether its entries have a colour.</summary>
    public virtual bool HasColor => false;
    /// <summary>Whether its entries say if their contacts have a status.</summary>
    public virtual bool HasLifecycle => false;

    /// <summary>The database as the person sees it.</summary>
    protected LiaisonDb Db => db;

    /// <summary>The entries, tracked, in any order.</summary>
    protected abstract Task<List<ListEntry>> LoadAsync(CancellationToken cancel);
    /// <summary>An entry that is not stored yet.</summary>
    protected abstract ListEntry New();
    /// <summary>Copies what only entries of this list have.</summary>
    protected abstract void Put(ListEntry entry, ListEntryInput input);
    /// <summary>What can be set on an entry, as it is stored.</summary>
    public abstract ListEntryInput InputOf(ListEntry entry);
    /// <summary>The list of the contacts that have the entry.</summary>
    public abstract ContactFilter Of(ListEntry entry);
    /// <summary>The contacts that have the entry, those out of sight and in the trash too.</summary>
    protected abstract IQueryable<Contact> Users(long id);
    /// <summary>Gives all contacts of an entry another one or none; returns how many there were.</summary>
    protected abstract Task<int> ReplaceAsync(ListEntry entry, ListEntry? by, CancellationToken cancel);
    /// <summary>What follows from a change of an entry, before it is saved.</summary>
    protected virtual void Follow(ListEntry entry, ListEntryInput before) { }

    /// <summary>First thing in a transaction that changes the list.</summary>
    public Task HoldAsync(CancellationToken cancel) => db.LockAsync(Path, cancel: cancel);

    /// <summary>All entries in their order.</summary>
    public async Task<List<ListEntry>> AllAsync(CancellationToken cancel) => [.. (await LoadAsync(cancel)).OrderBy(t => t.Position).ThenBy(t => t.Id)];

    /// <summary>One entry.</summary>
    public async Task<ListEntry?> FindAsync(long id, CancellationToken cancel) => (await LoadAsync(cancel)).Find(t => t.Id == id);

    /// <summary>An entry's name in the current language.</summary>
    public string Name(ListEntry entry) => entry.Name ?? texts[$"{Word}.{entry.Key}"];

    /// <summary>All that can change in an entry, as one text.</summary>
    public string Stamp(ListEntry entry) => InputOf(entry).ToString();

    /// <summary>How many contacts have the entry, and how many of them are in the trash.</summary>
    public async Task<(int All, int Deleted)> CountAsync(long id, CancellationToken cancel) => (await Users(id).CountAsync(cancel), await Users(id).CountAsync(c => c.DeletedAt != null, cancel));

    /// <summary>Validates the input and writes it with its journal entry. Nothing is written when there are problems.</summary>
    /// <returns>The entry (null when there are problems) and the problems.</returns>
    public Task<(ListEntry? Entry, Problems Problems)> SaveAsync(ListEntry? existing, ListEntryInput input, CancellationToken cancel) => db.InTransactionAsync<(ListEntry?, Problems)>(async () =>
    {
        await HoldAsync(cancel);
        var problems = input.Validate(existing, this);
        var all = await AllAsync(cancel);
        if (existing is null) input.Key ??= EntryKeys.Make(input.Name, "entry", all.Select(t => t.Key).ToHashSet(StringComparer.OrdinalIgnoreCase));
        var isTaken = existing is null && all.Exists(t => string.Equals(t.Key, input.Key, StringComparison.OrdinalIgnoreCase));
        if (isTaken) problems.Add(nameof(input.Key), "api.error.taken");
        // The delivered entries have a name in each language to fall back to; others need their own.
        var delivered = texts.Find($"{Word}.{existing?.Key ?? input.Key}");
        if (input.Name is null && (existing is null || delivered is null)) problems.Add(nameof(input.Name), "lists.error.name");
        var names = EntryNames.Of(input.Name, $"{Word}.{existing?.Key ?? input.Key}", texts);
        if (!isTaken && all.Exists(t => t != existing && EntryNames.Meet(EntryNames.Of(t.Name, $"{Word}.{t.Key}", texts), names))) problems.Add(nameof(input.Name), "lists.error.taken");
        if (problems.Any) return (null, problems);
        var entry = existing ?? New();
        var before = InputOf(entry);
        (entry.Key, entry.Name) = (input.Key!, input.Name == delivered ? null : input.Name);
        entry.Position = input.Position ?? (existing is null ? all.Select(t => t.Position + 1).DefaultIfEmpty(0).Max() : entry.Position);
        Put(entry, input);
        if (existing is null) db.Add(entry);
        else if (InputOf(entry).ToString() == before.ToString()) return (entry, problems);
        await db.SaveChangesAsync(cancel);
        db.Record(existing is null ? $"{Word}.created" : $"{Word}.edited", Word, entry.Id, InputOf(entry));
        if (existing is not null) Follow(entry, before);
        await SavedAsync(cancel);
        return (entry, problems);
    }, cancel);

    /// <summary>Swaps an entry with its neighbour above or below, as they were shown.</summary>
    /// <returns>False when they are not neighbours any more: nothing is moved then. True also when they stand so already (the arrow was pressed twice).</returns>
    public Task<bool> MoveAsync(long id, long past, bool up, CancellationToken cancel) => db.InTransactionAsync(async () =>
    {
        await HoldAsync(cancel);
        var all = await AllAsync(cancel);
        if (ListOrder.Swap(all, t => t.Id, id, past, up) is not true and var isThere) return isThere is null;
        for (var i = 0; i < all.Count; i++) all[i].Position = i;
        db.Record($"{Word}.edited", Word, id, new { all.Find(t => t.Id == id)!.Key, all.Find(t => t.Id == id)!.Position });
        await SavedAsync(cancel);
        return true;
    }, cancel);

    /// <summary>Deletes an entry; its contacts get another one, or none.</summary>
    /// <returns>How many contacts had it.</returns>
    public Task<int> DeleteAsync(ListEntry entry, ListEntry? by, CancellationToken cancel) => db.InTransactionAsync(async () =>
    {
        await HoldAsync(cancel);
        var moved = await ReplaceAsync(entry, by, cancel);
        db.Remove(entry);
        db.Record($"{Word}.deleted", Word, entry.Id, new { entry.Key, entry.Name, contacts = moved, by = by?.Key });
        await SavedAsync(cancel);
        return moved;
    }, cancel);

    private async Task SavedAsync(CancellationToken cancel)
    {
        await db.SaveChangesAsync(cancel);
        lists.Forget();
    }
}

/// <summary>Moving an entry by one place.</summary>
public static class ListOrder
{
    /// <summary>Swaps an entry with the one before or after it, if that still is the one that was shown there.</summary>
    /// <returns>True when they were swapped, null when they stand so already, false when they are no neighbours.</returns>
    public static bool? Swap<T>(List<T> all, Func<T, long> idOf, long id, long past, bool up)
    {
        var (at, to) = (all.FindIndex(t => idOf(t) == id), all.FindIndex(t => idOf(t) == past));
        if (at < 0 || to < 0 || Math.Abs(at - to) != 1) return false;
        if (at < to == up) return null;
        (all[at], all[to]) = (all[to], all[at]);
        return true;
    }
}
