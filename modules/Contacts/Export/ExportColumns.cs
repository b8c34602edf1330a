using Liaison.Kernel.Access;
using Liaison.Kernel.Data;

namespace Liaison.Contacts.Export;

/// <summary>Slot: columns that a module below adds to the export of contacts (the last action).</summary>
public abstract class ContactExportColumns : IPart
{
    /// <summary>Permission needed to be given it, or null.</summary>
    public virtual string? Permission => null;
    /// <summary>Keys and headings, in order; the headings in the current language.</summary>
    public abstract IReadOnlyList<(string Key, string Label)> Columns { get; }
    /// <summary>The values of these columns for the contacts, by contact id; one query.</summary>
    public abstract Task<IReadOnlyDictionary<long, string?[]>> LoadAsync(LiaisonDb db, IReadOnlyList<Contact> contacts, CancellationToken cancel);
}

/// <summary>The contacts of one page of an export with everything that hangs on them.</summary>
internal sealed class ExportPage
{
    public required List<Contact> Contacts { get; init; }
    public required PartsOf<ContactPoint> Points { get; init; }
    public required PartsOf<ContactAddress> Addresses { get; init; }
    public required PartsOf<string> Tags { get; init; }
    public required PartsOf<string> Responsibles { get; init; }
    public required IReadOnlyList<IReadOnlyDictionary<long, string?[]>> More { get; init; }
}

/// <summary>The parts of many contacts in one array, sorted by contact.</summary>
internal sealed class PartsOf<T>
{
    private readonly T[] _all;
    private readonly Dictionary<long, (int Start, int Count)> _places;

    /// <summary>Takes parts that come sorted by the contact they belong to.</summary>
    public PartsOf(IReadOnlyList<(long Contact, T Part)> sorted, int contacts)
    {
        _all = new T[sorted.Count];
        _places = new(contacts);
        for (int i = 0, start = 0; i < _all.Length; i++)
        {
            _all[i] = sorted[i].Part;
            if (i + 1 < _all.Length && sorted[i + 1].Contact == sorted[i].Contact) continue;
            _places[sorted[i].Contact] = (start, i + 1 - start);
            start = i + 1;
        }
    }

    /// <summary>The parts of a contact, in their order.</summary>
    public ReadOnlySpan<T> this[long contact] => _places.TryGetValue(contact, out var place) ? _all.AsSpan(place.Start, place.Count) : [];
}
