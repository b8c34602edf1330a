using Liaison.Kernel.Data;
using Liaison.Kernel.Journal;
using Liaison.Kernel.Time;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Lifecycle;

/// <summary>Gives a contact a status that does not follow from what was recorded.</summary>
public sealed class StatusByHand(LiaisonDb db)
{
    /// <summary>
    /// What was recorded before this moment no longer counts; what is recorded for later moments does, unless <paramref name="locked"/>.
    /// </summary>
    /// <returns>The change, or null when the status was that already or the contact has none.</returns>
    public Task<StatusChanged?> RunAsync(long contactId, ContactStatus status, string? reason, bool locked, CancellationToken cancel) =>
        db.InTransactionAsync(async () =>
        {
            await db.HoldAsync([contactId], cancel);
            var contact = await db.Set<Contact>().SingleAsync(c => c.Id == contactId, cancel);
            var from = contact.Status;
            if (from == ContactStatus.None) return null;
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
}
