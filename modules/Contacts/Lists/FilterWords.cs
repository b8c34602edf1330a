using System.Globalization;
using Liaison.Access;
using Liaison.Kernel.Data;
using Liaison.Kernel.Texts;
using Liaison.Kernel.Ui;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Lists;

/// <summary>A filter in force, in words, and what takes it away from the URL.</summary>
public sealed record FilterWord(string Name, string Label, string Value, string? Parameter = null);

/// <summary>Says a filter in words.</summary>
public sealed class FilterWords(LiaisonDb db, Localizer texts, Display show, Users users, ContactLists lists)
{
    /// <summary>The words, one per filter (per tag); <paramref name="view"/> tells its own part already.</summary>
    public async Task<IReadOnlyList<FilterWord>> OfAsync(ContactFilter filter, ListView view, CancellationToken cancel)
    {
        var words = new List<FilterWord>();
        void Add(string name, string? value, string? parameter = null)
        {
            if (value is not null) words.Add(new(name, texts["contacts.filter." + name], value, parameter));
        }
        Add("q", filter.Query);
        if (filter.Statuses.Count > 0 && view.Statuses.Count == 0) Add("status", string.Join(", ", filter.Statuses.Select(s => texts["status." + ContactFilter.Word(s)])));
        if (view.Kind is null && filter.Kind is { } kind) Add("kind", texts["contacts.kind." + ContactFilter.Word(kind)]);
        Add("type", Named((await lists.OfAsync(db, cancel)).TypeChoices, filter.Type));
        Add("temperature", Named((await lists.OfAsync(db, cancel)).TemperatureChoices, filter.Temperature));
        foreach (var tag in filter.Tags) Add("tag", tag, tag);
        if (filter.Responsible is { } user) Add("responsible", user == db.ViewerId ? texts["contacts.filter.me"] : await users.NameAsync(user, cancel) is { Length: > 0 } name ? name : Number(user));
        Add("city", filter.City);
        Add("createdAfter", filter.CreatedAfter is { } after ? show.Day(after) : null);
        Add("createdBefore", filter.CreatedBefore is { } before ? show.Day(before) : null);
        Add("inactive", filter.Inactive is { } days ? texts["contacts.filter.inactive.days", days] : null);
        Add("reminder", filter.Reminder is { } has ? texts[has ? "contacts.filter.reminder.yes" : "contacts.filter.reminder.no"] : null);
        if (filter.Company is { } company) Add("company", await db.Contacts().Where(c => c.Id == company).Select(c => c.CompanyName).FirstOrDefaultAsync(cancel) ?? Number(company));
        Add("import", filter.Import is { } import ? Number(import) : null);
        Add("ids", filter.Ids is { } ids ? texts["contacts.count", ids.Count] : null);
        return words;
    }

    private string? Named(IReadOnlyList<Choice> list, string? key) =>
        key is null ? null : key == "none" ? texts["contacts.filter.none"] : list.FirstOrDefault(c => c.Key == key)?.Say(texts) ?? key;

    private static string Number(long number) => number.ToString(CultureInfo.CurrentCulture);
}
