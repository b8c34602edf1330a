using Liaison.Kernel.Access;
using Liaison.Kernel.Data;

namespace Liaison.Contacts.Export;

/// <summary>A contact of an export, as far as columns of modules below need it.</summary>
public readonly record struct ExportedContact(long Id, long? LastActivityId, DateTime? NextReminderAt);

/// <summary>Slot: columns that a module below adds to the export of contacts (the last action).</summary>
public abstract class ContactExportColumns : IPart
{
    /// <summary>Permission needed to be given it, or null.</summary>
    public virtual string? Permission => null;
    /// <summary>Keys and headings, in order; the headings in the current language.</summary>
    public abstract IReadOnlyList<(string Key, string Label)> Columns { get; }
    /// <summary>Adds a row with the texts of these columns for each of the contacts, in their order.</summary>
    public abstract Task AddAsync(LiaisonDb db, IReadOnlyList<ExportedContact> contacts, Utf8Rows rows, CancellationToken cancel);
}

/// <summary>The contacts of one page of an export with everything that hangs on them.</summary>
internal sealed class ExportPage(IReadOnlyList<ContactExportColumns> more)
{
    public Utf8Rows Contacts { get; } = new(ContactCells.Count);
    public PartRows Points { get; } = new(PointCells.Count);
    public PartRows Addresses { get; } = new(AddressCells.Count);
    public PartRows Tags { get; } = new(2);
    public PartRows Responsibles { get; } = new(2);
    public IReadOnlyList<Utf8Rows> More { get; } = [.. more.Select(m => new Utf8Rows(m.Columns.Count))];
}

/// <summary>Parts of the contacts of a page, sorted by contact, whose id is their first cell.</summary>
internal sealed class PartRows(int columns)
{
    private (int Start, int End)[] _places = [];

    public Utf8Rows Rows { get; } = new(columns);

    /// <summary>From and up to which row the parts of a contact of the page are, in their order.</summary>
    public (int Start, int End) this[int contact] => _places[contact];

    /// <summary>Finds the parts of each contact; both are sorted by id.</summary>
    public void Match(Utf8Rows contacts)
    {
        if (_places.Length < contacts.Count) _places = new (int, int)[contacts.Count];
        for (int i = 0, at = 0; i < contacts.Count; i++)
        {
            var id = contacts.Number(i, ContactCells.Id);
            while (at < Rows.Count && Rows.Number(at, 0) < id) at++;
            var start = at;
            while (at < Rows.Count && Rows.Number(at, 0) == id) at++;
            _places[i] = (start, at);
        }
    }
}

/// <summary>Places of what is read of a contact.</summary>
internal static class ContactCells
{
    public const int Id = 0, Kind = 1, FirstName = 2, LastName = 3, JobTitle = 4, CompanyName = 5, Industry = 6, Description = 7, Type = 8, Temperature = 9, Currency = 10, Access = 11,
        Status = 12, StatusSince = 13, StatusCause = 14, LastActivity = 15, NextReminder = 16, PrimaryEmail = 17, PrimaryPhone = 18, CreatedAt = 19, UpdatedAt = 20, Parts = 21, Count = 22;
}

/// <summary>Places of what is read of an e-mail, phone, website or profile.</summary>
internal static class PointCells
{
    public const int Kind = 1, Category = 2, Value = 3, IsPrimary = 4, Count = 5;
}

/// <summary>Places of what is read of an address.</summary>
internal static class AddressCells
{
    public const int Category = 1, Street = 2, City = 3, State = 4, Zip = 5, Country = 6, IsPrimary = 7, Count = 8;
}
