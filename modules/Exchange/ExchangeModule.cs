using Liaison.Kernel;

namespace Liaison.Exchange;

/// <summary>The table of contents of the module.</summary>
public sealed class ExchangeModule : Module
{
    /// <inheritdoc/>
    public override string Name => "exchange";
}
