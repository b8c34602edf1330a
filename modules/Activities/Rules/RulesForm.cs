using Liaison.Contacts.Lifecycle;
using Liaison.Contacts.Lists;
using Liaison.Kernel.Api;
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

    /// <summary>
    /// What was sent (class_7=sale, effect_noAnswer=none) over what is in force. What cannot be understood stays as it is, and so does what was left as it was
    /// shown: somebody else may have changed it since.
    /// </summary>
    public static RulesForm Read(ActivityRules rules, Func<string, string?> sent)
    {
        var (now, shown) = (Of(rules), ShownIn(sent(Shown)));
        return new(now.Classes.ToDictionary(c => c.Key, c => Meant(NameOf(c.Key), c.Value)), now.Effects.ToDictionary(e => e.Key, e => Meant(NameOf(e.Key), e.Value)));

        T Meant<T>(string name, T inForce) where T : struct, Enum =>
            One(sent(name), inForce) is var typed && shown.GetValueOrDefault(name) == ContactFilter.Word(typed) ? inForce : typed;
    }

    /// <summary>Name of the field that carries along what was shown.</summary>
    public const string Shown = "shown";

    /// <summary>The field of a type.</summary>
    public static string NameOf(long typeId) => FormattableString.Invariant($"class_{typeId}");

    /// <summary>The field of an outcome.</summary>
    public static string NameOf(ActivityOutcome outcome) => "effect_" + ContactFilter.Word(outcome);

    /// <summary>Whether the rules in force are others than those that were shown.</summary>
    public static bool IsStale(ActivityRules rules, Func<string, string?> sent) => sent(Shown) is { } shown && shown != Of(rules).ToString();

    /// <summary>Whether this form wants anything that is not in force.</summary>
    public bool Changes(ActivityRules rules) => ChangedTypes(rules).Count + ChangedOutcomes(rules).Count > 0;

    /// <summary>The fields that were shown with another value than the one in force, and that this form wants to have yet another one.</summary>
    public IReadOnlyList<string> ChangedBoth(ActivityRules rules, Func<string, string?> sent)
    {
        var (shown, now, mine) = (ShownIn(sent(Shown)), Of(rules).Words(), Words());
        return [.. mine.Keys.Where(name => shown.TryGetValue(name, out var was) && was != now[name] && was != mine[name] && mine[name] != now[name])];
    }

    /// <summary>All of it as one text: "class_7.sale effect_noAnswer.none".</summary>
    public override string ToString() => string.Join(' ', Words().Select(w => $"{w.Key}.{w.Value}"));

    private Dictionary<string, string> Words() => Classes.OrderBy(c => c.Key).Select(c => (NameOf(c.Key), ContactFilter.Word(c.Value)))
        .Concat(Effects.OrderBy(e => e.Key).Select(e => (NameOf(e.Key), ContactFilter.Word(e.Value)))).ToDictionary(w => w.Item1, w => w.Item2);

    private static Dictionary<string, string> ShownIn(string? text)
    {
        var shown = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var word in (text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
            if (word.Split('.') is [var name, var value]) shown[name] = value;
        return shown;
    }

    /// <summary>The same with another class for one type.</summary>
    public RulesForm With(long typeId, ActivityClass @class) => this with { Classes = new Dictionary<long, ActivityClass>(Classes) { [typeId] = @class } };

    /// <summary>The same with another effect for one outcome.</summary>
    public RulesForm With(ActivityOutcome outcome, StatusEffect effect) => this with { Effects = new Dictionary<ActivityOutcome, StatusEffect>(Effects) { [outcome] = effect } };

    /// <summary>Types whose class differs from the rules in force.</summary>
    public IReadOnlyList<long> ChangedTypes(ActivityRules rules) => [.. Classes.Where(c => rules.Types[c.Key].Class != c.Value).Select(c => c.Key)];

    /// <summary>Outcomes whose effect differs from the rules in force.</summary>
    public IReadOnlyList<ActivityOutcome> ChangedOutcomes(ActivityRules rules) => [.. Effects.Where(e => rules.Outcomes.GetValueOrDefault(e.Key) != e.Value).Select(e => e.Key)];

    /// <summary>As a rule set, to fold by.</summary>
    public ActivityRules ToRules(ActivityRules rules) => new(
        rules.Types.ToDictionary(t => t.Key, t => new ActivityType { Id = t.Key, Key = t.Value.Key, Name = t.Value.Name, Class = Classes[t.Key] }), Effects);

    private static T One<T>(string? text, T or) where T : struct, Enum =>
        EnumWords.Find<T>(text) ?? or;
}
