using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Liaison.Contacts.Lifecycle;
using Liaison.Contacts.Timeline;
using Liaison.Kernel.Access;
using Liaison.Kernel.Api;
using Liaison.Kernel.Data;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Api;

/// <summary>One entry of a contact's timeline.</summary>
/// <param name="Kind">action, response, status, edit, import…</param>
/// <param name="Id">Id within its kind.</param>
/// <param name="At">When it took place.</param>
/// <param name="Data">Particulars of its kind.</param>
public sealed record TimelineEntry(string Kind, long Id, DateTime At, object? Data);

/// <summary>Particulars of an entry that comes from the journal.</summary>
public sealed record JournalData(string What, By By)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ContactStatus? From { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ContactStatus? To { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Because { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<FieldChange>? Changes { get; init; }
}

/// <summary>/api/v1/contacts/{id}/timeline</summary>
internal static class TimelineApi
{
    public static void Map(RouteGroupBuilder contacts) =>
        contacts.MapGet("/{id:long}/timeline", ListAsync).Permission("contacts.view").Lists<TimelineEntry>("listTimeline", "kind*").ProducesProblem(404);

    private static async Task<IResult> ListAsync(HttpContext http, long id, LiaisonDb db, ContactTimeline timeline, StatusTexts words, IEnumerable<TimelineData> tellers, CancellationToken cancel)
    {
        var limit = Answers.Limit(http);
        var kinds = http.Request.Query["kind"].OfType<string>().SelectMany(k => k.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).ToHashSet(StringComparer.Ordinal);
        if (kinds.FirstOrDefault(k => !timeline.Kinds.Contains(k)) is { } wrong) throw new BadFieldException("kind", "contacts.error.filter", "kind", wrong);
        var text = http.Request.Query["cursor"].ToString();
        var place = TimelineCursor.Parse(text);
        if (text.Length > 0 && place is null) throw new BadFieldException("cursor", "api.error.cursor");
        if (!await db.Contacts().AnyAsync(c => c.Id == id, cancel)) return Answers.Missing(http);
        var (items, next) = await timeline.PageAsync(id, place, kinds.Count == 0 ? null : kinds, limit, cancel);
        var companies = items.SelectMany(i => (i.Model as JournalItem)?.Changes ?? []).Where(c => c.Field == "companyId").SelectMany(c => new[] { c.Old, c.New }).OfType<JsonValue>().Select(v => v.GetValue<long>()).Distinct().ToList();
        var open = await db.OpenCompaniesAsync(companies, cancel);
        var written = items.Select(i => new TimelineEntry(i.Kind, i.Id, i.At, DataOf(i, words, tellers, open))).ToList();
        return Answers.Json(new ListReply<TimelineEntry>(written, next, null, next is not null));
    }

    private static object? DataOf(TimelineItem item, StatusTexts words, IEnumerable<TimelineData> tellers, IReadOnlySet<long> open)
    {
        if (item.Model is not JournalItem journal) return tellers.Select(t => t.Of(item)).FirstOrDefault(d => d is not null);
        return new JournalData(journal.Entry.Kind, new(journal.Entry.ActorId, journal.Entry.ActorName))
        {
            From = journal.Move?.From, To = journal.Move?.To, Because = journal.Move is { } move ? words.Because(move.Cause) : null, // The name of a company that the caller cannot open says enough.
            Changes = journal.Changes?.Where(c => c.Field != "companyId" || new[] { c.Old, c.New }.OfType<JsonValue>().All(v => open.Contains(v.GetValue<long>()))).ToList(),
        };
    }
}
