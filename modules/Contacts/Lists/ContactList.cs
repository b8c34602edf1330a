using System.Globalization;
using Liaison.Contacts.Finding;
using Liaison.Contacts.Labels;
using Liaison.Contacts.Lifecycle;
using Liaison.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Lists;

/// <summary>Pages and counts of contacts that stay fast on a million rows, whatever the filter and whoever looks.</summary>
public sealed class ContactList(LiaisonDb db, ListSizes sizes, TagNames tags)
{
    // Somebody who is responsible for more has actions enough on any day.
    private const int MostHeld = 50_000;
    private readonly ContactSets _sets = new(db);

    /// <summary>One page; null when the cursor is not one of this order.</summary>
    public async Task<Page<ContactRow>?> PageAsync(ContactFilter filter, ContactSort sort, Cursor? cursor, int limit, CancellationToken cancel)
    {
        if (await RowsAsync<ContactRow>(filter, sort, cursor, limit + 1, cancel) is not { } rows) return null;
        var more = rows.Count > limit;
        if (more) rows.RemoveAt(limit);
        var backwards = cursor is { Before: true };
        if (backwards) rows.Reverse();
        await PartsAsync(rows, cancel);
        var hasNext = backwards ? rows.Count > 0 && cursor != sort.End() : more;
        var hasPrevious = backwards ? more : cursor is not null && rows.Count > 0;
        return new(rows,
            hasNext ? new Cursor(sort.KeyOf(rows[^1]), rows[^1].Id, false).ToString() : null,
            hasPrevious ? new Cursor(sort.KeyOf(rows[0]), rows[0].Id, true).ToString() : null);
    }

    /// <summary>Rows, or contacts, from the cursor on, in the direction it goes, without their tags and responsible users; null when the cursor is not one of this order.</summary>
    internal async Task<List<T>?> RowsAsync<T>(ContactFilter filter, ContactSort sort, Cursor? cursor, int take, CancellationToken cancel) where T : class, IListed<T>
    {
        var descending = sort.Descending ^ (cursor?.Before ?? false);
        var rows = new List<T>();
        if (sort.Key == "status")
        {
            if (sort.Statuses(cursor) is not { } statuses) return null;
            foreach (var (status, place) in statuses.Where(s => filter.Statuses.Count == 0 || filter.Statuses.Contains(s.Status)))
            {
                if (rows.Count == take) break;
                // The place says itself that it is gone to backwards.
                var byName = ContactSort.Default with { Descending = place is null ? descending : sort.Descending };
                rows.AddRange((await RowsAsync<T>(filter with { Statuses = [status] }, byName, place, take - rows.Count, cancel))!);
            }
            return rows;
        }
        if (sort.Key == "name" && await FirstAsync(filter, new PageByName<T>(filter.Statuses, descending, cursor, take), cancel) is { } first) return first;
        if (sort.Key == "name" && await PlacesAsync(filter, cancel) is { } places) return await FirstOfAsync<T>(places, filter, sort, cursor, take, cancel);
        var few = await FewAsync(filter, cancel, toShow: true);
        if (few is not null || (filter.IsEmpty && db.SeesAll)) return await ReadAsync<T>(filter, few, sort, cursor, null, take, cancel);
        // What matches may lie thin in this order, or all at its other end: the walk through it ends somewhere, and what sets hold is fetched then.
        var walk = string.Create(CultureInfo.InvariantCulture, $"walk {sort} {(db.SeesAll ? 0 : db.ViewerId)} {filter.ToQuery()}");
        if (!sizes.IsMany(walk))
        {
            var (walked, isAll) = await WalkAsync<T>(filter, sort, cursor, take, cancel);
            if (isAll || walked is null || walked.Count == take) return walked;
            sizes.RememberMany(walk);
        }
        return await ReadAsync<T>(filter, await FetchedAsync(filter, cancel), sort, cursor, null, take, cancel);
    }

