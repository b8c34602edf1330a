using Liaison.Access;
using Liaison.Exchange;
using Liaison.Kernel.Data;
using Liaison.Kernel.Texts;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Import;

/// <summary>Types, temperatures and users by what a file may call them; read once per run.</summary>
internal sealed class ImportLists
{
    private readonly Dictionary<string, string> _types = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _temperatures = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _users = new(StringComparer.Ordinal);

    public Dictionary<string, long> TypeIds { get; } = new(StringComparer.Ordinal);
    public Dictionary<string, long> TemperatureIds { get; } = new(StringComparer.Ordinal);

    public static async Task<ImportLists> OfAsync(LiaisonDb db, ImportBatch batch, Localizer texts, CancellationToken cancel)
    {
        if (batch.Memory.GetValueOrDefault("lists") is not ImportLists lists) batch.Memory["lists"] = lists = await ReadAsync(db, texts, cancel);
        return lists;
    }

    public static async Task<ImportLists> ReadAsync(LiaisonDb db, Localizer texts, CancellationToken cancel)
    {
        var lists = new ImportLists();
        foreach (var type in await db.Set<ContactType>().AsNoTracking().ToListAsync(cancel)) Add(lists._types, lists.TypeIds, type.Key, type.Id, type.Name, "contactType.", texts);
        foreach (var warmth in await db.Set<Temperature>().AsNoTracking().ToListAsync(cancel)) Add(lists._temperatures, lists.TemperatureIds, warmth.Key, warmth.Id, warmth.Name, "temperature.", texts);
        foreach (var user in await db.Users().ToListAsync(cancel))
        {
            lists._users.TryAdd(SearchText.Fold(user.Name), user.Id);
            if (user.Email is not null) lists._users.TryAdd(SearchText.Fold(user.Email), user.Id);
            if (user.UserName is not null) lists._users.TryAdd(SearchText.Fold(user.UserName), user.Id);
        }
        return lists;
    }

    public string? Type(string name) => _types.GetValueOrDefault(SearchText.Fold(name));
    public string? Temperature(string name) => _temperatures.GetValueOrDefault(SearchText.Fold(name));
    public long? User(string name) => _users.TryGetValue(SearchText.Fold(name), out var id) ? id : null;

    private static void Add(Dictionary<string, string> names, Dictionary<string, long> ids, string key, long id, string? name, string prefix, Localizer texts)
    {
        ids[key] = id;
        names.TryAdd(SearchText.Fold(key), key);
        if (name is not null) names.TryAdd(SearchText.Fold(name), key);
        foreach (var language in Kernel.Access.Cultures.Codes)
            if (texts.Find(prefix + key, language) is { } text) names.TryAdd(SearchText.Fold(text), key);
    }
}
