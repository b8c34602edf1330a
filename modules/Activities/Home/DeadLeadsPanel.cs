using System.Globalization;
using Liaison.Contacts;
using Liaison.Contacts.Lifecycle;
using Liaison.Kernel.Data;
using Liaison.Kernel.Ui;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Activities;

/// <summary>A lead that does not answer.</summary>
public sealed record SilentLead(long Id, string Name, int Attempts, DateTime Last);

/// <summary>On the home page: own leads with several attempts in a row without an answer, to be declared dead by hand. Nothing happens by itself.</summary>
internal sealed class DeadLeadsPanel : HomePanel
{
    /// <summary>Setting: from how many attempts on; 0 is off.</summary>
    public const string Setting = "activities.suggestDeadAfter";
    private const int Few = 1000, Most = 5;

    public override HomePlace Place => HomePlace.Side;
    public override int Order => 300;
    public override string? Permission => "activities.edit";
    public override string View => "/Home/_SilentLeads.cshtml";

    public static async Task<int> AfterAsync(LiaisonDb db, CancellationToken cancel) =>
        int.TryParse(await db.SettingAsync(Setting, cancel), NumberStyles.None, CultureInfo.InvariantCulture, out var set) ? set : 3;

    public override async Task<object?> LoadAsync(LiaisonDb db, CancellationToken cancel)
    {
        var after = await AfterAsync(db, cancel);
        if (after == 0) return null;
        var attempts = await Unanswered.CountAsync(db, await OwnLeadsAsync(db, cancel), cancel);
        var silent = attempts.Where(a => a.Value.Count >= after).OrderByDescending(a => a.Value.Last).ThenByDescending(a => a.Key).Take(Most).ToList();
        if (silent.Count == 0) return null;
        var ids = silent.ConvertAll(s => s.Key);
        var names = await db.Contacts().Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.Name, cancel);
        return silent.Where(s => names.ContainsKey(s.Key)).Select(s => new SilentLead(s.Key, names[s.Key], s.Value.Count, s.Value.Last)).ToList() is { Count: > 0 } shown ? shown : null;
    }

    // Whoever has very many leads is shown those tried last: so the home page costs the same however large the base is.
    private static async Task<List<long>> OwnLeadsAsync(LiaisonDb db, CancellationToken cancel)
    {
        var viewer = db.ViewerId;
        var own = db.Set<ContactResponsible>().Where(r => r.UserId == viewer && r.Status == ContactStatus.Lead).Select(r => r.ContactId);
        var few = await own.Take(Few + 1).ToListAsync(cancel);
        if (few.Count <= Few) return few;
        return await db.Set<Activity>().IgnoreQueryFilters().Where(a => a.Outcome == ActivityOutcome.NoAnswer && a.Outcome != ActivityOutcome.None && a.DeletedAt == null && own.Contains(a.ContactId))
            .OrderByDescending(a => a.OccurredAt).ThenByDescending(a => a.Id).Select(a => a.ContactId).Take(Few).Distinct().ToListAsync(cancel);
    }
}
