using Liaison.Host.Shell;
using Liaison.Kernel.Access;
using Liaison.Kernel.Texts;
using Liaison.Kernel.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liaison.Host.Settings;

/// <summary>GET /settings: what the modules let the viewer set.</summary>
[SignedIn]
public sealed class SettingsModel(Menus menus, Display show, Localizer texts) : PageModel
{
    /// <summary>The settings pages, in order, each with what it is for.</summary>
    public IReadOnlyList<(MenuItem Item, string? Line)> Items { get; } =
        [.. menus.Of(MenuPlace.Settings, show.Viewer).Select(i => (i, texts.Find(i.Text + ".line")))];

    /// <summary>The page; for those with nothing to set there is none.</summary>
    public IActionResult OnGet() => Items.Count == 0 ? NotFound() : Page();
}
