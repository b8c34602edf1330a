using System.Text.Json.Serialization;
using Liaison.Contacts.Lifecycle;
using Liaison.Contacts.Timeline;
using Liaison.Kernel.Access;
using Liaison.Kernel.Api;
using Liaison.Kernel.Data;
using Liaison.Kernel.Texts;
using Liaison.Kernel.Validation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Api;

/// <summary>A status set by hand.</summary>
public sealed class StatusInput
{
    /// <summary>The new status; as it is when not given.</summary>
    public ContactStatus? Status { get; set; }
    /// <summary>Why.</summary>
    public string? Reason { get; set; }
    /// <summary>
    /// Whether automatic changes are off from now on; unchanged when not given. Unlocked, what was recorded meanwhile counts.
    /// </summary>
    public bool? Locked { get; set; }
}

/// <summary>Where a contact stands, and why.</summary>
public sealed record StatusReply(ContactStatus Status, DateTime Since, string Because, Cause Cause, bool Locked, bool DetailsToCheck)
{
    /// <summary>In replies to writes: what else changed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Effect>? Effects { get; init; }
}

/// <summary>What made a status.</summary>
/// <param name="Type">created, import, manual, activity, response…</param>
/// <param name="Id">Id of that record.</param>
/// <param name="Reason">The reason given by hand.</param>
public sealed record Cause(string Type, long? Id, string? Reason)
{
    /// <summary>The action that it is or that it answers.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? ActivityId { get; init; }
}

/// <summary>What became of a status.</summary>
public enum StatusStep
{
    /// <summary>Another status.</summary>
    Moved = 1,
    /// <summary>The status it was created with, or the same one given by hand.</summary>
    Set = 2,
    /// <summary>No automatic changes from here on.</summary>
    Locked = 3,
    /// <summary>Automatic changes again.</summary>
    Unlocked = 4,
    /// <summary>The same status, which rests on something else now or on the same of another date.</summary>
    Corrected = 5,
}

/// <summary>One step in the history of a status.</summary>
/// <param name="Kind">What became of it.</param>
/// <param name="From">Before; null where it did not move.</param>
/// <param name="To">After; null where it was locked or unlocked.</param>
/// <param name="At">When it was recorded.</param>
/// <param name="Since">When what made it happened.</param>
/// <param name="By">Who recorded it.</param>
/// <param name="Cause">What made it.</param>
/// <param name="Because">The same in words of the caller's language.</param>
/// <param name="Trigger">What made us look again, when it is something else.</param>
public sealed record StatusMoveReply(StatusStep Kind, ContactStatus? From, ContactStatus? To, DateTime At, DateTime? Since, By By, Cause? Cause, string Because, Cause? Trigger);

/// <summary>/api/v1/contacts/{id}/status and status-history</summary>
internal static class StatusApi
{
    private const string Order = "-at";

    public static void Map(RouteGroupBuilder contacts)
    {
        contacts.MapGet("/{id:long}/status", ShowAsync).Permission("contacts.view").Gives<StatusReply>("getStatus");
        contacts.MapPut("/{id:long}/status", SetAsync).Permission("contacts.edit").Permission("contacts.view").Changes<StatusInput, StatusReply>("setStatus").ProducesProblem(409);
        contacts.MapGet("/{id:long}/status-history", HistoryAsync).Permission("contacts.view").Lists<StatusMoveReply>("listStatusHistory").ProducesProblem(404);
        contacts.MapPost("/{id:long}/details-checked", CheckedAsync).Permission("contacts.edit").Permission("contacts.view").Gives<StatusReply>("checkDetails");
    }

    internal static Cause Of(StatusCause cause) => new(cause.Type, cause.Type == "response" ? cause.ResponseId : cause.Id, cause.Type == "manual" ? cause.Details : null) { ActivityId = cause.ActivityId };

    private static async Task<IResult> ShowAsync(HttpContext http, long id, LiaisonDb db, StatusTexts words, CancellationToken cancel) =>
        await db.Contacts().FirstOrDefaultAsync(c => c.Id == id, cancel) is { } contact ? Answers.Versioned(http, Write(contact, words, null), contact.Version) : Answers.Missing(http);

    private static StatusReply Write(Contact contact, StatusTexts words, IReadOnlyList<Effect>? effects)
    {
        var cause = StatusCause.Parse(contact.StatusCauseJson);
        return new(contact.Status, contact.StatusSince, words.Because(cause), Of(cause), contact.StatusLocked, contact.DetailsToCheck) { Effects = effects };
    }

