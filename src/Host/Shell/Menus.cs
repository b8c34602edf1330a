using Liaison.Kernel;
using Liaison.Kernel.Access;
using Liaison.Kernel.Ui;

namespace Liaison.Host.Shell;

/// <summary>What the modules put into navigation and menus, in order, for those who may see it.</summary>
public sealed class Menus(ModuleList modules)
{
    private readonly MenuItem[] _all = [.. modules.All.SelectMany(m => m.Menu).OrderBy(i => i.Order)];

    /// <summary>Entries of a place that the viewer may see.</summary>
    public IEnumerable<MenuItem> Of(MenuPlace place, Viewer viewer) => _all.Where(i => i.Place == place).For(viewer);

    /// <summary>The navigation: first-level entries, each followed by its second level.</summary>
    public IReadOnlyList<MenuItem> Navigation(Viewer viewer)
    {
        var visible = Of(MenuPlace.Navigation, viewer).ToList();
        return [.. visible.Where(i => i.Parent is null).SelectMany(i => visible.Where(c => c.Parent == i.Url).Prepend(i))];
    }

    /// <summary>The entry that the present page belongs to: the one with the longest address that fits.</summary>
    public static MenuItem? Current(IEnumerable<MenuItem> items, HttpRequest request) =>
        items.Where(i => Fits(i.Url, request)).MaxBy(i => i.Url.Length);

    private static bool Fits(string url, HttpRequest request)
    {
        var path = request.Path.Value ?? "/";
        var question = url.IndexOf('?', StringComparison.Ordinal);
        if (question < 0) return path == url || (url != "/" && path.StartsWith(url + "/", StringComparison.Ordinal));
        return path == url[..question] && url[(question + 1)..].Split('&').All(pair => request.QueryString.Value?.Contains(pair, StringComparison.Ordinal) == true);
    }
}
