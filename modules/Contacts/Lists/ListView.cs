using Liaison.Contacts.Lifecycle;

namespace Liaison.Contacts.Lists;

/// <summary>A view above the list: all, one status, companies, the dead ones.</summary>
public sealed record ListView(string Key, IReadOnlyList<ContactStatus> Statuses, ContactKind? Kind)
{
    /// <summary>The views in the order of the tabs.</summary>
    public static readonly IReadOnlyList<ListView> All =
    [
        new("all", [], null), new("leads", [ContactStatus.Lead], null), new("prospects", [ContactStatus.Prospect], null), new("clients", [ContactStatus.Client], null),
        new("companies", [], ContactKind.Company), new("dead", [ContactStatus.DeadLead, ContactStatus.DeadProspect], null),
    ];

    /// <summary>Its filter.</summary>
    public ContactFilter Filter { get; } = new() { Statuses = Statuses, Kind = Kind };

    /// <summary>Its address.</summary>
    public string Url { get; } = new ContactFilter { Statuses = Statuses, Kind = Kind }.ToQuery() is { Length: > 0 } query ? "/contacts?" + query : "/contacts";

    /// <summary>The view a filter belongs to; "all" when its statuses are no view's.</summary>
    public static ListView Of(ContactFilter filter)
    {
        foreach (var view in All)
            if (view.Kind == (view.Statuses.Count > 0 ? null : filter.Kind) && view.Statuses.Count == filter.Statuses.Count && view.Statuses.All(filter.Statuses.Contains)) return view;
        return All[0];
    }
}
