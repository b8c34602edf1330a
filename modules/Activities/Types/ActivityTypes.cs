using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Liaison.Kernel.Time;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Activities;

/// <summary>The types and the names of the sorting fields, read at most every five seconds: pages show and filter by them without a query.</summary>
public sealed class ActivityTypes(Databases databases, TimeProvider clock)
{
    private Known? _known;

    /// <summary>All types in their order, hidden ones too.</summary>
    public async ValueTask<IReadOnlyList<ActivityType>> AllAsync(CancellationToken cancel) => (await ReadAsync(cancel)).All;

    /// <summary>All types by id.</summary>
    public async ValueTask<IReadOnlyDictionary<long, ActivityType>> ByIdAsync(CancellationToken cancel) => (await ReadAsync(cancel)).ById;

    /// <summary>All types by id, read anew when one of these is not known: another instance may just have added it.</summary>
    public async ValueTask<IReadOnlyDictionary<long, ActivityType>> WithAsync(IEnumerable<long> ids, CancellationToken cancel)
    {
        var known = await ReadAsync(cancel);
        if (ids.All(known.ById.ContainsKey)) return known.ById;
        Forget();
        return (await ReadAsync(cancel)).ById;
    }

    /// <summary>The type of this key, for sentences, which are made without waiting; null when there is none.</summary>
    public ActivityType? Find(string key)
    {
        // Almost always they are known already.
        var read = ReadAsync(CancellationToken.None);
        return (read.IsCompletedSuccessfully ? read.GetAwaiter().GetResult() : read.AsTask().GetAwaiter().GetResult()).ByKey.GetValueOrDefault(key);
    }

    /// <summary>The names of the two sorting fields.</summary>
    public async ValueTask<FieldLabels> LabelsAsync(CancellationToken cancel) => (await ReadAsync(cancel)).Labels;

    /// <summary>Reads anew at the next question, after a change.</summary>
    public void Forget() => _known = null;

    private async ValueTask<Known> ReadAsync(CancellationToken cancel)
    {
        var (known, now) = (_known, clock.Now());
        if (known is not null && now >= known.At && now - known.At < TimeSpan.FromSeconds(5)) return known;
        await using var db = databases.Open(Viewer.System);
        var all = await db.Set<ActivityType>().AsNoTracking().OrderBy(t => t.Position).ThenBy(t => t.Id).ToListAsync(cancel);
        return _known = new(all, all.ToDictionary(t => t.Id), all.ToDictionary(t => t.Key, StringComparer.Ordinal), await FieldLabels.LoadAsync(db, cancel), now);
    }

    private sealed record Known(IReadOnlyList<ActivityType> All, IReadOnlyDictionary<long, ActivityType> ById, IReadOnlyDictionary<string, ActivityType> ByKey, FieldLabels Labels, DateTime At);
}
