namespace Liaison.Contacts.Record;

/// <summary>Slot: a tab of a contact's page with its own address below /contacts/{id}/.</summary>
/// <param name="Text">Key of its text.</param>
/// <param name="Path">What follows /contacts/{id}/; empty for the first.</param>
/// <param name="Order">Place among its neighbours, ascending.</param>
/// <param name="Permission">Permission needed to see it, or null.</param>
public sealed record RecordTab(string Text, string Path, int Order, string? Permission = null) : Kernel.Access.IPart;
