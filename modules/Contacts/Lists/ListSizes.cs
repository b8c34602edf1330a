using System.Collections.Concurrent;
using Liaison.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Lists;

/// <summary>
/// Remembers counts for a few seconds; a capped one whatever is written meanwhile, it seldom changes.
/// </summary>
public sealed class ListSizes(WriteGate gate, TimeProvider clock)
{
    /// <summary>Whoever sees at most this many contacts gets their lists from the ids of all of them.</summary>
    public int MostSeen { get; init; } = 4000;
    /// <summary>A page of which no index gives the rows is looked for among so many contacts of its order.</summary>
    public int Walked { get; init; } = 20_000;
    /// <summary>Where that does not fill the page, sets of at most this size are fetched instead of walking on.</summary>
    public int MostFetched { get; init; } = 250_000;

    // Fewer places than these are found again at once: a contact that another instance has just created is among them.
    private const int FewPlaces = 100;
    private static readonly TimeSpan Capped = TimeSpan.FromSeconds(5);
    private readonly Remembered<(long Who, string Zone, string Filter), CappedCount> _counts = new(gate, clock);
    private readonly Remembered<string, List<NamePlace>?> _found = new(gate, clock, most: 50, places => places?.Count > FewPlaces);
    private readonly ConcurrentDictionary<long, (int Own, long At)> _own = new();
    private readonly ConcurrentDictionary<string, long> _many = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (ListPlace? Place, long At)> _places = new(StringComparer.Ordinal);
    private BaseSize? _base, _shared;

    /// <summary>The count of what <paramref name="filter"/> names, remembered or counted now.</summary>
    public Task<CappedCount> CountAsync(LiaisonDb db, string filter, Func<Task<CappedCount>> count) =>
        _counts.OfAsync(db, (db.SeesAll ? 0 : db.ViewerId, db.Viewer.Zone.Id, filter), count, c => c.IsCapped ? Capped : TimeSpan.Zero);

    /// <summary>
    /// How large a set may be to be fetched by its ids and sorted; a larger one is dense enough to walk the list's index until the page is full. Fetching costs by the
    /// set, walking by how thin the set lies in the base: they meet at about the root of seventeen times the base.
    /// </summary>
    internal async Task<int> FewAsync(LiaisonDb db, CancellationToken cancel)
    {
        return (int)Math.Clamp(Math.Sqrt(17.0 * await BaseAsync(db, cancel)), Math.Min(400, MostSeen), MostSeen);
    }

    /// <summary>The ids of a set; null when it is larger than <paramref name="few"/>, or was within the last minute.</summary>
    public async Task<List<long>?> FewOfAsync(LiaisonDb db, string set, IQueryable<long> ids, int few, CancellationToken cancel)
    {
        if (IsMany(set)) return null;
        var found = await ids.Take(few + 1).AllAsync(db, cancel);
        if (found.Count <= few) return found;
        RememberMany(set);
        return null;
    }

    /// <summary>
    /// The places of a set in the order of names, sorted; null when they are more than <paramref name="few"/>. For pages and counts: the next page of a search, its count and
    /// the same search by somebody else need not find them again, and may miss what was added a moment ago.
    /// </summary>
    internal async Task<IReadOnlyList<NamePlace>?> PlacesAsync(LiaisonDb db, string set, IQueryable<NamePlace> places, int few, CancellationToken cancel) =>
        IsMany(set) ? null : await _found.OfAsync(db, set, async () =>
        {
            var found = await places.Take(few + 1).AllAsync(db, cancel);
            if (found.Count > few)
            {
                RememberMany(set);
                return null;
            }
            found.Sort(NamePlace.Compare);
            return found;
        });

    /// <summary>How far the first page of an order is looked for; null when all of it is. A hint as well.</summary>
    internal async Task<ListPlace?> EndAsync(string order, Func<Task<ListPlace?>> find)
    {
        if (_places.TryGetValue(order, out var known) && !IsOld(known.At)) return known.Place;
        var place = await find();
        _places[order] = (place, clock.GetTimestamp());
        return place;
    }

