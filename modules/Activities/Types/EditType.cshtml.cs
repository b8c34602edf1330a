using System.Globalization;
using Liaison.Contacts;
using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Liaison.Kernel.Journal;
using Liaison.Kernel.Texts;
using Liaison.Kernel.Ui;
using Liaison.Kernel.Validation;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Activities.Pages;

/// <summary>What can be set on a type.</summary>
public sealed class TypeForm
{
    public string? Name { get; set; }
    public string? Icon { get; set; }
    /// <summary>Only for a new type; later it is a matter of the rules.</summary>
    public ActivityClass? Class { get; set; }
    public bool AdvancesGroup { get; set; }
}

/// <summary>GET, POST /settings/activity-types/new and /settings/activity-types/{id}</summary>
[Permission("activities.configure")]
public sealed class EditTypePage(LiaisonDb db, ActivityTypes types, Localizer texts, ActivityTexts words) : ActivityPage(db, texts, words)
{
    /// <summary>Icons to choose from.</summary>
    public static readonly IReadOnlyList<string> Icons =
    [
        "phone", "mail", "calendar", "sticky-note", "receipt", "file-text", "map-pin", "mailbox", "message-square", "message-circle", "briefcase", "headset", "send", "share-2", "globe", "activity",
        "handshake", "users", "store", "megaphone", "target", "star", "shopping-bag", "smartphone",
    ];

    [BindProperty]
    public TypeForm Input { get; set; } = new();

    public ActivityType? Stored { get; private set; }

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken cancel)
    {
        if (!await FoundAsync(id, cancel)) return NotFound();
        Input = Stored is null ? new() { Icon = Icons[0], Class = ActivityClass.Engagement } : new() { Name = Words.Name(Stored), Icon = Stored.Icon, Class = Stored.Class, AdvancesGroup = Stored.AdvancesGroup };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string id, CancellationToken cancel)
    {
        if (!await FoundAsync(id, cancel)) return NotFound();
        var problems = new Problems();
        var name = ContactInput.Clean(Input.Name);
        if (name is null && (Stored is null || Texts.Find("activityType." + Stored.Key) is null)) problems.Add("Name", "types.error.name");
        if (name?.Length > 60) problems.Add("Name", "activities.error.tooLong", 60);
        if (Input.Icon is null || !Icons.Contains(Input.Icon)) problems.Add("Icon", "types.error.icon");
        if (Stored is null && (Input.Class is not { } chosen || !Enum.IsDefined(chosen))) problems.Add("Class", "types.error.class");
        if (problems.Any || !ModelState.IsValid) return Wrong(problems, "Input.");
        if (Stored is null)
            Db.Add(Stored = new ActivityType { Key = await KeyAsync(name!, cancel), Class = Input.Class!.Value, Position = await Db.Set<ActivityType>().MaxAsync(t => (int?)t.Position, cancel) + 1 ?? 0 });
        Stored.Name = name is null || name == Texts.Find("activityType." + Stored.Key) ? null : name;
        Stored.Icon = Input.Icon!;
        Stored.AdvancesGroup = Input.AdvancesGroup;
        Db.Record("activities.typesChanged", "organisation", 0, new { Stored.Key, Stored.Name, Stored.Icon, Stored.AdvancesGroup });
        await Db.SaveChangesAsync(cancel);
        types.Forget();
        TempData.Say(Texts["types.saved", Words.Name(Stored)]);
        return SeeOther("/settings/activity-types");
    }

    private async Task<bool> FoundAsync(string id, CancellationToken cancel)
    {
        if (id == "new") return true;
        if (!long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return false;
        Stored = await Db.Set<ActivityType>().FindAsync([number], cancel);
        return Stored is not null;
    }

    // "Démo en ligne" → "demoEnLigne", with a number when it is taken.
    private async Task<string> KeyAsync(string name, CancellationToken cancel)
    {
        var parts = SearchText.Fold(name).Split(' ', '-', '’', '\'').Select(w => string.Concat(w.Where(char.IsAsciiLetterOrDigit))).Where(w => w.Length > 0).ToList();
        var key = parts.Count == 0 ? "type" : parts[0] + string.Concat(parts.Skip(1).Select(p => char.ToUpperInvariant(p[0]) + p[1..]));
        var taken = (await Db.Set<ActivityType>().Select(t => t.Key).ToListAsync(cancel)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (!taken.Contains(key)) return key;
        for (var i = 2; ; i++) if (!taken.Contains(key + i)) return key + i.ToString(CultureInfo.InvariantCulture);
    }
}
