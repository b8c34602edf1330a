using Liaison.Kernel;

namespace Liaison.Activities;

/// <summary>The table of contents of the module.</summary>
public sealed class ActivitiesModule : Module
{
    /// <inheritdoc/>
    public override string Name => "activities";
}