    // What is found without going too far, and whether that is all.
    private async Task<(List<T>? Rows, bool IsAll)> WalkAsync<T>(ContactFilter filter, ContactSort sort, Cursor? cursor, int take, CancellationToken cancel) where T : class, IListed<T>
    {
        if (sort.Key == "name" && await sizes.SeesApartAsync(db, cancel)) return await new SeenByName(db).RowsAsync<T>(filter, filter.NameStarts, sort.Falls(cursor), cursor, take, cancel);
        var end = await EndAsync(filter, sort, cursor, cancel);
        return (await ReadAsync<T>(filter, null, sort, cursor, end, take, cancel), end is null);
    }

    private async Task<List<T>?> ReadAsync<T>(ContactFilter filter, List<long>? ids, ContactSort sort, Cursor? cursor, ListPlace? end, int take, CancellationToken cancel) where T : class, IListed<T>
    {
        var matching = filter.On(Among(ids), db);
        if (sort.InCommon is { } common) return await InCommonAsync<T>(common, matching, ids is null && !filter.IsEmpty, sort, cursor, end, take, cancel);
        return sort.After(sort.Until(matching, cursor, end), cursor) is { } page ? await page.Take(take).Select(T.Of).AllAsync(db, cancel) : null;
    }

    // City by city, or company by company: first the rest of the one the cursor is in, then those beyond it, last the contacts without.
    private async Task<List<T>?> InCommonAsync<T>(InCommon common, IQueryable<Contact> matching, bool inSteps, ContactSort sort, Cursor? cursor, ListPlace? end, int take, CancellationToken cancel) where T : class, IListed<T>
    {
        var (rows, falls, backwards) = (new List<T>(), sort.Falls(cursor), cursor is { Before: true });
        async Task ReadAsync(IQueryable<Contact> part)
        {
            if (rows.Count < take) rows.AddRange(await part.Take(take - rows.Count).Select(T.Of).AllAsync(db, cancel));
        }
        if (cursor is { } at)
        {
            if (ContactSort.Split(at) is not var (one, place)) return null;
            await ReadAsync(sort.ByName(common.At(matching, one), place));
        }
        // Of a range without an end the database may rather fetch and sort all that match.
        var (after, bounded) = (sort.Beyond(cursor), sort.Until(matching, cursor, end));
        for (var step = 20; after is not null && rows.Count < take; step *= 10)
        {
            var until = inSteps && step <= 2000 ? await common.AheadAsync(db, after, step, falls, cancel) : null;
            await ReadAsync(common.Between(bounded, after, until, falls));
            after = until;
        }
        if (!backwards && end is null && cursor?.Key.StartsWith(ContactSort.Then) != true) await ReadAsync(sort.ByName(common.At(matching, ""), null));
        return rows;
    }

    // An index has each status in the order of names and of moments. PostgreSQL passes by so many entries more slowly than it reads most pages, so later pages are walked to the end there.
    private Task<ListPlace?> EndAsync(ContactFilter filter, ContactSort sort, Cursor? cursor, CancellationToken cancel)
    {
        var contacts = db.Set<Contact>().IgnoreQueryFilters().Where(c => c.DeletedAt == null);
        if (filter.Statuses.Count == 1 && sort.InCommon is null) { var status = filter.Statuses[0]; contacts = contacts.Where(c => c.Status == status); }
        // What begins with a few letters is a range of the order by name.
        var starts = sort.Key == "name" ? string.Join(' ', filter.NameStarts) : "";
        if (starts.Length > 0) contacts = contacts.NamedFrom(SearchText.Words(filter.Query));
        Task<ListPlace?> Find() => sort.PlaceAsync(db, contacts, cursor, sizes.Walked, cancel);
        if (cursor is not null && db.Engine == Engine.PostgreSql) return Task.FromResult<ListPlace?>(null);
        return cursor is null ? sizes.EndAsync($"{sort} {(filter.Statuses.Count == 1 ? filter.Statuses[0] : null)} {starts}", Find) : Find();
    }

