using Liaison.Kernel.Access;
using Liaison.Kernel.Data;

namespace Liaison.Kernel.Ui;

/// <summary>Where a panel stands on the home page.</summary>
public enum HomePlace
{
    /// <summary>Across the top: figures.</summary>
    Top,
    /// <summary>The wide column: what is to do.</summary>
    Main,
    /// <summary>The narrow column.</summary>
    Side,
}

/// <summary>Slot: what a module shows on the home page.</summary>
public abstract class HomePanel : IPart
{
    /// <summary>Where it stands.</summary>
    public abstract HomePlace Place { get; }
    /// <summary>Place among its neighbours, ascending.</summary>
    public virtual int Order => 100;
    /// <summary>Permission needed to see it, or null.</summary>
    public virtual string? Permission => null;
    /// <summary>Path of the partial view; its model is what <see cref="LoadAsync"/> gives.</summary>
    public abstract string View { get; }
    /// <summary>What the view shows; null leaves the panel out.</summary>
    public abstract Task<object?> LoadAsync(LiaisonDb db, CancellationToken cancel);
}
