using Liaison.Contacts.Api;
using Liaison.Contacts.Lifecycle;
using Liaison.Contacts.Lists;
using Liaison.Kernel.Data;
using Liaison.Kernel.Jobs;
using Liaison.Kernel.Texts;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.ShortLists;

/// <summary>Client, supplier, partner…: what a contact is to us, and whether it has a status.</summary>
public sealed class ContactTypeList(LiaisonDb db, ContactLists lists, Localizer texts) : ShortList(db, lists, texts)
{
    /// <inheritdoc/>
    public override string Path => "contact-types";
    /// <inheritdoc/>
    public override string Word => "contactType";
    /// <inheritdoc/>
    public override bool HasLifecycle => true;

    /// <inheritdoc/>
    protected override async Task<List<ListEntry>> LoadAsync(CancellationToken cancel) => [.. await Db.Set<ContactType>().ToListAsync(cancel)];

    /// <inheritdoc/>
    protected override ListEntry New() => new ContactType();

    /// <inheritdoc/>
    protected override void Put(ListEntry entry, ListEntryInput input) => ((ContactType)entry).HasLifecycle = input.Lifecycle ?? true;

    /// <inheritdoc/>
    public override ListEntryInput InputOf(ListEntry entry) => new() { Key = entry.Key, Name = entry.Name, Position = entry.Position, Lifecycle = ((ContactType)entry).HasLifecycle };

    /// <inheritdoc/>
    public override ContactFilter Of(ListEntry entry) => new() { Type = entry.Key };

    /// <inheritdoc/>
    protected override IQueryable<Contact> Users(long id) => Db.Set<Contact>().IgnoreQueryFilters().Where(c => c.TypeId == id);

    /// <inheritdoc/>
    protected override async Task<int> ReplaceAsync(ListEntry entry, ListEntry? by, CancellationToken cancel)
    {
        var moved = await Users(entry.Id).ExecuteUpdateAsync(s => s.SetProperty(c => c.TypeId, by == null ? null : by.Id).SetProperty(c => c.Version, c => c.Version + 1), cancel);
        if (moved > 0 && ((ContactType)entry).HasLifecycle != ((by as ContactType)?.HasLifecycle ?? true)) Db.Enqueue(LifecycleJob.Name, new LifecycleOrder());
        return moved;
    }

    /// <inheritdoc/>
    protected override void Follow(ListEntry entry, ListEntryInput before)
    {
        if (((ContactType)entry).HasLifecycle != before.Lifecycle) Db.Enqueue(LifecycleJob.Name, new LifecycleOrder());
    }
}
