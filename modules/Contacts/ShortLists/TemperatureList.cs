using Liaison.Contacts.Api;
using Liaison.Contacts.Lists;
using Liaison.Kernel.Data;
using Liaison.Kernel.Texts;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.ShortLists;

/// <summary>Cold, warm, hot: how warm the relation with a contact is.</summary>
public sealed class TemperatureList(LiaisonDb db, ContactLists lists, Localizer texts) : ShortList(db, lists, texts)
{
    /// <summary>The colour of an entry that was given none.</summary>
    public const string Green = "#77cf9a";

    /// <inheritdoc/>
    public override string Path => "temperatures";
    /// <inheritdoc/>
    public override string Word => "temperature";
    /// <inheritdoc/>
    public override bool HasColor => true;

    /// <inheritdoc/>
    protected override async Task<List<ListEntry>> LoadAsync(CancellationToken cancel) => [.. await Db.Set<Temperature>().ToListAsync(cancel)];

    /// <inheritdoc/>
    protected override ListEntry New() => new Temperature();

    /// <inheritdoc/>
    protected override void Put(ListEntry entry, ListEntryInput input) => ((Temperature)entry).Color = input.Color ?? Green;

    /// <inheritdoc/>
    public override ListEntryInput InputOf(ListEntry entry) => new() { Key = entry.Key, Name = entry.Name, Position = entry.Position, Color = ((Temperature)entry).Color };

    /// <inheritdoc/>
    public override ContactFilter Of(ListEntry entry) => new() { Temperature = entry.Key };

    /// <inheritdoc/>
    protected override IQueryable<Contact> Users(long id) => Db.Set<Contact>().IgnoreQueryFilters().Where(c => c.TemperatureId == id);

    /// <inheritdoc/>
    protected override Task<int> ReplaceAsync(ListEntry entry, ListEntry? by, CancellationToken cancel) =>
        Users(entry.Id).ExecuteUpdateAsync(s => s.SetProperty(c => c.TemperatureId, by == null ? null : by.Id).SetProperty(c => c.Version, c => c.Version + 1), cancel);
}