    /// <summary>Whether a set was too large to be fetched by its ids within the last minute; only a hint for the plan.</summary>
    public bool IsMany(string set) => _many.TryGetValue(set, out var at) && clock.GetElapsedTime(at) < TimeSpan.FromMinutes(1);

    /// <summary>Remembers that a set is too large to be fetched by its ids.</summary>
    public void RememberMany(string set)
    {
        if (_many.Count > 5000) _many.Clear();
        _many[set] = clock.GetTimestamp();
    }

    /// <summary>Whether the viewer sees only a few thousand contacts; only a hint for the plan, so it may be a minute old.</summary>
    internal async Task<bool> SeesFewAsync(LiaisonDb db, CancellationToken cancel) => await SeenAsync(db, cancel) <= MostSeen;

    /// <summary>
    /// Whether what the viewer sees lies so thin in the base that a walk through it would pass by twenty contacts or more for each one shown: better to begin
    /// with what is their own or shared. Only a hint as well.
    /// </summary>
    internal async Task<bool> SeesThinAsync(LiaisonDb db, CancellationToken cancel) => !db.SeesAll && await SeenAsync(db, cancel) <= await BaseAsync(db, cancel) / 20;

    /// <summary>
    /// Whether indexes give what the viewer sees as two sets, their own and the shared ones, that are better begun with than the base: because it lies thin, or because
    /// hardly anything is shared. What is theirs may lie thick in the base and yet far from where a list begins. Only a hint as well.
    /// </summary>
    internal async Task<bool> SeesApartAsync(LiaisonDb db, CancellationToken cancel) =>
        await SeesThinAsync(db, cancel) || (!db.SeesAll && await SharedAsync(db, cancel) <= MostSeen && await SeenAsync(db, cancel) <= MostFetched);

    /// <summary>
    /// For whoever sees little of a large base: contacts asked for without the viewer's filter (<see cref="SeenContacts.Alive"/>), in parts that begin with what is
    /// theirs or shared, of these statuses when there are any.
    /// </summary>
    internal async Task<IReadOnlyList<IQueryable<Contact>>> SeenPartsAsync(LiaisonDb db, IQueryable<Contact> asked, IReadOnlyList<Lifecycle.ContactStatus> statuses, CancellationToken cancel)
    {
        var shared = await SeenContacts.Shared(db).Select(c => c.Id).Take(MostSeen + 1).ToListAsync(cancel);
        return SeenContacts.Parts(db, asked, statuses, shared.Count <= MostSeen ? shared : null);
    }

    // Own and shared ones, each counted no further than it matters.
    private async Task<long> SeenAsync(LiaisonDb db, CancellationToken cancel)
    {
        var (shared, most) = (await SharedAsync(db, cancel), await MostAsync(db, cancel));
        if (!_own.TryGetValue(db.ViewerId, out var own) || IsOld(own.At))
        {
            if (_own.Count > 5000) _own.Clear();
            _own[db.ViewerId] = own = (await SeenContacts.Own(db).Take(most).CountAsync(cancel), clock.GetTimestamp());
        }
        return own.Own + shared;
    }

    private async Task<long> SharedAsync(LiaisonDb db, CancellationToken cancel)
    {
        var most = await MostAsync(db, cancel);
        if (_shared is not { } shared || IsOld(shared.At)) _shared = shared = new(await SeenContacts.Shared(db).Take(most).CountAsync(cancel), clock.GetTimestamp());
        return shared.Size;
    }

    private async Task<int> MostAsync(LiaisonDb db, CancellationToken cancel) => (int)Math.Max(MostFetched, await BaseAsync(db, cancel) / 20) + 1;

    private async Task<long> BaseAsync(LiaisonDb db, CancellationToken cancel)
    {
        if (_base is not { } known || IsOld(known.At)) _base = known = new(await db.Set<Contact>().IgnoreQueryFilters().MaxAsync(c => (long?)c.Id, cancel) ?? 0, clock.GetTimestamp());
        return known.Size;
    }

    private bool IsOld(long at) => clock.GetElapsedTime(at) > TimeSpan.FromMinutes(1);

    private sealed record BaseSize(long Size, long At);
}
