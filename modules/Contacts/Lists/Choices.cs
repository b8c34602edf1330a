using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Liaison.Kernel.Texts;
using Liaison.Kernel.Time;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Lists;

/// <summary>A contact type or a temperature.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Key">Its word in URLs.</param>
/// <param name="Name">Name given by the administrator, or null.</param>
/// <param name="Text">Key of its name's text when none was given.</param>
public sealed record Choice(long Id, string Key, string? Name, string Text)
{
    /// <summary>Its name in the current language.</summary>
    public string Say(Localizer texts) => Name ?? texts[Text];
}

/// <summary>Contact types and temperatures, read at most every five seconds: lists and filters show them without a query.</summary>
public sealed class Choices(Databases databases, TimeProvider clock)
{
    private Known? _known;

    /// <summary>Contact types in their order.</summary>
    public async ValueTask<IReadOnlyList<Choice>> TypesAsync(CancellationToken cancel) => (await ReadAsync(cancel)).Types;

    /// <summary>Temperatures in their order.</summary>
    public async ValueTask<IReadOnlyList<Choice>> TemperaturesAsync(CancellationToken cancel) => (await ReadAsync(cancel)).Temperatures;

    private async ValueTask<Known> ReadAsync(CancellationToken cancel)
    {
        var now = clock.Now();
        if (_known is { } known && now >= known.At && now - known.At < TimeSpan.FromSeconds(5)) return known;
        await using var db = databases.Open(Viewer.System);
        var types = await db.Set<ContactType>().AsNoTracking().OrderBy(t => t.Position).ToListAsync(cancel);
        var temperatures = await db.Set<Temperature>().AsNoTracking().OrderBy(t => t.Position).ToListAsync(cancel);
        return _known = new(
            types.ConvertAll(t => new Choice(t.Id, t.Key, t.Name, "contactType." + t.Key)),
            temperatures.ConvertAll(t => new Choice(t.Id, t.Key, t.Name, "temperature." + t.Key)), now);
    }

    private sealed record Known(IReadOnlyList<Choice> Types, IReadOnlyList<Choice> Temperatures, DateTime At);
}
