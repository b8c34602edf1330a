using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Liaison.Kernel.Texts;

namespace Liaison.Contacts.ShortLists;

/// <summary>What entries of lists are called: as the administrator named them, or as they were delivered, in the language of whoever looks.</summary>
public static class EntryNames
{
    /// <summary>All that an entry is called by one person or another. <paramref name="delivered"/> is the key of its delivered text.</summary>
    public static IEnumerable<string> Of(string? name, string delivered, Localizer texts) =>
        name is not null && name != texts.Find(delivered) ? [name] : Cultures.Codes.Select(code => texts.Find(delivered, code)).OfType<string>();

    /// <summary>Whether two entries would be called the same by somebody.</summary>
    public static bool Meet(IEnumerable<string> one, IEnumerable<string> other) => one.Select(SearchText.Fold).Intersect(other.Select(SearchText.Fold)).Any();
}
