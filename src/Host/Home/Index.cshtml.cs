using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Liaison.Kernel.Ui;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liaison.Host.Home;

/// <summary>GET /: what the modules have to show first.</summary>
[SignedIn]
public sealed class HomeModel(LiaisonDb db, IEnumerable<HomePanel> panels, Display show) : PageModel
{
    /// <summary>The panels with what they show, in order.</summary>
    public IReadOnlyList<(HomePanel Panel, object Model)> Panels { get; private set; } = [];

    /// <summary>Loads every panel that the viewer may see.</summary>
    public async Task OnGetAsync(CancellationToken cancel)
    {
        var loaded = new List<(HomePanel, object)>();
        foreach (var panel in panels.For(show.Viewer).OrderBy(p => p.Order))
            if (await panel.LoadAsync(db, cancel) is { } model) loaded.Add((panel, model));
        Panels = loaded;
    }

    /// <summary>Panels of one place.</summary>
    public IEnumerable<(HomePanel Panel, object Model)> In(HomePlace place) => Panels.Where(p => p.Panel.Place == place);
}
