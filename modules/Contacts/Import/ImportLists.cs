using System.Text.Json;
using Liaison.Access;
using Liaison.Exchange;
using Liaison.Kernel.Data;
using Liaison.Kernel.Journal;
using Liaison.Kernel.Texts;
using Liaison.Kernel.Time;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Import;

/// <summary>Types, temperatures and users by what a file may call them; read once per run.</summary>
internal sealed class ImportLists
{
    // More new words than this are no types.
    private const int MostNew = 30;

    private readonly Dictionary<string, long> _users = new(StringComparer.Ordinal);

    public ListWords Types { get; } = new();
    public ListWords Temperatures { get; } = new();
    /// <summary>Name of the company that all persons belong to; null when it is gone.</summary>
    public string? CompanyName { get; private set; }
    /// <summary>Reads when contacts were created elsewhere.</summary>
    public CreationDates Dates { get; private set; } = null!;

    public static async Task<ImportLists> OfAsync(LiaisonDb db, ImportBatch batch, Localizer texts, CancellationToken cancel)
    {
        var lists = await ReadAsync(db, texts, cancel);
        if (batch.Options.Company is { } company) lists.CompanyName = await db.Contacts().Where(c => c.Id == company && c.Kind == ContactKind.Company).Select(c => c.CompanyName).FirstOrDefaultAsync(cancel);
        var words = (FileWords)batch.Memory["words"];
        lists.Dates = new(db.Viewer, db.Clock.Now(), batch.Options.DateOrder ?? words.Dates.Order ?? (words.Dates.IsTorn ? null : batch.DateOrder));
        if (!db.Viewer.May("contacts.configure")) return lists;
        lists.Types.Grow(words.Types.Values, MostNew);
        lists.Temperatures.Grow(words.Temperatures.Values, MostNew);
        return lists;
    }

    public static async Task<ImportLists> ReadAsync(LiaisonDb db, Localizer texts, CancellationToken cancel)
    {
        var lists = new ImportLists();
        foreach (var type in await db.Set<ContactType>().AsNoTracking().ToListAsync(cancel)) lists.Types.Add(type.Key, type.Id, type.Name, "contactType.", texts);
        foreach (var warmth in await db.Set<Temperature>().AsNoTracking().ToListAsync(cancel)) lists.Temperatures.Add(warmth.Key, warmth.Id, warmth.Name, "temperature.", texts);
        foreach (var user in await db.Users().ToListAsync(cancel))
        {
            lists._users.TryAdd(SearchText.Fold(user.Name), user.Id);
            if (user.Email is not null) lists._users.TryAdd(SearchText.Fold(user.Email), user.Id);
            if (user.UserName is not null) lists._users.TryAdd(SearchText.Fold(user.UserName), user.Id);
        }
        return lists;
    }

    public long? User(string name) => _users.TryGetValue(SearchText.Fold(name), out var id) ? id : null;

    /// <summary>Whether these contacts need entries that are not there yet.</summary>
    public bool NeedsNew(IEnumerable<ContactInput> inputs) => inputs.Any(i => Needed(Types, [i.Type]).Count + Needed(Temperatures, [i.Temperature]).Count > 0);

    /// <summary>Adds the new entries that these contacts need; inside the transaction of the batch.</summary>
    public async Task AddNewAsync(LiaisonDb db, ImportBatch batch, IReadOnlyCollection<ContactInput> inputs, CancellationToken cancel)
    {
        var types = Needed(Types, inputs.Select(i => i.Type));
        var temperatures = Needed(Temperatures, inputs.Select(i => i.Temperature));
        if (types.Count + temperatures.Count == 0) return;
        await db.LockAsync("contact-types", cancel: cancel);
        await db.LockAsync("temperatures", cancel: cancel);
        var position = await db.Set<ContactType>().MaxAsync(t => (int?)t.Position, cancel) ?? -1;
        var newTypes = types.ConvertAll(key => new ContactType { Key = key, Name = Types.New[key], Position = ++position });
        position = await db.Set<Temperature>().MaxAsync(t => (int?)t.Position, cancel) ?? -1;
        var newTemperatures = temperatures.ConvertAll(key => new Temperature { Key = key, Name = Temperatures.New[key], Color = ShortLists.TemperatureList.Green, Position = ++position });
        db.AddRange(newTypes);
        db.AddRange(newTemperatures);
        await db.SaveChangesAsync(cancel);
        foreach (var type in newTypes) db.Record("contactType.created", "contactType", Types.Ids[type.Key] = type.Id, new { type.Key, type.Name }, "import", batch.ImportId);
        foreach (var warmth in newTemperatures) db.Record("temperature.created", "temperature", Temperatures.Ids[warmth.Key] = warmth.Id, new { warmth.Key, warmth.Name }, "import", batch.ImportId);
        ImportMade.Record(db, batch.ImportId, new() { Types = newTypes.ConvertAll(t => t.Id), Temperatures = newTemperatures.ConvertAll(t => t.Id) });
        await db.SaveChangesAsync(cancel);
    }

    private static List<string> Needed(ListWords list, IEnumerable<string?> keys) =>
        [.. keys.OfType<string>().Where(k => !list.Ids.ContainsKey(k) && list.New.ContainsKey(k)).Distinct(StringComparer.Ordinal)];
}

/// <summary>Ids of tags and list entries that an import made, kept in the journal so that its undo knows them from those that were there.</summary>
internal sealed record ImportMade
{
    private const string Kind = "import.made";

    public List<long> Tags { get; init; } = [];
    public List<long> Types { get; init; } = [];
    public List<long> Temperatures { get; init; } = [];

    public static void Record(LiaisonDb db, long importId, ImportMade made) => db.Record(Kind, "import", importId, made);

    /// <summary>Everything that an import made.</summary>
    public static async Task<ImportMade> OfAsync(LiaisonDb db, long importId, CancellationToken cancel)
    {
        var entries = await db.Set<JournalEntry>().AsNoTracking().Where(j => j.SubjectType == "import" && j.SubjectId == importId && j.Kind == Kind).Select(j => j.Details).ToListAsync(cancel);
        var all = entries.ConvertAll(d => JsonSerializer.Deserialize<ImportMade>(d!, Journaling.Json)!);
        return new() { Tags = [.. all.SelectMany(m => m.Tags)], Types = [.. all.SelectMany(m => m.Types)], Temperatures = [.. all.SelectMany(m => m.Temperatures)] };
    }
}
