using Liaison.Activities.Api;
using Liaison.Activities.Search;
using Liaison.Contacts;
using Liaison.Contacts.Lifecycle;
using Liaison.Kernel.Data;
using Liaison.Kernel.Journal;
using Liaison.Kernel.Time;
using Liaison.Kernel.Validation;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Activities;

/// <summary>What a write did: the record, the problems that prevented it, and the statuses that moved because of it.</summary>
public sealed record Recorded<T>(T? Record, Problems Problems, IReadOnlyList<StatusChanged> Effects) where T : class;

/// <summary>
/// Records, changes, deletes and restores actions and responses; each time the contact is held first, its journal tells what changed, and its status is computed
/// anew, all in one transaction.
/// </summary>
public sealed class RecordActivity(LiaisonDb db, StatusReplay replay)
{
    /// <summary>Records an action (<paramref name="existing"/> null) or changes one. The contact must be visible and editable to the viewer: see <see cref="MayRecordAsync"/>.</summary>
    public async Task<Recorded<Activity>> RunAsync(Activity? existing, ActivityInput input, CancellationToken cancel)
    {
        var now = db.Clock.Now();
        var types = await db.Set<ActivityType>().AsNoTracking().ToDictionaryAsync(t => t.Key, cancel);
        var problems = input.Validate(types, now, existing);
        if (existing is null && input.Type is not null && types.TryGetValue(input.Type, out var chosen) && chosen.Hidden) problems.Add(nameof(input.Type), "activities.error.typeHidden", input.Type);
        if (problems.Any) return new(null, problems, []);
        return await db.InTransactionAsync(async () =>
        {
            var activity = existing ?? new Activity { ContactId = input.ContactId };
            await db.HoldAsync([activity.ContactId], cancel);
            var before = existing is null ? null : ActivityInput.Of(existing, types.Values.Single(t => t.Id == existing.TypeId).Key);
            input.ApplyTo(activity, types[input.Type!].Id, now);
            if (before is null) activity.SearchText = ActivitySearch.TextOf(activity, (await FoundBy.ListAsync(db, activity.ContactId, cancel))[0], []);
            else if (activity.SearchText.Length > 0) activity.SearchText = ActivitySearch.TextOf(activity, activity.SearchText, await Answers.ListAsync(db, activity.Id, cancel));
            if (before is null) db.Add(activity);
            else if (ActivityChanges.Between(before, ActivityInput.Of(activity, input.Type!)) is { Count: > 0 } changes) Tell("activity.edited", activity, changes);
            await db.SaveChangesAsync(cancel);
            return new Recorded<Activity>(activity, problems, await AfterAsync(activity.ContactId, before is null ? null : new StatusCause("activityEdited", activity.Id), cancel));
        }, cancel);
    }

    /// <summary>Deletes an action, to be restored by <see cref="RestoreAsync"/>.</summary>
    public Task<IReadOnlyList<StatusChanged>> DeleteAsync(Activity activity, CancellationToken cancel) => SetDeletedAsync(activity, true, cancel);

    /// <summary>Takes the deletion of an action back.</summary>
    public Task<IReadOnlyList<StatusChanged>> RestoreAsync(Activity activity, CancellationToken cancel) => SetDeletedAsync(activity, false, cancel);

    /// <summary>Adds a response to an action (<paramref name="existing"/> null) or changes one.</summary>
    public async Task<Recorded<Response>> RespondAsync(Activity activity, Response? existing, string? text, DateTime? occurredAt, CancellationToken cancel)
    {
        var now = db.Clock.Now();
        var problems = new Problems();
        text = string.IsNullOrWhiteSpace(text) ? null : text.ReplaceLineEndings("\n").Replace("\0", "", StringComparison.Ordinal).Trim();
        if (text is null) problems.Add("Text", "activities.error.noResponse");
        else if (text.Length > 65_000) problems.Add("Text", "activities.error.tooLong", 65_000);
        if (occurredAt is null && existing is not null) problems.Add("OccurredAt", "activities.error.noDate");
        if (occurredAt > now.AddMinutes(5)) problems.Add("OccurredAt", "activities.error.future");
        if (occurredAt is { Year: < 1900 }) problems.Add("OccurredAt", "activities.error.tooOld");
        if (problems.Any) return new(null, problems, []);
        return await db.InTransactionAsync(async () =>
        {
            await db.HoldAsync([activity.ContactId], cancel);
            var response = existing ?? new Response { ActivityId = activity.Id, ContactId = activity.ContactId };
            var before = existing is null ? null : ResponseInput.Of(existing);
            response.Text = text!;
            response.OccurredAt = ActivityInput.Past(occurredAt, now, response.OccurredAt);
            if (before is null) db.Add(response);
            else if (ActivityChanges.Between(before, ResponseInput.Of(response)) is { Count: > 0 } changes) Tell("response.edited", response, changes);
            await db.SaveChangesAsync(cancel);
            await RenewAsync(response.ActivityId, cancel);
            return new Recorded<Response>(response, problems, await AfterAsync(activity.ContactId, before is null ? null : new StatusCause("responseEdited", response.Id), cancel));
        }, cancel);
    }

