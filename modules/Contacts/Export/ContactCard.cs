using System.Globalization;
using Liaison.Contacts.Lifecycle;
using Liaison.Contacts.Lists;
using Liaison.Exchange.Reading;
using Liaison.Kernel.Data;

namespace Liaison.Contacts.Export;

/// <summary>A contact as a vCard.</summary>
internal static class ContactCard
{
    public static CardContact Of(ExportPage page, int row, Dictionary<long, string> types, Dictionary<long, string> temperatures, Dictionary<long, string> tags, Dictionary<long, string> users)
    {
        var (contacts, points, addresses) = (page.Contacts, page.Points.Rows, page.Addresses.Rows);
        var isCompany = contacts.Number(row, ContactCells.Kind) == (long)ContactKind.Company;
        var (first, last, company) = (Text(ContactCells.FirstName), Text(ContactCells.LastName), Text(ContactCells.CompanyName));
        if (last.Length == 0 && first.Length == 0 && !isCompany) last = Contact.NameOf(ContactKind.Person, first, last, company, Text(ContactCells.PrimaryEmail), Text(ContactCells.PrimaryPhone));
        return new()
        {
            IsCompany = isCompany, FirstName = first, LastName = last, CompanyName = company,
            JobTitle = Text(ContactCells.JobTitle), Description = Text(ContactCells.Description), Industry = Text(ContactCells.Industry), Currency = Text(ContactCells.Currency),
            Type = types.GetValueOrDefault(contacts.Number(row, ContactCells.Type), ""), Temperature = temperatures.GetValueOrDefault(contacts.Number(row, ContactCells.Temperature), ""),
            Status = ContactFilter.Word((ContactStatus)contacts.Number(row, ContactCells.Status)), Access = ContactFilter.Word((ContactAccess)contacts.Number(row, ContactCells.Access)),
            Responsibles = ContactExport.Names(page.Responsibles, row, users),
            Uid = string.Create(CultureInfo.InvariantCulture, $"{VCardWriter.OwnUid}{contacts.Number(row, ContactCells.Id)}"), Created = At(ContactCells.CreatedAt), Revised = At(ContactCells.UpdatedAt),
            Emails = Values(PointKind.Email), Phones = Values(PointKind.Phone), Websites = Values(PointKind.Website), Socials = Values(PointKind.Social),
            Addresses = [.. Rows(page.Addresses).Select(a => new CardAddress(addresses.Text(a, AddressCells.Category), addresses.Text(a, AddressCells.Street), addresses.Text(a, AddressCells.City),
                addresses.Text(a, AddressCells.State), addresses.Text(a, AddressCells.Zip), addresses.Text(a, AddressCells.Country), addresses.Number(a, AddressCells.IsPrimary) != 0))],
            Tags = ContactExport.Names(page.Tags, row, tags),
        };

        string Text(int cell) => contacts.Text(row, cell);
        DateTimeOffset At(int cell) => new(PlainReading.Moment(contacts.Number(row, cell)), TimeSpan.Zero);
        IEnumerable<int> Rows(PartRows parts) => Enumerable.Range(parts[row].Start, parts[row].End - parts[row].Start);
        IReadOnlyList<CardValue> Values(PointKind kind) =>
            [.. Rows(page.Points).Where(p => points.Number(p, PointCells.Kind) == (long)kind).Select(p => new CardValue(points.Text(p, PointCells.Category), points.Text(p, PointCells.Value), points.Number(p, PointCells.IsPrimary) != 0))];
    }
}
