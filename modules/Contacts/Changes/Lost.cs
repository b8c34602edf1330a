using Microsoft.AspNetCore.Http;

namespace Liaison.Contacts;

/// <summary>A form that came back when its record was not there any more, or no longer to be changed: what was typed is shown, and sent on as it came.</summary>
/// <param name="Kind">Why.</param>
/// <param name="Typed">What was typed, by field.</param>
/// <param name="Sent">All that the form sent.</param>
/// <param name="Address">Where it was sent.</param>
/// <param name="Draft">The name of its draft in the browser, which is kept.</param>
/// <param name="Anew">Where the same can be filled in for a new record, and the button's value; null where that makes no sense.</param>
/// <param name="IsNew">Whether it was to be added to the record, rather than to change it.</param>
public sealed record Lost(LostKind Kind, IReadOnlyList<LostField> Typed, IFormCollection Sent, string Address, string Draft, (string Address, string Name, string Value)? Anew = null, bool IsNew = false)
{
    /// <summary>Name of the button that brings the record back before saving.</summary>
    public const string Restore = "Restore";

    /// <summary>Whether a form asks to bring its record back first.</summary>
    public static bool IsRestored(IFormCollection form) => form[Restore] == "true";

    /// <summary>The text that heads it.</summary>
    public string Title => $"lost.{Kind.ToString().ToLowerInvariant()}.{(IsNew ? "new" : "title")}";

    /// <summary>The status to answer with.</summary>
    public int Status => Kind == LostKind.Closed ? 403 : 404;

    /// <summary>What the form sends on; which button was pressed is not among it.</summary>
    public IEnumerable<(string Name, string Value)> Fields =>
        Sent.Where(f => f.Key is not (Restore or "Add" or "As" or "__RequestVerificationToken")).SelectMany(f => f.Value, (f, value) => (f.Key, value ?? ""));
}

/// <summary>A field of it.</summary>
public sealed record LostField(string Label, IReadOnlyList<string> Lines);

/// <summary>Why a form cannot be saved.</summary>
public enum LostKind
{
    /// <summary>There is nothing for the viewer: it may have been deleted, or be others' alone.</summary>
    Gone,
    /// <summary>It was deleted, and the viewer may bring it back.</summary>
    Deleted,
    /// <summary>The viewer sees it and may not change it.</summary>
    Closed,
}
