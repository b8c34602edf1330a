using Liaison.Contacts;
using Liaison.Contacts.Lifecycle;
using Liaison.Kernel.Access;
using Liaison.Kernel.Api;
using Liaison.Kernel.Data;
using Liaison.Kernel.Jobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Activities.Api;

/// <summary>Other rules; what is not named stays as it is.</summary>
public sealed class RulesInput
{
    /// <summary>What actions mean, by the key of their type.</summary>
    public Dictionary<string, ActivityClass> Types { get; set; } = [];
    /// <summary>What outcomes mean, for types of the class engagement.</summary>
    public Dictionary<ActivityOutcome, StatusEffect> Outcomes { get; set; } = [];
}

/// <summary>The rules in force.</summary>
/// <param name="Types">What actions mean, by the key of their type.</param>
/// <param name="Outcomes">What outcomes mean, for types of the class engagement.</param>
/// <param name="IsRecomputing">Whether statuses are still being computed anew after a change.</param>
public sealed record RulesReply(IReadOnlyDictionary<string, ActivityClass> Types, IReadOnlyDictionary<ActivityOutcome, StatusEffect> Outcomes, bool IsRecomputing);

/// <summary>What other rules would change.</summary>
/// <param name="Count">How many contacts.</param>
/// <param name="CountIsCapped">Whether there may be more: of very many only those of the latest actions are looked at.</param>
/// <param name="Contacts">The first of them.</param>
public sealed record RulesPreviewReply(int Count, bool CountIsCapped, IReadOnlyList<PreviewRow> Contacts);

/// <summary>/api/v1/activity-rules</summary>
internal static class RulesApi
{
    private const int Shown = 50;

    public static void Map(RouteGroupBuilder api)
    {
        var rules = api.MapGroup("/activity-rules").WithTags("activity-rules");
        rules.MapGet("", ShowAsync).Permission("activities.configure").Gives<RulesReply>("getActivityRules");
        rules.MapPatch("", ChangeAsync).Permission("activities.configure").Changes<RulesInput, RulesReply>("changeActivityRules");
        rules.MapPost("/preview", PreviewAsync).Permission("activities.configure").Answers<RulesInput, RulesPreviewReply>("previewActivityRules");
    }

    private static async Task<IResult> ShowAsync(HttpContext http, LiaisonDb db, CancellationToken cancel)
    {
        var rules = await ActivityRules.LoadAsync(db, cancel);
        var form = RulesForm.Of(rules);
        var running = await db.Set<Job>().AnyAsync(j => j.Kind == ReplayJob.Name && (j.State == JobState.Waiting || j.State == JobState.Running), cancel);
        return Answers.Tagged(http, new RulesReply(rules.Types.Values.OrderBy(t => t.Position).ThenBy(t => t.Id).ToDictionary(t => t.Key, t => t.Class), form.Effects, running), form.ToString());
    }

    private static async Task<IResult> ChangeAsync(HttpContext http, LiaisonDb db, ChangeRules change, CancellationToken cancel)
    {
        var input = await ApiJson.ReadAsync<RulesInput>(http.Request, cancel);
        var isCurrent = await change.RunAsync(rules => Answers.MatchesTag(http, RulesForm.Of(rules).ToString()) ? Over(rules, input) : null, cancel);
        return isCurrent ? await ShowAsync(http, db, cancel) : Answers.Stale(http);
    }

    private static async Task<IResult> PreviewAsync(HttpContext http, LiaisonDb db, RulesPreview preview, CancellationToken cancel)
    {
        var input = await ApiJson.ReadAsync<RulesInput>(http.Request, cancel);
        var rules = await ActivityRules.LoadAsync(db, cancel);
        var effect = await preview.RunAsync(rules, Over(rules, input), Shown, cancel);
        return Answers.Json(new RulesPreviewReply(effect.Count, effect.Looked is not null, effect.First));
    }

    private static RulesForm Over(ActivityRules rules, RulesInput input)
    {
        var form = RulesForm.Of(rules);
        foreach (var (key, @class) in input.Types)
            form = form.With(rules.Types.Values.FirstOrDefault(t => t.Key == key)?.Id ?? throw new BadFieldException("types." + key, "activities.error.type", key), @class);
        return input.Outcomes.Aggregate(form, (so, o) => so.With(o.Key, o.Value));
    }
}
