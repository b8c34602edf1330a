using Liaison.Kernel.Data;

namespace Liaison.Contacts.Export;

/// <summary>Slot: columns that a module below adds to the export of contacts (the last action).</summary>
public abstract class ContactExportColumns
{
    /// <summary>Keys and headings, in order; the headings in the current language.</summary>
    public abstract IReadOnlyList<(string Key, string Label)> Columns { get; }
    /// <summary>The values of these columns for the contacts, by contact id; one query.</summary>
    public abstract Task<IReadOnlyDictionary<long, string?[]>> LoadAsync(LiaisonDb db, IReadOnlyList<Contact> contacts, CancellationToken cancel);
}

/// <summary>The contacts of one page of an export with everything that hangs on them.</summary>
internal sealed class ExportPage
{
    public required List<Contact> Contacts { get; init; }
    public required ILookup<long, ContactPoint> Points { get; init; }
    public required ILookup<long, ContactAddress> Addresses { get; init; }
    public required ILookup<long, string> Tags { get; init; }
    public required ILookup<long, string> Responsibles { get; init; }
    public required IReadOnlyList<IReadOnlyDictionary<long, string?[]>> More { get; init; }
}
