using Liaison.Kernel.Data;
using Liaison.Kernel.Journal;
using Liaison.Kernel.Time;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Lifecycle;

/// <summary>What somebody wants of a status.</summary>
/// <param name="Status">The status; as it is when null.</param>
/// <param name="Reason">Why.</param>
/// <param name="Locked">Whether automatic changes are off from now on; as it is when null.</param>
/// <param name="Shown">The <see cref="SetStatus.Stamp"/> of what they were shown; not compared when null.</param>
public sealed record StatusWish(ContactStatus? Status, string? Reason, bool? Locked, string? Shown = null);

/// <summary>Changes a status by hand, with a reason; locks or unlocks the automatic changes.</summary>
public sealed class SetStatus(LiaisonDb db, StatusByHand byHand, StatusReplay replay)
{
    /// <summary>What a form shows of a status: another one means that it moved since.</summary>
    public static string Stamp(Contact contact) => FormattableString.Invariant($"{contact.Status}.{contact.StatusSince.Ticks}.{contact.StatusLocked}");

    /// <summary>
    /// Does what is wanted: another status or a reason for this one is a change by hand; locking and unlocking alone are none, so that what was recorded
    /// while it was locked counts afterwards.
    /// </summary>
    /// <returns>What moved, with those who became clients because of it; null when the status is no longer the one that was shown.</returns>
    public Task<IReadOnlyList<StatusChanged>?> ChangeAsync(long contactId, StatusWish wish, CancellationToken cancel) =>
        db.InTransactionAsync<IReadOnlyList<StatusChanged>?>(async () =>
        {
            await db.HoldAsync([contactId], cancel);
            var contact = await db.Set<Contact>().SingleAsync(c => c.Id == contactId, cancel);
            var (status, locked) = (wish.Status ?? contact.Status, wish.Locked ?? contact.StatusLocked);
            var reason = string.IsNullOrWhiteSpace(wish.Reason) ? null : wish.Reason.Trim();
            // Sent twice, the second finds it done already.
            if (wish.Shown is not null && wish.Shown != Stamp(contact)) return (status, locked) == (contact.Status, contact.StatusLocked) && IsSaid(reason, contact) ? [] : null;
            var unlocks = contact.StatusLocked && !locked;
            if (status != contact.Status || (reason is not null && !unlocks))
            {
                var change = await byHand.RunAsync(contactId, status, reason, locked, cancel);
                // One that is no longer locked may be of a type without a status.
                var after = unlocks ? await replay.RunAsync([contactId], null, cancel) : [];
                return change is null ? after : [change, .. after];
            }
            return locked == contact.StatusLocked ? [] : await LockAsync(contactId, locked, cancel, reason);
        }, cancel);

    private bool IsSaid(string? reason, Contact contact) => reason is null || contact.StatusCauseJson == new StatusCause("manual", db.ViewerId, reason).ToString();

    /// <summary>Somebody looked at the contact details: the flag goes, and what was recorded until now raises it no more.</summary>
    public Task DetailsCheckedAsync(long contactId, CancellationToken cancel) => db.InTransactionAsync(async () =>
    {
        await db.HoldAsync([contactId], cancel);
        var contact = await db.Set<Contact>().SingleAsync(c => c.Id == contactId, cancel);
        if (!contact.DetailsToCheck) return;
        contact.DetailsToCheck = false;
        contact.DetailsCheckedAt = db.Clock.Now();
        db.Record("contact.detailsChecked", "contact", contactId);
        await db.SaveChangesAsync(cancel);
    }, cancel);

    /// <summary>Locks the status as it is, or unlocks it: then what was recorded since counts again.</summary>
    public Task<IReadOnlyList<StatusChanged>> LockAsync(long contactId, bool locked, CancellationToken cancel, string? reason = null) =>
        db.InTransactionAsync(async () =>
        {
            await db.HoldAsync([contactId], cancel);
            var contact = await db.Set<Contact>().SingleAsync(c => c.Id == contactId, cancel);
            if (contact.StatusLocked == locked || contact.Status == ContactStatus.None) return [];
            contact.StatusLocked = locked;
            db.Record(locked ? "contact.statusLocked" : "contact.statusUnlocked", "contact", contactId, reason is null ? null : new { text = reason });
            await db.SaveChangesAsync(cancel);
            return locked ? [] : await replay.RunAsync([contactId], null, cancel);
        }, cancel);
}
