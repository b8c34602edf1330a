using Liaison.Kernel.Texts;

namespace Liaison.Contacts.Lists;

/// <summary>A contact type or a temperature.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Key">Its word in URLs.</param>
/// <param name="Name">Name given by the administrator, or null.</param>
/// <param name="Text">Key of its name's text when none was given.</param>
public sealed record Choice(long Id, string Key, string? Name, string Text)
{
    /// <summary>Its name in the current language.</summary>
    public string Say(Localizer texts) => Name ?? texts[Text];
}
