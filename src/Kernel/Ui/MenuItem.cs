using Liaison.Kernel.Access;

namespace Liaison.Kernel.Ui;

/// <summary>Where a menu entry appears.</summary>
public enum MenuPlace
{
    /// <summary>Main navigation on the left.</summary>
    Navigation,
    /// <summary>The Create menu.</summary>
    Create,
    /// <summary>Settings index page.</summary>
    Settings,
    /// <summary>Only the command palette.</summary>
    Command,
}

/// <summary>An entry of the navigation, the Create menu, the settings or the palette; shown to those who hold its permission.</summary>
/// <param name="Text">Key of its text; further words by which the palette finds it stand under the same key with ".words", and what a settings page is for with ".line".</param>
/// <param name="Url">Where it leads.</param>
/// <param name="Icon">Name of a Lucide icon.</param>
/// <param name="Permission">Permission needed, or null for everybody signed in.</param>
/// <param name="Order">Place among its neighbours, ascending (Home 0, Contacts 100, Actions 200, Tasks 300, …, Settings 1000).</param>
public sealed record MenuItem(string Text, string Url, string Icon, string? Permission, int Order) : IPart
{
    /// <summary>Where it appears; navigation unless said otherwise.</summary>
    public MenuPlace Place { get; init; }
    /// <summary>For a second-level entry, the URL of its parent; for one of another place, the entry of the navigation that is marked on its pages.</summary>
    public string? Parent { get; init; }
    /// <summary>For a command: what is sent to the URL as "name=value", or "=" when there is nothing to say. Null: the URL is a page.</summary>
    public string? Send { get; init; }
    /// <summary>Letter for the key "g" followed by it, or null.</summary>
    public char? Key { get; init; }
}
