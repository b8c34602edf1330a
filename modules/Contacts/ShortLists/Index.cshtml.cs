using Liaison.Contacts.Lifecycle;
using Liaison.Contacts.Lists;
using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Liaison.Kernel.Texts;
using Liaison.Kernel.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Liaison.Contacts.ShortLists;

/// <summary>GET /settings/lists/{list}: the contact types or the temperatures; POST with the handler move.</summary>
[Permission("contacts.configure")]
public sealed class IndexModel(LiaisonDb db, IEnumerable<ShortList> lists, ContactList contacts, RelatedContacts related, Localizer texts) : ShortListPage(lists, texts)
{
    /// <summary>The entries in their order, with the contacts that the list of contacts shows for each.</summary>
    public IReadOnlyList<(ListEntry Entry, CappedCount Count)> Entries { get; private set; } = [];
    /// <summary>What becomes of the statuses after a type was switched; null for the temperatures.</summary>
    public ReplayView? Replay { get; private set; }
    /// <summary>The list's icon.</summary>
    public string Icon => List.HasColor ? "thermometer" : "shapes";

    /// <summary>The id of the entry at a place; 0 where there is none.</summary>
    public long IdAt(int place) => place >= 0 && place < Entries.Count ? Entries[place].Entry.Id : 0;

    /// <summary>The page.</summary>
    public async Task OnGetAsync(CancellationToken cancel)
    {
        var entries = new List<(ListEntry, CappedCount)>();
        foreach (var entry in await List.AllAsync(cancel)) entries.Add((entry, await contacts.CountAsync(List.Of(entry), cancel)));
        Entries = entries;
        if (List.HasLifecycle) Replay = await ReplayView.LoadAsync(db, related, LifecycleJob.Name, Home, cancel);
    }

    /// <summary>One place up or down, past the neighbour that was shown there.</summary>
    public async Task<IActionResult> OnPostMoveAsync(long id, long past, bool up, CancellationToken cancel)
    {
        if (!await List.MoveAsync(id, past, up, cancel)) TempData.Complain(Texts["lists.moved"]);
        return ToList();
    }
}