    private async Task<List<T>?> FirstAsync<T>(ContactFilter filter, PageByName<T> byName, CancellationToken cancel) where T : class, IListed<T>
    {
        if (filter.IsOneMark && await MeetsSoonAsync(filter, cancel)) return filter.Responsible is { } user ? await byName.HeldByAsync(db, user, cancel) : await byName.TaggedAsync(db, filter.Tags[0], cancel);
        if (!filter.IsOnlyStatuses && !filter.IsOnlyCity) return null;
        if (db.SeesAll || !await SeesApartAsync(cancel))
        {
            if (filter.IsOnlyCity) return await Cities.StartingAsync(db, filter.City!, cancel) is { } cities ? await byName.InCitiesAsync(db, cities, cancel) : null;
            return await byName.AllAsync(db, cancel);
        }
        return filter.IsOnlyStatuses && await sizes.SeesApartAsync(db, cancel) ? await byName.SeenAsync(db, cancel) : null;
    }

    // Whether those with a tag or of a user are seen so often that a walk through them finds a page.
    private async Task<bool> MeetsSoonAsync(ContactFilter filter, CancellationToken cancel) => db.SeesAll || filter.Responsible == db.ViewerId || !await SeesApartAsync(cancel);

    /// <summary>How many match, counted up to <see cref="CappedCount.Limit"/>.</summary>
    public Task<CappedCount> CountAsync(ContactFilter filter, CancellationToken cancel) => sizes.CountAsync(db, filter.ToQuery(), async () =>
    {
        var found = await PlacesAsync(filter, cancel);
        return CappedCount.Of(found is not null && db.SeesAll && ContactSets.TellsAll(filter) ? found.Count : await CountAsync(filter, found, CappedCount.Limit + 1, cancel));
    });

    /// <summary>Exactly how many match now.</summary>
    public Task<int> CountAllAsync(ContactFilter filter, CancellationToken cancel) => CountAsync(filter, null, int.MaxValue, cancel);

    private async Task<int> CountAsync(ContactFilter filter, IReadOnlyList<NamePlace>? found, int most, CancellationToken cancel)
    {
        IQueryable<long> matching;
        // Whether the viewer sees the company is left to their filter.
        if (filter.Company is not null) matching = filter.On(db.Contacts(), db).Select(c => c.Id);
        // The index tells all that is asked for: no contact has to be looked at.
        else if (db.SeesAll && (filter.IsOneMark || filter.IsOnlyCity)) matching = _sets.Of(filter).First().Ids;
        else if ((found is null ? await FewAsync(filter, cancel) : IdsOf(found)) is { } ids) matching = filter.On(db.Contacts().Where(c => ids.Contains(c.Id)), db).Select(c => c.Id);
        else if (await sizes.SeesApartAsync(db, cancel)) return await CountSeenAsync(filter, most, cancel);
        // Begun with the set that an index gives: looking from each contact whether it is in the set would take a look at all of them.
        else if (_sets.Of(filter).Select(c => c.Ids).FirstOrDefault() is { } set) matching = set.Join(filter.On(db.ContactsBesideUnfiltered(), db), id => id, c => c.Id, (id, _) => id);
        else matching = filter.On(db.Contacts(), db).Select(c => c.Id);
        return await matching.Take(most).CountAsync(cancel);
    }

    private async Task<int> CountSeenAsync(ContactFilter filter, int most, CancellationToken cancel)
    {
        var ids = (await sizes.SeenPartsAsync(db, filter.On(SeenContacts.Alive(db), db), filter.Statuses, cancel)).Select(part => part.Select(c => c.Id)).ToList();
        // The index has the statuses of what is theirs.
        if (filter.IsOnlyStatuses) ids[0] = ContactSets.Within(SeenContacts.Own(db), filter.Statuses);
        var count = 0;
        foreach (var part in ids)
            if (count < most) count += await part.Take(most - count).CountAsync(cancel);
        return count;
    }

