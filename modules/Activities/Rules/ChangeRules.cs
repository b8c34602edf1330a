using Liaison.Kernel.Data;
using Liaison.Kernel.Jobs;
using Liaison.Kernel.Journal;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Activities;

/// <summary>Puts other rules in force and has every status that they concern computed anew in the background.</summary>
public sealed class ChangeRules(LiaisonDb db, ActivityTypes types)
{
    /// <summary>Stores what is proposed over the rules in force; nothing when it is the same, or when nothing is proposed for these.</summary>
    /// <returns>Whether something was proposed.</returns>
    public async Task<bool> RunAsync(Func<ActivityRules, RulesForm?> propose, CancellationToken cancel)
    {
        var proposed = await db.InTransactionAsync(async () =>
        {
            await db.LockAsync("activity types", cancel: cancel);
            var rules = await ActivityRules.LoadAsync(db, cancel);
            if (propose(rules) is not { } form) return false;
            var (changedTypes, outcomes) = (form.ChangedTypes(rules), form.ChangedOutcomes(rules));
            if (changedTypes.Count == 0 && outcomes.Count == 0) return true;
            foreach (var type in await db.Set<ActivityType>().Where(t => changedTypes.Contains(t.Id)).ToListAsync(cancel)) type.Class = form.Classes[type.Id];
            foreach (var outcome in outcomes)
            {
                if (await db.Set<OutcomeRule>().FindAsync([outcome], cancel) is { } rule) rule.Effect = form.Effects[outcome];
                else db.Add(new OutcomeRule { Outcome = outcome, Effect = form.Effects[outcome] });
            }
            db.Record("activities.rulesChanged", "organisation", 0, new { classes = changedTypes.ToDictionary(t => rules.Types[t].Key, t => form.Classes[t]), effects = outcomes.ToDictionary(o => o.ToString(), o => form.Effects[o]) });
            db.Enqueue(ReplayJob.Name, new ReplayOrder(changedTypes, outcomes));
            await db.SaveChangesAsync(cancel);
            return true;
        }, cancel);
        types.Forget();
        return proposed;
    }
}
