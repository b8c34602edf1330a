using System.Globalization;
using Liaison.Contacts;
using Liaison.Kernel.Data;
using Liaison.Kernel.Ui;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Activities;

/// <summary>A lead that does not answer.</summary>
public sealed record SilentLead(long Id, string Name, int Attempts, DateTime Last);

/// <summary>On the home page: own leads with several attempts in a row without an answer, to be declared dead by hand. Nothing happens by itself.</summary>
internal sealed class DeadLeadsPanel(SilentLeads leads) : HomePanel
{
    /// <summary>Setting: from how many attempts on; 0 is off.</summary>
    public const string Setting = "activities.suggestDeadAfter";

    public override HomePlace Place => HomePlace.Side;
    public override int Order => 300;
    public override string? Permission => "activities.view";
    public override string View => "/Home/_SilentLeads.cshtml";

    public static async Task<int> AfterAsync(LiaisonDb db, CancellationToken cancel) =>
        int.TryParse(await db.SettingAsync(Setting, cancel), NumberStyles.None, CultureInfo.InvariantCulture, out var set) ? set : 3;

    public override async Task<object?> LoadAsync(LiaisonDb db, CancellationToken cancel)
    {
        var after = await AfterAsync(db, cancel);
        if (after == 0) return null;
        var silent = await leads.OfAsync(db, after, cancel);
        if (silent.Count == 0) return null;
        var ids = silent.ConvertAll(s => s.Key);
        // Names are read with filters: what was counted may no longer be seen.
        var names = await db.Contacts().Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.Name, cancel);
        return silent.Where(s => names.ContainsKey(s.Key)).Select(s => new SilentLead(s.Key, names[s.Key], s.Value.Count, s.Value.Last)).ToList() is { Count: > 0 } shown ? shown : null;
    }
}
