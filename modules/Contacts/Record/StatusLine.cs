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
            _ => texts["status.since.day", name, local.ToString((local.Day == 1 && culture.TwoLetterISOLanguageName == "fr" ? "d'er' MMMM" : "d MMMM") + (local.Year == show.Now.Year ? "" : " yyyy"), culture)],
        };
    }

    /// <summary>Where the entry that caused it is shown; the history when no entry did.</summary>
    public static string CauseUrl(ContactRecord record, IReadOnlyList<TimelineItem> shown)
    {
        var cause = record.Cause;
        if (cause.ActivityId is not { } id) return $"/contacts/{record.Id}/status-history";
        return shown.Any(i => i.Kind == "action" && i.Id == id) ? cause.ResponseId is { } response ? FormattableString.Invariant($"#response-{response}") : FormattableString.Invariant($"#activity-{id}") : Url(record.Id, cause, record.Contact.StatusSince);
    }

    /// <summary>The page of the journal that begins with the record that caused it.</summary>
    public static string Url(long contactId, StatusCause cause, DateTime since)
    {
        // It stands in another contact's journal.
        if (cause.Type == StatusCause.RelatedSale) return FormattableString.Invariant($"/activities/{cause.ActivityId}");
        // A response stands under its action, which may be much older: looked for by itself it is the first.
        var place = new TimelineCursor(since.AddTicks(10), 0, 0);
        return cause.ResponseId is { } response ? FormattableString.Invariant($"/contacts/{contactId}/journal?kind=response&before={place}#response-entry-{response}")
            : FormattableString.Invariant($"/contacts/{contactId}/journal?before={place}#activity-{cause.ActivityId}");
    }
}
