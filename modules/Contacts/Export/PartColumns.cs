using System.Globalization;
using Liaison.Exchange.Reading;
using Liaison.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Export;

/// <summary>The numbered columns of e-mails, phones, websites, socials and addresses: one per category and place, and one that names the main one.</summary>
internal static class PartColumns
{
    public static async Task<IReadOnlyList<ExportColumn>> OfAsync(string group, LiaisonDb db, IQueryable<Contact> contacts, CancellationToken cancel)
    {
        if (group == "addresses") return await AddressesAsync(db, contacts, cancel);
        var (kind, word) = group switch { "emails" => (PointKind.Email, "email"), "phones" => (PointKind.Phone, "phone"), "websites" => (PointKind.Website, "website"), _ => (PointKind.Social, "social") };
        var most = await contacts.SelectMany(c => c.Points).Where(p => p.Kind == kind).GroupBy(p => new { p.ContactId, p.Category })
            .Select(g => new { g.Key.Category, Count = g.Count() }).GroupBy(g => g.Category).Select(g => new { Category = g.Key, Most = g.Max(x => x.Count) }).ToListAsync(cancel);
        var columns = new List<ExportColumn>();
        foreach (var category in Categories.Of(kind))
        {
            var count = most.Find(m => m.Category == category)?.Most ?? 0;
            for (var n = 0; n < count; n++)
            {
                var place = n;
                columns.Add(new(Label($"{word}.{category}", n), c => Nth(c.Page.Points[c.Contact.Id], kind, category, place)?.Value));
            }
        }
        if (columns.Count > 1) columns.Add(new(Label($"{word}.primary", 0), c => Primary(c.Page.Points[c.Contact.Id], kind)));
        return columns;
    }

    private static async Task<IReadOnlyList<ExportColumn>> AddressesAsync(LiaisonDb db, IQueryable<Contact> contacts, CancellationToken cancel)
    {
        _ = db;
        var most = await contacts.SelectMany(c => c.Addresses).GroupBy(a => new { a.ContactId, a.Category })
            .Select(g => new { g.Key.Category, Count = g.Count() }).GroupBy(g => g.Category).Select(g => new { Category = g.Key, Most = g.Max(x => x.Count) }).ToListAsync(cancel);
        var columns = new List<ExportColumn>();
        foreach (var category in Categories.Address)
        {
            var count = most.Find(m => m.Category == category)?.Most ?? 0;
            for (var n = 0; n < count; n++)
            {
                foreach (var part in ImportFields.AddressParts)
                {
                    var (place, name) = (n, part);
                    columns.Add(new(Label($"address.{category}.{part}", n), c => Part(Nth(c.Page.Addresses[c.Contact.Id], category, place), name)));
                }
            }
        }
        if (columns.Count > ImportFields.AddressParts.Count)
            columns.Add(new(Label("address.primary", 0), c => Primary(c.Page.Addresses[c.Contact.Id])));
        return columns;
    }

    private static string? Part(ContactAddress? address, string part) => address is null ? null : part switch
    {
        "street" => address.Street, "city" => address.City, "state" => address.State, "zip" => address.Zip, _ => address.Country,
    };

    private static ContactPoint? Nth(ReadOnlySpan<ContactPoint> points, PointKind kind, string category, int n)
    {
        foreach (var point in points) if (point.Kind == kind && point.Category == category && n-- == 0) return point;
        return null;
    }

    private static ContactAddress? Nth(ReadOnlySpan<ContactAddress> addresses, string category, int n)
    {
        foreach (var address in addresses) if (address.Category == category && n-- == 0) return address;
        return null;
    }

    private static string? Primary(ReadOnlySpan<ContactPoint> points, PointKind kind)
    {
        foreach (var point in points) if (point.Kind == kind && point.IsPrimary) return point.Value;
        return null;
    }

    private static string? Primary(ReadOnlySpan<ContactAddress> addresses)
    {
        foreach (var address in addresses) if (address.IsPrimary) return address.Category;
        return null;
    }

    private static string Label(string key, int n) => ImportFields.Label(n == 0 ? key : string.Create(CultureInfo.InvariantCulture, $"{key}#{n + 1}"), CultureInfo.CurrentUICulture.TwoLetterISOLanguageName);
}
