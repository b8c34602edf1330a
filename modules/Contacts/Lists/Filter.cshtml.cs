using System.Globalization;
using Liaison.Access;
using Liaison.Contacts.Labels;
using Liaison.Contacts.Lifecycle;
using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Liaison.Kernel.Texts;
using Liaison.Kernel.Validation;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Lists;

/// <summary>GET /contacts/filter: the form that narrows the list, as a panel of the list or a page of its own.</summary>
[Permission("contacts.view")]
public sealed class FilterModel(LiaisonDb db, Users users, ContactLists lists, ListColumns columns, SeenTags seen, Localizer texts) : PageModel
{
    private const int Offered = 200;

    /// <summary>What is set now.</summary>
    public ContactFilter Filter { get; private set; } = new();
    /// <summary>Tags to choose from: those set, and the first of all.</summary>
    public IReadOnlyList<string> Tags { get; private set; } = [];
    /// <summary>Users to choose from.</summary>
    public IReadOnlyList<SelectListItem> Users { get; private set; } = [];
    /// <summary>Statuses to choose from; none only where a type has no lifecycle.</summary>
    public IReadOnlyList<ContactStatus> Statuses { get; private set; } = [];
    /// <summary>Types to choose from.</summary>
    public IReadOnlyList<SelectListItem> Types { get; private set; } = [];
    /// <summary>Temperatures to choose from.</summary>
    public IReadOnlyList<SelectListItem> Temperatures { get; private set; } = [];
    /// <summary>Whether reminders can be asked for.</summary>
    public bool HasReminders => columns.HasReminders || Filter.Reminder is not null;
    /// <summary>What the form leaves as it is.</summary>
    public IEnumerable<(string Name, string Value)> Kept => Request.Query.Where(p => p.Key is "q" or "sort" or "columns" or "company" or "import" or "ids")
        .SelectMany(p => p.Value.OfType<string>().Select(v => (p.Key, v)));

    /// <summary>The form.</summary>
    public async Task OnGetAsync(CancellationToken cancel)
    {
        Filter = ContactFilter.Parse(Request.Query, db.Viewer, new Problems());
        var all = await (await seen.OfAsync(cancel)).OrderBy(t => t.Key).Select(t => t.Name).Take(Offered).ToListAsync(cancel);
        Tags = [.. Filter.Tags.Concat(all).Distinct(StringComparer.OrdinalIgnoreCase)];
        var known = await lists.OfAsync(db, cancel);
        Statuses = known.Types.Any(t => !t.HasLifecycle) || Filter.Statuses.Contains(ContactStatus.None) ? [.. StatusRules.Stages, ContactStatus.None] : StatusRules.Stages;
        Types = Items(known.TypeChoices, Filter.Type);
        Temperatures = Items(known.TemperatureChoices, Filter.Temperature);
        Users = [new(texts["contacts.filter.me"], "me", Filter.Responsible == db.ViewerId),
            .. (await users.ActiveAsync(cancel)).Where(u => u.Id != db.ViewerId).Select(u => new SelectListItem(u.Name, u.Id.ToString(CultureInfo.InvariantCulture), Filter.Responsible == u.Id))];
    }

    private List<SelectListItem> Items(IReadOnlyList<Choice> list, string? chosen) =>
        [.. list.Select(c => new SelectListItem(c.Say(texts), c.Key, c.Key == chosen)), new(texts["contacts.filter.none"], "none", chosen == "none")];
}
