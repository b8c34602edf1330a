using Liaison.Kernel;

namespace Liaison.Access;

/// <summary>The table of contents of the module.</summary>
public sealed class AccessModule : Module
{
    /// <inheritdoc/>
    public override string Name => "access";
}
