using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Liaison.Kernel.Time;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Activities;

/// <summary>The types, read at most every five seconds: lists show and filter by them without a query.</summary>
public sealed class ActivityTypes(Databases databases, TimeProvider clock)
{
    private (IReadOnlyList<ActivityType> All, IReadOnlyDictionary<long, ActivityType> ById, DateTime At)? _known;

    /// <summary>All types in their order, hidden ones too.</summary>
    public async ValueTask<IReadOnlyList<ActivityType>> AllAsync(CancellationToken cancel) => (await ReadAsync(cancel)).All;

    /// <summary>All types by id.</summary>
    public async ValueTask<IReadOnlyDictionary<long, ActivityType>> ByIdAsync(CancellationToken cancel) => (await ReadAsync(cancel)).ById;

    /// <summary>Reads anew at the next question, after a change.</summary>
    public void Forget() => _known = null;

    private async ValueTask<(IReadOnlyList<ActivityType> All, IReadOnlyDictionary<long, ActivityType> ById)> ReadAsync(CancellationToken cancel)
    {
        var now = clock.Now();
        if (_known is { } known && now >= known.At && now - known.At < TimeSpan.FromSeconds(5)) return (known.All, known.ById);
        await using var db = databases.Open(Viewer.System);
        var all = await db.Set<ActivityType>().AsNoTracking().OrderBy(t => t.Position).ThenBy(t => t.Id).ToListAsync(cancel);
        var byId = all.ToDictionary(t => t.Id);
        _known = (all, byId, now);
        return (all, byId);
    }
}
