using System.Text.Json;
using Liaison.Kernel.Journal;

namespace Liaison.Exchange.Imports;

/// <summary>Something to be told of the whole file.</summary>
/// <param name="Message">What.</param>
/// <param name="Rows">How many rows it concerns.</param>
public sealed record ImportNotice(RowMessage Message, long Rows)
{
    private const int Most = 30;

    /// <summary>The notices of an import.</summary>
    public static IReadOnlyList<ImportNotice> Of(Import import) => import.Notices is null ? [] : JsonSerializer.Deserialize<List<ImportNotice>>(import.Notices, Journaling.Json)!;

    /// <summary>Adds those of a batch.</summary>
    public static void Add(Import import, Dictionary<RowMessage, long> more)
    {
        if (more.Count == 0) return;
        var all = Of(import).ToDictionary(n => n.Message, n => n.Rows);
        foreach (var (message, rows) in more)
            if (all.ContainsKey(message) || all.Count < Most) all[message] = all.GetValueOrDefault(message) + rows;
        import.Notices = JsonSerializer.Serialize(all.Select(n => new ImportNotice(n.Key, n.Value)), Journaling.Json);
    }
}
