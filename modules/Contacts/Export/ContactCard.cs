using System.Globalization;
using Liaison.Exchange.Reading;

namespace Liaison.Contacts.Export;

/// <summary>A contact as a vCard.</summary>
internal static class ContactCard
{
    public static CardContact Of(Contact contact, ExportPage page, Dictionary<long, string> types, Dictionary<long, string> temperatures)
    {
        IReadOnlyList<CardValue> Values(PointKind kind) => [.. page.Points[contact.Id].ToArray().Where(p => p.Kind == kind).Select(p => new CardValue(p.Category, p.Value, p.IsPrimary))];
        return new()
        {
            IsCompany = contact.Kind == ContactKind.Company, FirstName = contact.FirstName, LastName = contact.LastName.Length == 0 && contact.FirstName.Length == 0 && contact.Kind == ContactKind.Person ? contact.Name : contact.LastName,
            CompanyName = contact.CompanyName, JobTitle = contact.JobTitle, Description = contact.Description,
            Industry = contact.Industry, Currency = contact.Currency ?? "", Type = types.GetValueOrDefault(contact.TypeId ?? 0, ""), Temperature = temperatures.GetValueOrDefault(contact.TemperatureId ?? 0, ""),
            Uid = string.Create(CultureInfo.InvariantCulture, $"liaison-contact-{contact.Id}"), Revised = new DateTimeOffset(contact.UpdatedAt, TimeSpan.Zero),
            Emails = Values(PointKind.Email), Phones = Values(PointKind.Phone), Websites = Values(PointKind.Website), Socials = Values(PointKind.Social),
            Addresses = [.. page.Addresses[contact.Id].ToArray().Select(a => new CardAddress(a.Category, a.Street, a.City, a.State, a.Zip, a.Country, a.IsPrimary))],
            Tags = [.. page.Tags[contact.Id]],
        };
    }
}
