using Liaison.Contacts.Lifecycle;
using Liaison.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Activities;

/// <summary>What actions of a type mean for the status.</summary>
public enum ActivityClass
{
    /// <summary>A discussion or a message: what its outcome says counts.</summary>
    Engagement = 1,
    /// <summary>A sale.</summary>
    Sale = 2,
    /// <summary>Says nothing about the relation (notes), unless it came from the contact.</summary>
    Neutral = 3,
}

/// <summary>A channel or kind of action: call, e-mail, meeting… Editable list.</summary>
public sealed class ActivityType
{
    public long Id { get; set; }
    /// <summary>The word of the API; never changes.</summary>
    public required string Key { get; set; }
    /// <summary>Name given by the administrator; the text "activityType.{Key}" when null.</summary>
    public string? Name { get; set; }
    /// <summary>Lucide icon.</summary>
    public string Icon { get; set; } = "activity";
    public ActivityClass Class { get; set; } = ActivityClass.Engagement;
    /// <summary>Whether an action of this type for many contacts at once advances each of them.</summary>
    public bool AdvancesGroup { get; set; }
    /// <summary>Not offered any more; actions that have it keep it.</summary>
    public bool Hidden { get; set; }
    public int Position { get; set; }
}

/// <summary>How an action ended.</summary>
public enum ActivityOutcome
{
    /// <summary>Not said: it took place.</summary>
    None = 0,
    /// <summary>Reached, answered.</summary>
    Reached = 1,
    /// <summary>No answer.</summary>
    NoAnswer = 2,
    /// <summary>E-mail, phone or address are wrong.</summary>
    WrongDetails = 3,
    /// <summary>Refused, not interested.</summary>
    Refused = 4,
    /// <summary>Sold.</summary>
    Sold = 5,
}

/// <summary>What an outcome means for the status. Editable.</summary>
public sealed class OutcomeRule
{
    public ActivityOutcome Outcome { get; set; }
    public StatusEffect Effect { get; set; }
}

/// <summary>The rule set: type to class, outcome to effect.</summary>
public sealed class ActivityRules(IReadOnlyDictionary<long, ActivityType> types, IReadOnlyDictionary<ActivityOutcome, StatusEffect> outcomes)
{
    /// <summary>What outcomes mean as delivered: no outcome means that it took place.</summary>
    public static readonly IReadOnlyDictionary<ActivityOutcome, StatusEffect> Defaults = new Dictionary<ActivityOutcome, StatusEffect>
    {
        [ActivityOutcome.None] = StatusEffect.Engagement, [ActivityOutcome.Reached] = StatusEffect.Engagement, [ActivityOutcome.NoAnswer] = StatusEffect.NoAnswer,
        [ActivityOutcome.WrongDetails] = StatusEffect.WrongDetails, [ActivityOutcome.Refused] = StatusEffect.Refusal, [ActivityOutcome.Sold] = StatusEffect.Sale,
    };

    /// <summary>Types by id.</summary>
    public IReadOnlyDictionary<long, ActivityType> Types => types;
    /// <summary>Effects by outcome.</summary>
    public IReadOnlyDictionary<ActivityOutcome, StatusEffect> Outcomes => outcomes;

    /// <summary>What an action means for the status.</summary>
    public StatusEffect EffectOf(long typeId, ActivityDirection direction, ActivityOutcome outcome) => types[typeId].Class switch
    {
        ActivityClass.Sale => StatusEffect.Sale,
        ActivityClass.Neutral => direction == ActivityDirection.Inbound ? StatusEffect.Engagement : StatusEffect.None,
        _ => outcomes.GetValueOrDefault(outcome, StatusEffect.None),
    };

    /// <summary>The rules in force.</summary>
    public static async Task<ActivityRules> LoadAsync(LiaisonDb db, CancellationToken cancel) => new(
        await db.Set<ActivityType>().AsNoTracking().ToDictionaryAsync(t => t.Id, cancel),
        await db.Set<OutcomeRule>().AsNoTracking().ToDictionaryAsync(r => r.Outcome, r => r.Effect, cancel));
}
