using Liaison.Kernel.Data;
using Liaison.Kernel.Journal;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Labels;

/// <summary>What became of a tag that was renamed.</summary>
public enum TagChange
{
    /// <summary>The name is empty or too long.</summary>
    Refused,
    /// <summary>There is no such tag any more.</summary>
    Missing,
    /// <summary>It has the new name.</summary>
    Renamed,
    /// <summary>There was a tag of that name: they are one now.</summary>
    Merged,
    /// <summary>It has not the name that was shown any more, nor the new one.</summary>
    Stale,
}

/// <summary>Makes a tag on purpose, renames it, merges it into another by taking its name, or deletes it from all contacts.</summary>
public sealed class ChangeTag(LiaisonDb db, TagNames names)
{
    /// <summary>Longest name.</summary>
    public const int Longest = 100;

    /// <summary>
    /// Makes a tag of this name for everybody to see. One that only contacts carry is taken over with the spelling of who makes it, as if it were new: anything else would
    /// tell of contacts that are hidden from them. Call inside a transaction.
    /// </summary>
    public async Task<Tag> MakeAsync(string name, CancellationToken cancel)
    {
        var key = SearchText.Fold(name);
        var tag = await db.Set<Tag>().FirstOrDefaultAsync(t => t.Key == key, cancel);
        if (tag is null) db.Add(tag = new Tag { Name = name, Key = key });
        else if (tag.Name != name) db.Record("tag.renamed", "tag", tag.Id, new { old = tag.Name, name });
        (tag.Name, tag.IsOnPurpose) = (name, true);
        await db.SaveChangesAsync(cancel);
        names.Forget();
        return tag;
    }

    /// <summary>Renames or merges, unless the tag has another name than the one <paramref name="shown"/>, if that is given.</summary>
    public Task<TagChange> RenameAsync(long id, string? name, CancellationToken cancel, string? shown = null) => db.InTransactionAsync(async () =>
    {
        name = ContactInput.Clean(name);
        var key = SearchText.Fold(name);
        if (name is null || key.Length == 0 || name.Length > Longest || name.Contains(',', StringComparison.Ordinal)) return TagChange.Refused;
        // Sent twice, the second finds the tag merged already.
        if (await db.Set<Tag>().FindAsync([id], cancel) is not { } tag) return await db.Set<Tag>().AnyAsync(t => t.Key == key, cancel) ? TagChange.Merged : TagChange.Missing;
        if (shown is not null && tag.Name != shown && tag.Name != name) return TagChange.Stale;
        var other = await db.Set<Tag>().FirstOrDefaultAsync(t => t.Key == key && t.Id != id, cancel);
        if (other is null)
        {
            db.Record("tag.renamed", "tag", id, new { old = tag.Name, name });
            (tag.Name, tag.Key) = (name, key);
            await db.SaveChangesAsync(cancel);
            names.Forget();
            return TagChange.Renamed;
        }
        return await MergeAsync(id, other.Id, cancel);
    }, cancel);

    /// <summary>Puts one tag on all contacts that carry the other, which goes.</summary>
    public Task<TagChange> MergeAsync(long id, long into, CancellationToken cancel) => db.InTransactionAsync(async () =>
    {
        if (await db.Set<Tag>().FindAsync([id], cancel) is not { } tag || await db.Set<Tag>().FindAsync([into], cancel) is not { } other || other == tag) return TagChange.Refused;
        await db.Database.ExecuteSqlAsync($"INSERT INTO contact_tag (contact_id, tag_id) SELECT s.contact_id, {other.Id} FROM contact_tag s WHERE s.tag_id = {id} AND NOT EXISTS (SELECT 1 FROM contact_tag d WHERE d.contact_id = s.contact_id AND d.tag_id = {other.Id})", cancel);
        db.Record("tag.merged", "tag", id, new { old = tag.Name, name = other.Name });
        db.Remove(tag);
        await db.SaveChangesAsync(cancel);
        return TagChange.Merged;
    }, cancel);

    /// <summary>Deletes the tag and takes it off all contacts; its name, or null when there is none.</summary>
    public Task<string?> DeleteAsync(long id, CancellationToken cancel) => db.InTransactionAsync(async () =>
    {
        if (await db.Set<Tag>().FindAsync([id], cancel) is not { } tag) return null;
        db.Record("tag.deleted", "tag", id, new { name = tag.Name });
        db.Remove(tag);
        await db.SaveChangesAsync(cancel);
        return tag.Name;
    }, cancel);
}