    private static async Task<IResult> SetAsync(HttpContext http, long id, LiaisonDb db, SetStatus set, StatusTexts words, CancellationToken cancel)
    {
        var input = await ApiJson.ReadAsync<StatusInput>(http.Request, cancel);
        var problems = new Problems();
        input.Reason = ContactInput.Clean(input.Reason);
        if (input is { Status: null, Locked: null }) problems.Add(nameof(input.Status), "api.error.required");
        if (input.Status == ContactStatus.None) problems.Add(nameof(input.Status), "api.error.badValue", "status");
        if (input.Reason?.Length > 1000) problems.Add(nameof(input.Reason), "contacts.error.tooLong", 1000);
        if (problems.Any) return Answers.Invalid(http, problems);
        return await db.AgainAsync(async () =>
        {
            var contact = await db.Contacts().Include(c => c.Responsibles).FirstOrDefaultAsync(c => c.Id == id, cancel);
            if (contact is null) return Answers.Missing(http);
            if (!db.MayEdit(contact)) return Answers.Forbidden(http);
            if (!Answers.Matches(http, contact.Version)) return Answers.Stale(http);
            if (contact.Status == ContactStatus.None) return Answers.Conflict(http, "status.none.byHand", contact.Name);
            var changes = await set.ChangeAsync(id, new(input.Status, input.Reason, input.Locked), cancel);
            var now = await db.Contacts().FirstAsync(c => c.Id == id, cancel);
            return Answers.Versioned(http, Write(now, words, Effect.Of(words, changes!)), now.Version);
        });
    }

    private static Task<IResult> CheckedAsync(HttpContext http, long id, LiaisonDb db, SetStatus set, StatusTexts words, CancellationToken cancel) => db.AgainAsync(async () =>
    {
        var contact = await db.Contacts().Include(c => c.Responsibles).FirstOrDefaultAsync(c => c.Id == id, cancel);
        if (contact is null) return Answers.Missing(http);
        if (!db.MayEdit(contact)) return Answers.Forbidden(http);
        await set.DetailsCheckedAsync(id, cancel);
        return await ShowAsync(http, id, db, words, cancel);
    });

    private static async Task<IResult> HistoryAsync(HttpContext http, long id, LiaisonDb db, StatusTexts words, Localizer texts, CancellationToken cancel)
    {
        var limit = Answers.Limit(http);
        if (!await db.Contacts().AnyAsync(c => c.Id == id, cancel)) return Answers.Missing(http);
        var moves = JournalTimeline.OfStatus(db, id);
        var count = await moves.Take(CappedCount.Limit + 1).CountAsync(cancel);
        if (Answers.Place(http, Order) is { } place)
        {
            var (at, last) = (place.Moment ?? throw new BadFieldException("cursor", "api.error.cursor"), place.Id);
            moves = moves.Where(j => j.At <= at && (j.At < at || j.Id < last));
        }
        var rows = await moves.OrderByDescending(j => j.At).ThenByDescending(j => j.Id).Take(limit + 1).ToListAsync(cancel);
        var next = rows.Count > limit ? Answers.After(http, Order, Cursor.KeyOf(rows[limit - 1].At), rows[limit - 1].Id) : null;
        return Answers.List(rows.Take(limit).Select(j => Write(JournalTimeline.Read(j), words, texts)).ToList(), next, CappedCount.Of(count));
    }

    private static StatusMoveReply Write(JournalItem item, StatusTexts words, Localizer texts)
    {
        var (entry, by) = (item.Entry, new By(item.Entry.ActorId, item.Entry.ActorName));
        if (item.Move is not { } move)
            return new(entry.Kind == "contact.statusUnlocked" ? StatusStep.Unlocked : StatusStep.Locked, null, null, entry.At, null, by, null, JournalWords.Tell(entry, texts), null);
        var moved = move.From is not null && move.From != move.To;
        return new(entry.Kind == JournalTimeline.Corrected ? StatusStep.Corrected : moved ? StatusStep.Moved : StatusStep.Set, moved ? move.From : null, move.To, entry.At, move.Since, by, Of(move.Cause), words.Because(move.Cause), move.Trigger is null ? null : Of(move.Trigger));
    }
}
