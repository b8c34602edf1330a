using Liaison.Kernel;

namespace Liaison.Contacts;

/// <summary>The table of contents of the module.</summary>
public sealed class ContactsModule : Module
{
    /// <inheritdoc/>
    public override string Name => "contacts";
}
