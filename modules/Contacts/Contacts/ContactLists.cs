using Liaison.Contacts.Lists;
using Liaison.Kernel.Data;
using Liaison.Kernel.Time;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts;

/// <summary>The contact types and temperatures, read at most every five seconds: they are few, change rarely and are needed everywhere.</summary>
public sealed class ContactLists(TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);
    private Known? _known;

    /// <summary>Both lists.</summary>
    public async ValueTask<Known> OfAsync(LiaisonDb db, CancellationToken cancel)
    {
        var (known, now) = (_known, clock.Now());
        if (known is not null && now >= known.At && now - known.At < Fresh) return known;
        return _known = new(
            await db.Set<ContactType>().AsNoTracking().OrderBy(t => t.Position).ThenBy(t => t.Id).ToListAsync(cancel),
            await db.Set<Temperature>().AsNoTracking().OrderBy(t => t.Position).ThenBy(t => t.Id).ToListAsync(cancel), now);
    }

    /// <summary>Both lists, read anew when one of these keys is not in them: another instance may just have added it.</summary>
    public async ValueTask<Known> WithAsync(LiaisonDb db, string? type, string? temperature, CancellationToken cancel)
    {
        var known = await OfAsync(db, cancel);
        if ((type is null || known.TypeId(type) is not null) && (temperature is null || known.TemperatureId(temperature) is not null)) return known;
        Forget();
        return await OfAsync(db, cancel);
    }

    /// <summary>Reads anew at the next question, after a change.</summary>
    public void Forget() => _known = null;

    /// <summary>Both lists as they were read.</summary>
    public sealed record Known(IReadOnlyList<ContactType> Types, IReadOnlyList<Temperature> Temperatures, DateTime At)
    {
        /// <summary>The types as filters offer them.</summary>
        public IReadOnlyList<Choice> TypeChoices { get; } = [.. Types.Select(t => new Choice(t.Id, t.Key, t.Name, "contactType." + t.Key))];
        /// <summary>The temperatures as filters offer them.</summary>
        public IReadOnlyList<Choice> TemperatureChoices { get; } = [.. Temperatures.Select(t => new Choice(t.Id, t.Key, t.Name, "temperature." + t.Key))];
        /// <summary>The type's id, or null when there is none of this key.</summary>
        public long? TypeId(string key) => Types.FirstOrDefault(t => t.Key == key)?.Id;
        /// <summary>The temperature's id, or null when there is none of this key.</summary>
        public long? TemperatureId(string key) => Temperatures.FirstOrDefault(t => t.Key == key)?.Id;
        /// <summary>Whether contacts of this type have a status; those without a type have one.</summary>
        public bool HasLifecycle(long? typeId) => typeId is null || Types.FirstOrDefault(t => t.Id == typeId)?.HasLifecycle != false;
        /// <summary>The type's key.</summary>
        public string? TypeKey(long? id) => id is null ? null : Types.FirstOrDefault(t => t.Id == id)?.Key;
        /// <summary>The temperature's key.</summary>
        public string? TemperatureKey(long? id) => id is null ? null : Temperatures.FirstOrDefault(t => t.Id == id)?.Key;
    }
}
