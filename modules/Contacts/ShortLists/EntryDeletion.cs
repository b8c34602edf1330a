using System.Globalization;
using Liaison.Kernel.Texts;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Liaison.Contacts.ShortLists;

/// <summary>The page that deletes an entry of a list: it says what has the entry and asks what that gets instead.</summary>
/// <param name="Words">Beginning of the list's texts: "lists", "types".</param>
/// <param name="Title">What is done.</param>
/// <param name="Home">The list's page.</param>
/// <param name="HomeTitle">What that is called.</param>
/// <param name="Name">The entry.</param>
/// <param name="Used">How much has it.</param>
/// <param name="Others">What that may get, by id.</param>
public sealed record EntryDeletion(string Words, string Title, string Home, string HomeTitle, string Name, int Used, IReadOnlyList<(long Id, string Name)> Others)
{
    /// <summary>What is chosen to leave it empty.</summary>
    public const string None = "none";

    /// <summary>The choice.</summary>
    public string? By { get; init; }
    /// <summary>How it is said that it may stay empty; null where it may not.</summary>
    public string? Nothing { get; init; }
    /// <summary>How many of those that have it are in the trash.</summary>
    public int Deleted { get; init; }
    /// <summary>Where the others are listed.</summary>
    public string? List { get; init; }
    /// <summary>What is to be known before choosing.</summary>
    public string? Help { get; init; }

    /// <summary>The choices, the first of which is none yet.</summary>
    public IReadOnlyList<SelectListItem> Choices(string choose)
    {
        var choices = Others.Select(o => new SelectListItem(o.Name, o.Id.ToString(CultureInfo.InvariantCulture))).Prepend(new(choose, ""));
        return [.. Nothing is null ? choices : choices.Append(new(Nothing, None))];
    }

    /// <summary>The other entry that was chosen.</summary>
    public long? Chosen => long.TryParse(By, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && Others.Any(o => o.Id == id) ? id : null;

    /// <summary>Whether enough was chosen to go on.</summary>
    public bool IsReady => Used == 0 || Chosen is not null || (Nothing is not null && By == None);

    /// <summary>What was done.</summary>
    public string Said(Localizer texts, int moved) => moved == 0 ? texts[Words + ".deleted", Name]
        : Chosen is { } id ? texts[Words + ".deleted.by", moved, Name, Others.First(o => o.Id == id).Name] : texts[Words + ".deleted.none", moved, Name];
}
