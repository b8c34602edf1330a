using Liaison.Contacts;
using Liaison.Contacts.Lifecycle;
using Liaison.Contacts.Lists;
using Liaison.Kernel.Texts;

namespace Liaison.Activities;

/// <summary>Actions in words of the current language.</summary>
public sealed class ActivityTexts(Localizer texts, StatusTexts statuses)
{
    /// <summary>"Call", "E-mail", or the name the administrator gave.</summary>
    public string Name(ActivityType type) => type.Name ?? texts.Find("activityType." + type.Key) ?? type.Key;

    /// <summary>What was done, with its direction: "E-mail sent", "E-mail received".</summary>
    public string Title(ActivityType type, ActivityDirection direction)
    {
        var way = ContactFilter.Word(direction);
        if (type.Name is null && texts.Find($"activity.{type.Key}.{way}") is { } own) return own;
        return direction == ActivityDirection.Inbound && type.Class != ActivityClass.Sale ? texts["activity.any.inbound", Name(type)] : Name(type);
    }

    /// <summary>What was done and how it ended: "Call: no answer".</summary>
    public string Sentence(ActivityType type, ActivityDirection direction, ActivityOutcome outcome) =>
        outcome == ActivityOutcome.None ? Title(type, direction) : texts["activity.ended", Title(type, direction), Lower(outcome)];

    /// <summary>"No answer", "Refused"…</summary>
    public string Outcome(ActivityOutcome outcome) => texts["outcome." + ContactFilter.Word(outcome)];

    /// <summary>The outcome in the middle of a sentence.</summary>
    public string Lower(ActivityOutcome outcome) => texts["outcome.in." + ContactFilter.Word(outcome)];

    /// <summary>"Very negative" to "Very positive".</summary>
    public string Rating(int rating) => texts[$"rating.{rating}"];

    /// <summary>"Marie Dupont goes from Lead to Prospect: an e-mail was sent"; null when no status moved.</summary>
    public string? Moved(string name, IReadOnlyList<StatusChanged> effects) => effects is not [{ IsMove: true } move, ..] ? null
        : texts["activities.moved", name, statuses.Name(move.From), statuses.Name(move.To), statuses.Because(move.Cause)];

    /// <summary>What is said of an action just recorded: the move it made, or that it was recorded and whether a lock kept the status.</summary>
    public string Recorded(Contact contact, IReadOnlyList<StatusChanged> effects) =>
        Moved(contact.Name, effects) ?? (contact.StatusLocked ? texts["activities.recorded.locked", statuses.Name(contact.Status)] : texts["activities.recorded"]);
}
