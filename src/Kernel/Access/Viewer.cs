using System.Globalization;

namespace Liaison.Kernel.Access;

/// <summary>Who looks: decides which records exist for them, what they may do, and how dates and numbers are written.</summary>
public sealed class Viewer
{
    /// <summary>Sees nothing and may do nothing.</summary>
    public static readonly Viewer Nobody = new();

    /// <summary>The program itself: jobs, migrations, command line. Sees and may do everything.</summary>
    public static readonly Viewer System = new() { SeesAll = true, MayAll = true, Name = "Liaison" };

    /// <summary>The user's id; 0 for nobody and for the program itself.</summary>
    public long UserId { get; init; }

    /// <summary>Display name.</summary>
    public string Name { get; init; } = "";

    /// <summary>Whether every record is visible (administrators, the program).</summary>
    public bool SeesAll { get; init; }

    /// <summary>Whether every permission is held.</summary>
    public bool MayAll { get; init; }

    /// <summary>Whether the account must choose a new password before anything else.</summary>
    public bool MustChangePassword { get; init; }

    /// <summary>Permissions held, when not all.</summary>
    public IReadOnlySet<string> Permissions { get; init; } = new HashSet<string>();

    /// <summary>Interface language and formats.</summary>
    public CultureInfo Culture { get; init; } = Cultures.Default;

    /// <summary>IANA time zone in which dates are shown and typed.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>Whether somebody is signed in (or the program acts).</summary>
    public bool IsSomebody => UserId != 0 || MayAll;

    /// <summary>Whether the permission is held.</summary>
    public bool May(string permission) => MayAll || Permissions.Contains(permission);
}

/// <summary>Holds the viewer of the current request, job or command; set once by whoever starts it.</summary>
public sealed class CurrentViewer
{
    /// <summary>The viewer; nobody until set.</summary>
    public Viewer Viewer { get; set; } = Viewer.Nobody;
}

/// <summary>The interface languages: French and English.</summary>
public static class Cultures
{
    /// <summary>French as in France.</summary>
    public static readonly CultureInfo French = CultureInfo.GetCultureInfo("fr-FR");
    /// <summary>English with day before month.</summary>
    public static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");
    /// <summary>What is used when nothing is known.</summary>
    public static readonly CultureInfo Default = French;
    /// <summary>Language codes offered.</summary>
    public static readonly IReadOnlyList<string> Codes = ["fr", "en"];

    /// <summary>The culture of a language code ("fr", "en", "en-US"); the default for anything else.</summary>
    public static CultureInfo Of(string? code) =>
        code is null ? Default :
        code.StartsWith("en", StringComparison.OrdinalIgnoreCase) ? English :
        code.StartsWith("fr", StringComparison.OrdinalIgnoreCase) ? French : Default;
}
