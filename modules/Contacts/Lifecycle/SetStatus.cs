using Liaison.Kernel.Data;
using Liaison.Kernel.Journal;
using Liaison.Kernel.Time;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Lifecycle;

/// <summary>Changes a status by hand, with a reason; locks or unlocks the automatic changes.</summary>
public sealed class SetStatus(LiaisonDb db, StatusReplay replay)
{
    /// <summary>
    /// What was recorded before this moment no longer counts; what is recorded for later moments does, unless <paramref name="locked"/>.
    /// </summary>
    /// <returns>The change, or null when the status was that already.</returns>
    public Task<StatusChanged?> RunAsync(long contactId, ContactStatus status, string? reason, bool locked, CancellationToken cancel) =>
        db.InTransactionAsync(async () =>
        {
            var contact = await db.Set<Contact>().SingleAsync(c => c.Id == contactId, cancel);
            var from = contact.Status;
            var cause = new StatusCause("manual", db.ViewerId == 0 ? null : db.ViewerId, string.IsNullOrWhiteSpace(reason) ? null : reason.Trim());
            contact.ManualStatus = status;
            contact.ManualStatusAt = contact.StatusSince = db.Clock.Now();
            contact.ManualCauseJson = contact.StatusCauseJson = cause.ToString();
            contact.Status = status;
            contact.StatusLocked = locked;
            contact.DetailsToCheck = false;
            db.Record("contact.statusChanged", "contact", contactId, new StatusMove(from, status, contact.StatusSince, cause, null), "manual");
            await db.SaveChangesAsync(cancel);
            return from == status ? null : new StatusChanged(contactId, from, status, cause);
        }, cancel);

    /// <summary>Locks the status as it is, or unlocks it: then what was recorded since counts again.</summary>
    public Task<IReadOnlyList<StatusChanged>> LockAsync(long contactId, bool locked, CancellationToken cancel) =>
        db.InTransactionAsync(async () =>
        {
            var contact = await db.Set<Contact>().SingleAsync(c => c.Id == contactId, cancel);
            contact.StatusLocked = locked;
            db.Record(locked ? "contact.statusLocked" : "contact.statusUnlocked", "contact", contactId);
            await db.SaveChangesAsync(cancel);
            return locked ? [] : await replay.RunAsync([contactId], null, cancel);
        }, cancel);
}
