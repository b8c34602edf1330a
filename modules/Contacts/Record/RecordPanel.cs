using Liaison.Kernel.Access;
using Liaison.Kernel.Data;

namespace Liaison.Contacts.Record;

/// <summary>Where a panel stands on a contact's page.</summary>
public enum PanelPlace
{
    /// <summary>On top of the timeline.</summary>
    Composer,
    /// <summary>In the middle column, below the timeline's head.</summary>
    Centre,
    /// <summary>On the right: what comes next, what belongs to the contact.</summary>
    Side,
}

/// <summary>Slot: what another module shows on a contact's page.</summary>
public abstract class RecordPanel : IPart
{
    /// <summary>Where it stands.</summary>
    public abstract PanelPlace Place { get; }
    /// <summary>Place among its neighbours, ascending.</summary>
    public virtual int Order => 100;
    /// <summary>Permission needed to see it; null for whoever sees the contact.</summary>
    public virtual string? Permission => null;
    /// <summary>Path of the partial view; its model is what <see cref="LoadAsync"/> gives.</summary>
    public abstract string View { get; }
    /// <summary>
    /// Reads by the contact's id alone, in one round with the contact itself: nobody knows yet whether the viewer sees it, and if not, what was read is thrown away.
    /// What this gives goes to <see cref="LoadAsync"/>.
    /// </summary>
    public virtual Task<object?> ReadAsync(LiaisonDb db, long contactId, CancellationToken cancel) => Task.FromResult<object?>(null);
    /// <summary>What the view shows; null leaves the panel out. The contact comes with its parts; <paramref name="read"/> is what <see cref="ReadAsync"/> gave.</summary>
    public abstract Task<object?> LoadAsync(LiaisonDb db, Contact contact, object? read, CancellationToken cancel);
}
