using System.Globalization;

namespace Liaison.Activities;

/// <summary>What lists say of a contact's last action, as it is noted with the contact (<see cref="Contacts.Contact.LastActivityMark"/>).</summary>
internal readonly record struct ActionMark(long TypeId, ActivityDirection Direction, ActivityOutcome Outcome)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{TypeId} {(int)Direction} {(int)Outcome}");

    /// <summary>Reads the note; null when there is none.</summary>
    public static ActionMark? Parse(string? mark)
    {
        if (mark?.Split(' ') is not [var type, var direction, var outcome]) return null;
        return new(long.Parse(type, CultureInfo.InvariantCulture), (ActivityDirection)int.Parse(direction, CultureInfo.InvariantCulture), (ActivityOutcome)int.Parse(outcome, CultureInfo.InvariantCulture));
    }
}
