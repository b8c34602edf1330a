using Liaison.Contacts.Lifecycle;
using Liaison.Contacts.Lists;
using Liaison.Kernel.Data;
using Liaison.Kernel.Time;
using Liaison.Kernel.Ui;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Overview;

/// <summary>A figure of the home page: a number and the list of exactly the rows it counts.</summary>
/// <param name="Text">Key of what is counted.</param>
/// <param name="Url">The list.</param>
/// <param name="Count">How many.</param>
/// <param name="New">How many of them are new this month.</param>
/// <param name="NewUrl">The list of those.</param>
public sealed record Figure(string Text, string Url, CappedCount Count, CappedCount New, string NewUrl);

/// <summary>Contacts created in the last twelve months by what became of them; of the latest ten thousand when there are more.</summary>
public sealed record Funnel(DateOnly Since, int Created, bool IsCapped, IReadOnlyList<(ContactStatus Status, int Count)> Became)
{
    /// <summary>Part of them who are clients now.</summary>
    public double Conversion => Created == 0 ? 0 : (double)(Became.FirstOrDefault(b => b.Status == ContactStatus.Client).Count) / Created;
}

/// <summary>What the figures show.</summary>
public sealed record Figures(IReadOnlyList<Figure> All, Funnel Funnel, bool IsEmpty);

/// <summary>Leads, prospects, clients and dead ones, and how many leads become clients.</summary>
internal sealed class ContactFigures(ContactList list, FunnelCache funnels) : HomePanel
{
    public override HomePlace Place => HomePlace.Top;
    public override int Order => 10;
    public override string Permission => "contacts.view";
    public override string View => "/Overview/_Figures.cshtml";

    public override async Task<object?> LoadAsync(LiaisonDb db, CancellationToken cancel)
    {
        var month = db.Viewer.Today(db.Clock);
        month = month.AddDays(1 - month.Day);
        var figures = new List<Figure>();
        foreach (var view in ListView.All.Where(v => v.Statuses.Count > 0))
        {
            var recent = view.Filter with { CreatedAfter = month };
            figures.Add(new("contacts.view." + view.Key, view.Url, await list.CountAsync(view.Filter, cancel), await list.CountAsync(recent, cancel), "/contacts?" + recent.ToQuery()));
        }
        return new Figures(figures, await funnels.OfAsync(db, cancel), figures.TrueForAll(f => f.Count.Value == 0));
    }
}

/// <summary>The same months as bars.</summary>
internal sealed class ContactFunnel(FunnelCache funnels) : HomePanel
{
    public override HomePlace Place => HomePlace.Side;
    public override int Order => 10;
    public override string Permission => "contacts.view";
    public override string View => "/Overview/_Funnel.cshtml";

    public override async Task<object?> LoadAsync(LiaisonDb db, CancellationToken cancel) => await funnels.OfAsync(db, cancel) is { Created: > 0 } funnel ? funnel : null;
}
