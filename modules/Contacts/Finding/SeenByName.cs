using Liaison.Contacts.Lists;
using Liaison.Kernel.Data;

namespace Liaison.Contacts.Finding;

/// <summary>
/// Contacts by name for somebody who sees little of a large base: indexes have those they see in this order, so the filter is asked of them, some at a time, and of nobody else's.
/// </summary>
internal sealed class SeenByName(LiaisonDb db)
{
    // The first page is mostly among a few; then more are looked at together. Beyond the last step, sets tell better which ones match.
    private const int Step = 200, Last = 3200;

    /// <summary>
    /// Those that match from the place on, and whether there are no others beyond what was looked at. With <paramref name="starts"/>, only names that begin with one of these.
    /// </summary>
    public async Task<(List<T> Rows, bool IsAll)> RowsAsync<T>(ContactFilter filter, IReadOnlyList<string> starts, bool descending, Cursor? cursor, int take, CancellationToken cancel) where T : class, IListed<T>
    {
        var rows = new List<T>();
        foreach (var start in descending ? starts.OrderDescending(StringComparer.Ordinal) : starts.Order(StringComparer.Ordinal))
        {
            var from = Later(cursor, start, descending);
            for (var step = Step; rows.Count < take; step *= 4)
            {
                var places = await new PageByName<T>(filter.Statuses, descending, from, step).SeenPlacesAsync(db, cancel);
                var ids = places.TakeWhile(p => p.SortName.StartsWith(start, StringComparison.Ordinal)).Select(p => p.Id).ToList();
                // Read with the viewer's filter once more; not by the range of names, in which others lie.
                var page = (ContactSort.Default with { Descending = descending }).ByName(filter.On(db.Contacts().Where(c => ids.Contains(c.Id)), db, isNamed: start.Length > 0), null);
                if (ids.Count > 0) rows.AddRange(await page.Take(take - rows.Count).Select(T.Of).AllAsync(db, cancel));
                if (ids.Count < step) break;
                if (step == Last) return (rows, rows.Count == take);
                from = new(places[^1].SortName, places[^1].Id, false);
            }
        }
        return (rows, true);
    }

    // Names are gone through from the cursor on, or from where those that begin so lie.
    private static Cursor? Later(Cursor? cursor, string start, bool descending)
    {
        if (start.Length == 0) return cursor;
        var edge = descending ? new Cursor(start + Cities.Last, long.MaxValue, false) : new(start, 0, false);
        if (cursor is not { } at) return edge;
        var order = NamePlace.Compare(new(at.Key, at.Id), new(edge.Key, edge.Id));
        return (descending ? order < 0 : order > 0) ? at : edge;
    }
}
