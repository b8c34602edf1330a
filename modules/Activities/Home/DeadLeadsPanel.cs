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
    private const int Recent = 500, Most = 5;

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
        var viewer = db.ViewerId;
        // The latest attempts of all are looked through, by index, so that the home page costs the same however large the base is.
        var latest = db.Set<Activity>().IgnoreQueryFilters().Where(a => a.Outcome == ActivityOutcome.NoAnswer && a.Outcome != ActivityOutcome.None && a.DeletedAt == null)
            .OrderByDescending(a => a.OccurredAt).ThenByDescending(a => a.Id).Select(a => new { a.Id, a.ContactId }).Take(Recent);
        var leads = await latest.Join(db.Set<Contact>().IgnoreQueryFilters(), a => a.ContactId, c => c.Id, (a, c) => new { a.Id, Contact = c })
            .Where(x => x.Contact.LastActivityId == x.Id && x.Contact.Status == ContactStatus.Lead && x.Contact.DeletedAt == null && x.Contact.Responsibles.Any(r => r.UserId == viewer))
            .Select(x => new { x.Contact.Id, x.Contact.Kind, x.Contact.FirstName, x.Contact.LastName, x.Contact.CompanyName, x.Contact.PrimaryEmail, x.Contact.PrimaryPhone, x.Contact.LastActivityAt })
            .ToListAsync(cancel);
        if (leads.Count == 0) return null;
        var attempts = await Unanswered.CountAsync(db, leads.ConvertAll(l => l.Id), cancel);
        var silent = leads.Where(l => attempts.GetValueOrDefault(l.Id) >= after).OrderByDescending(l => l.LastActivityAt).Take(Most)
            .Select(l => new SilentLead(l.Id, Contact.NameOf(l.Kind, l.FirstName, l.LastName, l.CompanyName, l.PrimaryEmail, l.PrimaryPhone), attempts[l.Id], l.LastActivityAt)).ToList();
        return silent.Count == 0 ? null : silent;
    }
}