    /// <summary>What the viewer sees of a large base, in parts that begin with what is theirs or shared; null where the base had better be walked.</summary>
    public async Task<IReadOnlyList<IQueryable<Contact>>?> SeenApartAsync(CancellationToken cancel) =>
        await sizes.SeesApartAsync(db, cancel) ? await sizes.SeenPartsAsync(db, SeenContacts.Alive(db), [], cancel) : null;

    /// <summary>The ids that match, in order of id, from <paramref name="afterId"/> on: for group operations and exports.</summary>
    public async Task<List<long>> IdsAsync(ContactFilter filter, long afterId, int limit, CancellationToken cancel) =>
        await filter.On(await NarrowAsync(filter, cancel), db).Where(c => c.Id > afterId).OrderBy(c => c.Id).Select(c => c.Id).Take(limit).ToListAsync(cancel);

    /// <summary>The contacts the viewer sees, narrowed to the ids of the smallest set that an index gives, when there is a small one.</summary>
    public async Task<IQueryable<Contact>> NarrowAsync(ContactFilter filter, CancellationToken cancel) => Among(await FewAsync(filter, cancel));

    private IQueryable<Contact> Among(List<long>? ids) => ids is null ? db.Contacts() : db.Contacts().Where(c => ids.Contains(c.Id));

    // The ids of a set that holds all that match and is small enough to be fetched; null when there is none.
    private async Task<List<long>?> FewAsync(ContactFilter filter, CancellationToken cancel, bool toShow = false)
    {
        if (filter.Ids is not null || filter.Company is not null) return null;
        if (toShow && await PlacesAsync(filter, cancel) is { } places) return IdsOf(places);
        var few = await sizes.FewAsync(db, cancel);
        foreach (var (name, candidates) in toShow ? _sets.Of(filter).Concat(_sets.OfColumns(filter)) : _sets.Of(filter))
            if (await sizes.FewOfAsync(db, name, candidates, few, cancel) is { } ids) return ids;
        return await FewSeenAsync(cancel);
    }

    private static List<long> IdsOf(IReadOnlyList<NamePlace> places) => [.. places.Select(p => p.Id)];

    // The ids that are in all sets that can be fetched; null when none can.
    private async Task<List<long>?> FetchedAsync(ContactFilter filter, CancellationToken cancel)
    {
        if (filter.Ids is not null || filter.Company is not null) return null;
        var sets = _sets.Of(filter).Concat(_sets.OfColumns(filter));
        if (!db.SeesAll) sets = sets.Append((ContactSets.Name("seen", db.ViewerId), SeenContacts.Ids(db)));
        List<long>? all = null;
        foreach (var (name, candidates) in sets)
            if (await sizes.FewOfAsync(db, "fetched " + name, candidates, sizes.MostFetched, cancel) is { } ids) all = all is null ? ids : [.. all.Intersect(ids)];
        return all;
    }

    /// <summary>The ids of all contacts the viewer sees when these are few; null when they are many.</summary>
    public async Task<List<long>?> FewSeenAsync(CancellationToken cancel)
    {
        if (db.SeesAll || !await sizes.SeesFewAsync(db, cancel)) return null;
        var ids = await SeenContacts.Ids(db).Take(sizes.MostSeen + 1).ToListAsync(cancel);
        return ids.Count <= sizes.MostSeen ? ids : null;
    }

