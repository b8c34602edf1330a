using Liaison.Contacts.Lifecycle;
using Liaison.Contacts.Lists;
using Microsoft.AspNetCore.Http;

namespace Liaison.Activities;

/// <summary>A rule set as it is proposed: what each type and each outcome would mean.</summary>
/// <param name="Classes">By type id.</param>
/// <param name="Effects">By outcome.</param>
public sealed record RulesForm(IReadOnlyDictionary<long, ActivityClass> Classes, IReadOnlyDictionary<ActivityOutcome, StatusEffect> Effects)
{
    /// <summary>The rules in force as a form.</summary>
    public static RulesForm Of(ActivityRules rules) =>
        new(rules.Types.ToDictionary(t => t.Key, t => t.Value.Class), Enum.GetValues<ActivityOutcome>().ToDictionary(o => o, o => rules.Outcomes.GetValueOrDefault(o)));

    /// <summary>What was sent (class_7=sale, effect_noAnswer=none) over what is in force; what cannot be understood stays as it is.</summary>
    public static RulesForm Read(ActivityRules rules, Func<string, string?> sent)
    {
        var now = Of(rules);
        return new(now.Classes.ToDictionary(c => c.Key, c => One(sent(FormattableString.Invariant($"class_{c.Key}")), c.Value)),
            now.Effects.ToDictionary(e => e.Key, e => One(sent("effect_" + ContactFilter.Word(e.Key)), e.Value)));
    }

    /// <summary>The same with another class for one type.</summary>
    public RulesForm With(long typeId, ActivityClass @class) => this with { Classes = new Dictionary<long, ActivityClass>(Classes) { [typeId] = @class } };

    /// <summary>Types whose class differs from the rules in force.</summary>
    public IReadOnlyList<long> ChangedTypes(ActivityRules rules) => [.. Classes.Where(c => rules.Types[c.Key].Class != c.Value).Select(c => c.Key)];

    /// <summary>Outcomes whose effect differs from the rules in force.</summary>
    public IReadOnlyList<ActivityOutcome> ChangedOutcomes(ActivityRules rules) => [.. Effects.Where(e => rules.Outcomes.GetValueOrDefault(e.Key) != e.Value).Select(e => e.Key)];

    /// <summary>As a rule set, to fold by.</summary>
    public ActivityRules ToRules(ActivityRules rules) => new(
        rules.Types.ToDictionary(t => t.Key, t => new ActivityType { Id = t.Key, Key = t.Value.Key, Name = t.Value.Name, Class = Classes[t.Key] }), Effects);

    private static T One<T>(string? text, T or) where T : struct, Enum =>
        text is { Length: > 0 } && char.IsAsciiLetter(text[0]) && Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : or;
}