    /// <summary>Deletes or restores a response.</summary>
    public Task<IReadOnlyList<StatusChanged>> SetDeletedAsync(Response response, bool deleted, CancellationToken cancel) => db.InTransactionAsync(async () =>
    {
        await db.HoldAsync([response.ContactId], cancel);
        response.DeletedAt = deleted ? db.Clock.Now() : null;
        var told = ResponseInput.Of(response);
        Tell(deleted ? "response.deleted" : "response.restored", response, ActivityChanges.Between(deleted ? told : null, deleted ? null : told));
        await db.SaveChangesAsync(cancel);
        await RenewAsync(response.ActivityId, cancel);
        return await AfterAsync(response.ContactId, new StatusCause(deleted ? "responseDeleted" : "responseRestored", response.Id), cancel);
    }, cancel);

    /// <summary>Whether the viewer may record actions with this contact: whoever may change it.</summary>
    public Task<bool> MayRecordAsync(long contactId, CancellationToken cancel) =>
        db.Contacts().Where(c => c.Id == contactId).Editable(db).AnyAsync(cancel);

    private Task<IReadOnlyList<StatusChanged>> SetDeletedAsync(Activity activity, bool deleted, CancellationToken cancel) => db.InTransactionAsync(async () =>
    {
        await db.HoldAsync([activity.ContactId], cancel);
        activity.DeletedAt = deleted ? db.Clock.Now() : null;
        var told = ActivityInput.Of(activity, await db.Set<ActivityType>().Where(t => t.Id == activity.TypeId).Select(t => t.Key).SingleAsync(cancel));
        Tell(deleted ? "activity.deleted" : "activity.restored", activity, ActivityChanges.Between(deleted ? told : null, deleted ? null : told));
        await db.SaveChangesAsync(cancel);
        return await AfterAsync(activity.ContactId, new StatusCause(deleted ? "activityDeleted" : "activityRestored", activity.Id), cancel);
    }, cancel);

    private static readonly FixedQuery<long, string> FoundBy = new((db, contact) => db.Set<Contact>().Where(c => c.Id == contact).Select(c => c.SearchText));

    private static readonly FixedQuery<long, string> Answers = new((db, activity) => db.Set<Response>().Where(r => r.ActivityId == activity).OrderBy(r => r.OccurredAt).ThenBy(r => r.Id).Select(r => r.Text));

    // An action is found by its responses too; one that cannot be found yet gets them in the background.
    private async Task RenewAsync(long activityId, CancellationToken cancel)
    {
        var one = db.Set<Activity>().IgnoreQueryFilters().Where(a => a.Id == activityId);
        if (await one.AsNoTracking().SingleAsync(cancel) is not { SearchText.Length: > 0 } activity) return;
        var text = ActivitySearch.TextOf(activity, activity.SearchText, await Answers.ListAsync(db, activityId, cancel));
        await one.ExecuteUpdateAsync(s => s.SetProperty(a => a.SearchText, text), cancel);
    }

    private void Tell(string kind, Activity activity, List<FieldChange> changes) => db.Record(kind, "contact", activity.ContactId, changes, "activity", activity.Id);

    private void Tell(string kind, Response response, List<FieldChange> changes) => db.Record(kind, "contact", response.ContactId, changes, "response", response.Id);

    private async Task<IReadOnlyList<StatusChanged>> AfterAsync(long contactId, StatusCause? trigger, CancellationToken cancel)
    {
        var last = await db.Set<Activity>().IgnoreQueryFilters().Where(a => a.ContactId == contactId && a.DeletedAt == null)
            .OrderByDescending(a => a.OccurredAt).ThenByDescending(a => a.Id).Select(a => new { a.Id, a.OccurredAt, a.TypeId, a.Direction, a.Outcome }).FirstOrDefaultAsync(cancel);
        var (at, id, mark) = last is null ? (Moments.Never, (long?)null, (string?)null) : (last.OccurredAt, last.Id, new ActionMark(last.TypeId, last.Direction, last.Outcome).ToString());
        await db.Set<Contact>().IgnoreQueryFilters().Where(c => c.Id == contactId)
            .ExecuteUpdateAsync(s => s.SetProperty(c => c.LastActivityAt, at).SetProperty(c => c.LastActivityId, id).SetProperty(c => c.LastActivityMark, mark), cancel);
        return await replay.RunAsync([contactId], trigger, cancel);
    }
}