    /// <summary>
    /// The ids of the contacts to begin with where what belongs to contacts is looked for, in parts that have none in common: what the viewer sees when that is little, or what a user
    /// is responsible for, whoever sees it. Null when neither is little.
    /// </summary>
    public async Task<IReadOnlyList<IQueryable<long>>?> HeldAsync(long? responsible, CancellationToken cancel)
    {
        if (await SeesApartAsync(cancel)) return SeenContacts.IdParts(db);
        if (responsible is not { } user) return null;
        var held = db.Set<ContactResponsible>().Where(r => r.UserId == user && r.Status != null).Select(r => r.ContactId);
        return await held.Take(MostHeld + 1).CountAsync(cancel) <= MostHeld ? [held] : null;
    }

    /// <summary>Whether contacts, and what belongs to them, had better be looked for among those that the viewer sees.</summary>
    public async Task<bool> SeesApartAsync(CancellationToken cancel) => !db.SeesAll && (await sizes.SeesFewAsync(db, cancel) || await sizes.SeesApartAsync(db, cancel));

    // Where all that a search finds stand in the order of names; null when they are many. Only the contacts of the page are read whole.
    internal async Task<IReadOnlyList<NamePlace>?> PlacesAsync(ContactFilter filter, CancellationToken cancel)
    {
        var words = ContactSets.IndexedWords(filter);
        if (words.Count == 0 || filter.Ids is not null || filter.Company is not null) return null;
        return await sizes.PlacesAsync(db, ContactSets.NameOf(words), _sets.Places(words), await sizes.FewAsync(db, cancel), cancel);
    }

    // A page of those places: mostly the first ones fill it; where the rest of the filter leaves too few of them, all the others are looked at.
    internal async Task<List<T>> FirstOfAsync<T>(IEnumerable<NamePlace> all, ContactFilter filter, ContactSort sort, Cursor? cursor, int take, CancellationToken cancel) where T : class, IListed<T>
    {
        var sign = sort.Descending ^ (cursor?.Before ?? false) ? -1 : 1;
        var places = sign > 0 ? all : all.Reverse();
        if (cursor is { } at) places = places.SkipWhile(p => NamePlace.Compare(p, new(at.Key, at.Id)) * sign <= 0);
        var rows = new List<T>();
        foreach (var part in new[] { places.Take(take), places.Skip(take) })
        {
            var ids = part.Select(p => p.Id).ToList();
            if (ids.Count == 0 || rows.Count >= take) break;
            var found = sort.ByName(filter.On(db.Contacts().Where(c => ids.Contains(c.Id)), db), cursor);
            rows.AddRange(await found.Take(take - rows.Count).Select(T.Of).AllAsync(db, cancel));
        }
        return rows;
    }

    private async Task PartsAsync(List<ContactRow> rows, CancellationToken cancel)
    {
        if (rows.Count == 0) return;
        var open = await db.OpenCompaniesAsync(rows.Where(r => r.OpensCompany is null).Select(r => r.CompanyId).OfType<long>().Distinct().ToList(), cancel);
        foreach (var row in rows) if (row.CompanyId is { } company && !(row.OpensCompany ?? open.Contains(company))) row.CompanyId = null;
        var unnoted = rows.Where(r => r.PartsMark is null).Select(r => r.Id).ToList();
        var read = unnoted.Count == 0 ? null : await PartsMark.ReadAsync(db, unnoted, cancel);
        var (labels, wanted) = (new List<long>[rows.Count], new HashSet<long>());
        for (var i = 0; i < rows.Count; i++)
        {
            var (ofRow, users) = (labels[i] = [], new List<long>(1));
            void Put(long id)
            {
                if (id < 0) users.Add(-id);
                else { ofRow.Add(id); wanted.Add(id); }
            }
            if (rows[i].PartsMark is { } note) PartsMark.Read(note, Put);
            else foreach (var id in read![rows[i].Id]) Put(id);
            rows[i].Responsibles = users;
        }
        var names = await tags.OfAsync(db, wanted, cancel);
        for (var i = 0; i < rows.Count; i++) rows[i].Tags = [.. labels[i].Where(names.ContainsKey).Select(id => names[id]).Order(StringComparer.CurrentCultureIgnoreCase)];
    }
}
