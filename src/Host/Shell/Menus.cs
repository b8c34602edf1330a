using Liaison.Kernel;
using Liaison.Kernel.Access;
using Liaison.Kernel.Ui;

namespace Liaison.Host.Shell;

/// <summary>What the modules put into navigation and menus, in order, for those who may see it.</summary>
public sealed class Menus(ModuleList modules)
{
    private readonly MenuItem[] _all = [.. modules.All.SelectMany(m => m.Menu).OrderBy(i => i.Order)];
    private readonly MenuItem[] _children = [.. modules.All.SelectMany(m => m.Menu).Where(i => i.Parent is not null && i.Place != MenuPlace.Navigation)];

    /// <summary>Entries of a place that the viewer may see.</summary>
    public IEnumerable<MenuItem> Of(MenuPlace place, Viewer viewer) => _all.Where(i => i.Place == place).For(viewer);

    /// <summary>The navigation: first-level entries, each followed by its second level.</summary>
    public IReadOnlyList<MenuItem> Navigation(Viewer viewer)
    {
        var visible = Of(MenuPlace.Navigation, viewer).ToList();
        return [.. visible.Where(i => i.Parent is null).SelectMany(i => visible.Where(c => c.Parent == i.Url).Prepend(i))];
    }

    /// <summary>The entry of the navigation that the present page belongs to: the one with the longest address that fits, or the parent of such an entry of another place.</summary>
    public MenuItem? Current(IReadOnlyList<MenuItem> navigation, HttpRequest request)
    {
        var fits = navigation.Concat(_children).Where(i => Fits(i.Url, request)).MaxBy(i => i.Url.Length);
        return fits is null || fits.Place == MenuPlace.Navigation ? fits : navigation.FirstOrDefault(i => i.Url == fits.Parent);
    }

    private static bool Fits(string url, HttpRequest request)
    {
        var path = request.Path.Value ?? "/";
        var question = url.IndexOf('?', StringComparison.Ordinal);
        if (question < 0) return path == url || (url != "/" && path.StartsWith(url + "/", StringComparison.Ordinal));
        return path == url[..question] && url[(question + 1)..].Split('&').All(pair => request.QueryString.Value?.Contains(pair, StringComparison.Ordinal) == true);
    }
}
