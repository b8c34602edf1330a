using Liaison.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Labels;

/// <summary>Names of tags by id, remembered for five seconds: lists show a hundred and fifty of them a page, and these are few.</summary>
public sealed class TagNames(TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);
    private Known? _known;

    /// <summary>The names of at least these tags; a tag that is gone has none.</summary>
    public async ValueTask<IReadOnlyDictionary<long, string>> OfAsync(LiaisonDb db, IReadOnlyCollection<long> ids, CancellationToken cancel)
    {
        var known = _known;
        var isFresh = known is not null && clock.GetElapsedTime(known.At) < Fresh;
        if (isFresh && ids.All(known!.Names.ContainsKey)) return known.Names;
        var wanted = isFresh ? known!.Names.Keys.Union(ids).ToList() : [.. ids];
        var names = await db.Set<Tag>().Where(t => wanted.Contains(t.Id)).ToDictionaryAsync(t => t.Id, t => t.Name, cancel);
        _known = new(names, isFresh ? known!.At : clock.GetTimestamp());
        return names;
    }

    /// <summary>Reads anew at the next question, after a change.</summary>
    public void Forget() => _known = null;

    private sealed record Known(IReadOnlyDictionary<long, string> Names, long At);
}
