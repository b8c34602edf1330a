using Liaison.Contacts;
using Liaison.Contacts.Lists;
using Liaison.Kernel.Data;
using Liaison.Kernel.Texts;
using Liaison.Kernel.Ui;
using Microsoft.AspNetCore.Html;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Activities;

/// <summary>The column "last action" of the list of contacts: what, how it ended and when; attempts without an answer are counted.</summary>
internal sealed class LastActionColumn(ActivityTypes types, ActivityTexts words, Localizer texts, Display show) : ContactColumn
{
    public override string Permission => "activities.view";
    public override string Key => "lastAction";
    public override string Text => "contacts.column.lastAction";

    public override async Task LoadAsync(LiaisonDb db, IReadOnlyList<ContactRow> rows, CancellationToken cancel)
    {
        var known = await types.ByIdAsync(cancel);
        var last = new Dictionary<long, ActionMark>(rows.Count);
        foreach (var row in rows)
            if (ActionMark.Parse(row.LastActivityMark) is { } noted) last[row.Id] = noted;
        var unknown = rows.Where(r => !last.ContainsKey(r.Id)).Select(r => r.LastActivityId).OfType<long>().ToList();
        if (unknown.Count > 0)
            foreach (var read in await Last.ListAsync(db, unknown, cancel)) last[read.ContactId] = new(read.TypeId, read.Direction, read.Outcome);
        var missed = last.Where(a => a.Value.Outcome == ActivityOutcome.NoAnswer).Select(a => a.Key).ToList();
        var attempts = missed.Count == 0 ? [] : await Unanswered.CountAsync(db, missed, cancel);
        foreach (var row in rows)
        {
            if (!last.TryGetValue(row.Id, out var activity) || !known.TryGetValue(activity.TypeId, out var type)) continue;
            row.More[Key] = attempts.TryGetValue(row.Id, out var unanswered) && unanswered.Count is > 1 and var times ? texts["activities.unanswered", times] : words.Sentence(type, activity.Direction, activity.Outcome);
        }
    }

    private static readonly FixedQuery<List<long>, Action> Last = new((db, ids) => db.Set<Activity>().IgnoreQueryFilters().AsNoTracking().Where(a => ids.Contains(a.Id))
        .Select(a => new Action(a.ContactId, a.TypeId, a.Direction, a.Outcome)));

    private sealed record Action(long ContactId, long TypeId, ActivityDirection Direction, ActivityOutcome Outcome);

    public override IHtmlContent Cell(ContactRow row)
    {
        if (!row.HasActivity) return HtmlString.Empty;
        if (!row.More.TryGetValue(Key, out var what)) return show.When(row.LastActivityAt);
        return new HtmlContentBuilder().Append((string)what).AppendHtml(" <span class=\"quiet small\">").AppendHtml(show.When(row.LastActivityAt)).AppendHtml("</span>");
    }
}
