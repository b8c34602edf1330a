using System.Globalization;
using Liaison.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Activities;

/// <summary>An order of actions and the place in it from which they are read.</summary>
/// <param name="By">"occurredAt", "createdAt" or "campaign".</param>
/// <param name="Descending">Whether it is walked from the largest to the smallest.</param>
/// <param name="Cursor">The place; null for the beginning.</param>
public sealed record ActivityOrder(string By, bool Descending, Cursor? Cursor)
{
    /// <summary>Whether only actions with a campaign are listed.</summary>
    public bool IsByCampaign => By == "campaign";

    /// <summary>The place of an action in this order.</summary>
    public string KeyOf(DateTime occurredAt, string campaign) => IsByCampaign ? Kernel.Data.Cursor.KeyOf(occurredAt) + " " + campaign : Kernel.Data.Cursor.KeyOf(occurredAt);

    /// <summary>Those that come after the place, in order; null when the place is not one of this order.</summary>
    public IQueryable<Activity>? On(IQueryable<Activity> activities) => By switch { "createdAt" => ByCreation(activities), "campaign" => ByCampaign(activities), _ => ByDate(activities) };

    /// <summary>Those among the first so many of all, as far as these are to be told from the rest; null when there are not so many.</summary>
    internal async Task<IQueryable<Activity>?> AmongFirstAsync(LiaisonDb db, IQueryable<Activity> activities, IQueryable<Activity> all, int count, CancellationToken cancel)
    {
        if (On(all) is not { } ordered || await EndAsync(db, ordered, count, cancel) is not var (name, at, id)) return null;
        return (By, Descending) switch
        {
            ("createdAt", true) => activities.Where(a => a.Id >= id),
            ("createdAt", false) => activities.Where(a => a.Id <= id),
            ("campaign", true) => activities.Where(a => string.Compare(a.Campaign, name) >= 0 && (string.Compare(a.Campaign, name) > 0 || a.OccurredAt >= at)),
            ("campaign", false) => activities.Where(a => string.Compare(a.Campaign, name) <= 0 && (string.Compare(a.Campaign, name) < 0 || a.OccurredAt <= at)),
            (_, true) => activities.Where(a => a.OccurredAt >= at),
            _ => activities.Where(a => a.OccurredAt <= at),
        };
    }

    // Only what the index of the order holds: no action is read.
    private async Task<(string Campaign, DateTime At, long Id)?> EndAsync(LiaisonDb db, IQueryable<Activity> ordered, int count, CancellationToken cancel)
    {
        var ends = IsByCampaign ? ordered.Select(a => new { a.Campaign, a.OccurredAt, a.Id }) : ordered.Select(a => new { Campaign = "", a.OccurredAt, a.Id });
        return await ends.BehindAsync(db, count, cancel) is { } end ? (end.Campaign, end.OccurredAt, end.Id) : null;
    }

    // Ids ascend in the order of creation.
    private IOrderedQueryable<Activity> ByCreation(IQueryable<Activity> activities)
    {
        if (Cursor is { Id: var after }) activities = Descending ? activities.Where(a => a.Id < after) : activities.Where(a => a.Id > after);
        return Descending ? activities.OrderByDescending(a => a.Id) : activities.OrderBy(a => a.Id);
    }

    private IOrderedQueryable<Activity>? ByDate(IQueryable<Activity> activities)
    {
        if (Cursor is { } place)
        {
            if (place.Moment is not { } at) return null;
            activities = Descending ? activities.Where(a => a.OccurredAt <= at && (a.OccurredAt < at || a.Id < place.Id)) : activities.Where(a => a.OccurredAt >= at && (a.OccurredAt > at || a.Id > place.Id));
        }
        return Descending ? activities.OrderByDescending(a => a.OccurredAt).ThenByDescending(a => a.Id) : activities.OrderBy(a => a.OccurredAt).ThenBy(a => a.Id);
    }

    private IOrderedQueryable<Activity>? ByCampaign(IQueryable<Activity> activities)
    {
        activities = activities.Where(a => a.Campaign != "");
        if (Cursor is { } spot)
        {
            var space = spot.Key.IndexOf(' ', StringComparison.Ordinal);
            if (space < 0 || !long.TryParse(spot.Key.AsSpan(0, space), NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) || ticks > DateTime.MaxValue.Ticks) return null;
            var (name, at, id) = (spot.Key[(space + 1)..], new DateTime(ticks, DateTimeKind.Utc), spot.Id);
            activities = Descending
                ? activities.Where(a => string.Compare(a.Campaign, name) <= 0 && (string.Compare(a.Campaign, name) < 0 || a.OccurredAt < at || (a.OccurredAt == at && a.Id < id)))
                : activities.Where(a => string.Compare(a.Campaign, name) >= 0 && (string.Compare(a.Campaign, name) > 0 || a.OccurredAt > at || (a.OccurredAt == at && a.Id > id)));
        }
        return Descending ? activities.OrderByDescending(a => a.Campaign).ThenByDescending(a => a.OccurredAt).ThenByDescending(a => a.Id)
            : activities.OrderBy(a => a.Campaign).ThenBy(a => a.OccurredAt).ThenBy(a => a.Id);
    }
}
