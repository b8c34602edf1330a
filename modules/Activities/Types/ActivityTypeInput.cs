using Liaison.Contacts;
using Liaison.Contacts.ShortLists;
using Liaison.Kernel.Texts;
using Liaison.Kernel.Validation;

namespace Liaison.Activities;

/// <summary>What can be set on a type of action.</summary>
public sealed class ActivityTypeInput
{
    /// <summary>Icons to choose from.</summary>
    public static readonly IReadOnlyList<string> Icons =
    [
        "phone", "mail", "calendar", "sticky-note", "receipt", "file-text", "map-pin", "mailbox", "message-square", "message-circle", "briefcase", "headset", "send", "share-2", "globe", "activity",
        "handshake", "users", "store", "megaphone", "target", "star", "shopping-bag", "smartphone",
    ];

    /// <summary>The word by which actions refer to it, made of the name when not given; fixed once created.</summary>
    public string? Key { get; set; }
    /// <summary>Name to show; the delivered name when null.</summary>
    public string? Name { get; set; }
    /// <summary>Icon; "activity" when null.</summary>
    public string? Icon { get; set; }
    /// <summary>What its actions mean for the status; after a change the statuses are computed anew in the background.</summary>
    public ActivityClass? Class { get; set; }
    /// <summary>Whether an action for many contacts at once advances each of them.</summary>
    public bool AdvancesGroup { get; set; }
    /// <summary>Not offered any more.</summary>
    public bool Hidden { get; set; }
    /// <summary>Place in the list, ascending; the end when null.</summary>
    public int? Position { get; set; }

    /// <summary>What is set on a type.</summary>
    public static ActivityTypeInput Of(ActivityType type) => new()
    {
        Key = type.Key, Name = type.Name, Icon = type.Icon, Class = type.Class, AdvancesGroup = type.AdvancesGroup, Hidden = type.Hidden, Position = type.Position,
    };

    /// <summary>What can be said against it.</summary>
    public Problems Validate(ActivityType? existing, Localizer texts)
    {
        var problems = new Problems();
        Key = ContactInput.Clean(Key) ?? existing?.Key;
        Name = ContactInput.Clean(Name);
        Icon ??= "activity";
        if (Key is not null && (existing is null ? !EntryKeys.IsKey(Key) : Key != existing.Key)) problems.Add(nameof(Key), "api.error.badValue", "key");
        // The delivered types have a name in each language to fall back to; others need their own.
        if (Name is null && (existing is null || texts.Find("activityType." + existing.Key) is null)) problems.Add(nameof(Name), "types.error.name");
        if (Name?.Length > 60) problems.Add(nameof(Name), "activities.error.tooLong", 60);
        if (!Icons.Contains(Icon)) problems.Add(nameof(Icon), "types.error.icon");
        if (Class is not { } chosen || !Enum.IsDefined(chosen)) problems.Add(nameof(Class), "types.error.class");
        if (Position is < 0 or > 100_000) problems.Add(nameof(Position), "api.error.badValue", "position");
        return problems;
    }
}
