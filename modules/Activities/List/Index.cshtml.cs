using System.Globalization;
using Liaison.Access;
using Liaison.Contacts.Lists;
using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Liaison.Kernel.Texts;
using Liaison.Kernel.Ui;
using Liaison.Kernel.Validation;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Liaison.Activities.Pages;

/// <summary>GET /activities: actions of all contacts, narrowed, sorted and paged by the query string.</summary>
[Permission("activities.view"), LeanAddress]
public sealed class ListPage(LiaisonDb db, ActivityList list, ActivityTypes types, ActivityTexts words, Users users, Localizer texts, Display show) : PageModel
{
    private const int Rows = 50;
    private static readonly string[] Sorts = ["-at", "at", "campaign", "-campaign"];
    private IReadOnlyDictionary<long, Colleague> _users = new Dictionary<long, Colleague>();

    public ActivityFilter Filter { get; private set; } = new();
    public Page<ActivityRow> List { get; private set; } = new([], null, null);
    public CappedCount Count { get; private set; }
    public bool ByCampaign { get; private set; }
    /// <summary>The filters in words: parameter, label, value.</summary>
    public IReadOnlyList<(string Name, string Label, string Value)> Chips { get; private set; } = [];
    public IReadOnlyList<string> Mistakes { get; private set; } = [];
    public IReadOnlyDictionary<long, ActivityType> Types { get; private set; } = new Dictionary<long, ActivityType>();
    public IReadOnlyList<SelectListItem> TypeItems { get; private set; } = [];
    public IReadOnlyList<SelectListItem> People { get; private set; } = [];

    /// <summary>What stays when something else is searched for.</summary>
    public IEnumerable<(string Name, string Value)> Kept => Request.Query.Where(p => p.Key is not ("q" or "cursor")).SelectMany(p => p.Value.Where(v => !string.IsNullOrEmpty(v)).Select(v => (p.Key, v!)));

    public string Author(long id) => _users.TryGetValue(id, out var user) ? user.Name : "";

    public async Task<IActionResult> OnGetAsync(string? sort, string? cursor, CancellationToken cancel)
    {
        var problems = new Problems();
        Filter = ActivityFilter.Parse(Request.Query, db.Viewer, problems);
        if (sort is not null && !Sorts.Contains(sort)) problems.Add("sort", "activities.error.filter", sort);
        sort = Sorts.Contains(sort) ? sort! : Sorts[0];
        ByCampaign = sort.EndsWith("campaign", StringComparison.Ordinal);
        Mistakes = [.. problems.All.Select(p => p.Message(texts))];
        Types = await types.ByIdAsync(cancel);
        _users = await users.AllAsync(cancel);
        var place = Cursor.Parse(cursor);
        List = await list.PageAsync(Filter, sort, place, Rows, cancel) ?? await list.PageAsync(Filter, sort, null, Rows, cancel) ?? List;
        if (List.Items.Count == 0 && place is not null) return Redirect(Request.With());
        Count = await list.CountAsync(Filter, ByCampaign, cancel);
        var all = await types.AllAsync(cancel);
        TypeItems = [.. all.Select(t => new SelectListItem(words.Name(t), t.Key, Filter.Types.Contains(t.Key)))];
        People = [new(texts["activities.filter.me"], "me"), .. (await users.ActiveAsync(cancel)).Where(u => u.Id != db.ViewerId).Select(u => new SelectListItem(u.Name, u.Id.ToString(CultureInfo.InvariantCulture)))];
        Chips = [.. Words(all, await types.LabelsAsync(cancel))];
        return Page();
    }

    private string Told(Bound bound) => bound.Moment is { } moment ? show.Moment(moment) : show.Day(bound.Day);

    private IEnumerable<(string, string, string)> Words(IReadOnlyList<ActivityType> all, FieldLabels labels)
    {
        if (Filter.Types.Count > 0) yield return ("type", texts["activities.field.type"], string.Join(", ", Filter.Types.Select(key => all.FirstOrDefault(t => t.Key == key) is { } type ? words.Name(type) : key)));
        if (Filter.Direction is { } way) yield return ("direction", texts["activities.field.direction"], texts["activities.way." + ContactFilter.Word(way)]);
        if (Filter.Outcomes.Count > 0) yield return ("outcome", texts["activities.field.outcome"], string.Join(", ", Filter.Outcomes.Select(words.Outcome)));
        if (Filter.Rating is { } rating) yield return ("rating", texts["activities.field.rating"], words.Rating(rating));
        if (Filter.Campaign is { } campaign) yield return ("campaign", texts["activities.field.campaign"], campaign);
        if (Filter.Field1 is { } field1) yield return ("field1", labels.Field1 ?? texts["activities.field.field1"], field1);
        if (Filter.Field2 is { } field2) yield return ("field2", labels.Field2 ?? texts["activities.field.field2"], field2);
        if (Filter.ContactId is { } contact) yield return ("contactId", texts["activities.column.contact"], List.Items.Count > 0 ? List.Items[0].Name : FormattableString.Invariant($"{contact}"));
        if (Filter.Author is { } author) yield return ("author", texts["activities.filter.author"], Author(author));
        if (Filter.Responsible is { } responsible) yield return ("responsible", texts["activities.filter.responsible"], Author(responsible));
        if (Filter.From is { } from) yield return ("from", texts["activities.filter.from"], Told(from));
        if (Filter.To is { } to) yield return ("to", texts["activities.filter.to"], Told(to));
    }
}
