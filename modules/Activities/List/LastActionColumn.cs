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
        var ids = rows.Select(r => r.LastActivityId).OfType<long>().ToList();
        if (ids.Count == 0) return;
        var known = await types.ByIdAsync(cancel);
        var last = (await Last.ListAsync(db, ids, cancel)).ToDictionary(a => a.ContactId);
        var missed = last.Values.Where(a => a.Outcome == ActivityOutcome.NoAnswer).Select(a => a.ContactId).ToList();
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
