using Liaison.Contacts.Lifecycle;
using Liaison.Contacts.Timeline;
using Liaison.Kernel.Texts;
using Liaison.Kernel.Ui;

namespace Liaison.Contacts.Record;

/// <summary>Why a contact has its status and since when, and where that stands in the timeline.</summary>
public sealed class StatusLine(StatusTexts statuses, Localizer texts, Display show)
{
    /// <summary>"Prospect since yesterday".</summary>
    public string Since(Contact contact)
    {
        var local = Kernel.Time.Moments.ToLocal(show.Viewer, contact.StatusSince);
        var days = DateOnly.FromDateTime(show.Now).DayNumber - DateOnly.FromDateTime(local).DayNumber;
        var name = statuses.Name(contact.Status);
        var culture = System.Globalization.CultureInfo.CurrentCulture;
        return days switch
        {
            0 => texts["status.since.today", name, local.ToString("t", culture)],
            1 => texts["status.since.yesterday", name],
            _ => texts["status.since.day", name, local.ToString(local.Year == show.Now.Year ? "d MMMM" : "d MMMM yyyy", culture)],
        };
    }

    /// <summary>Where the entry that caused it is shown; the history when no entry did.</summary>
    public static string CauseUrl(ContactRecord record, IReadOnlyList<TimelineItem> shown)
    {
        var cause = record.Cause;
        if (cause.Type is not ("activity" or "response") || cause.Id is not { } id) return $"/contacts/{record.Id}/status-history";
        if (shown.Any(i => i.Kind == "action" && i.Id == id)) return "#activity-" + id.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var place = new TimelineCursor(record.Contact.StatusSince.AddTicks(10), 0, 0);
        return $"/contacts/{record.Id}/journal?before={place}#activity-{id}";
    }
}
