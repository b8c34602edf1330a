using System.Globalization;
using Liaison.Exchange.Reading;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Export;

/// <summary>The numbered columns of e-mails, phones, websites, socials and addresses: one per category and place, and one that names the main one.</summary>
internal static class PartColumns
{
    /// <summary>How many of each category the fullest of the contacts has.</summary>
    public static async Task<PartWidths> WidthsAsync(IQueryable<Contact> contacts, bool points, bool addresses, CancellationToken cancel)
    {
        // Of all kinds at once: it takes a look at every part of every contact.
        var most = !points ? [] : await contacts.SelectMany(c => c.Points).GroupBy(p => new { p.ContactId, p.Kind, p.Category })
            .Select(g => new { g.Key.Kind, g.Key.Category, Count = g.Count() }).GroupBy(g => new { g.Kind, g.Category })
            .Select(g => new { g.Key.Kind, g.Key.Category, Most = g.Max(x => x.Count) }).ToListAsync(cancel);
        var places = !addresses ? [] : await contacts.SelectMany(c => c.Addresses).GroupBy(a => new { a.ContactId, a.Category })
            .Select(g => new { g.Key.Category, Count = g.Count() }).GroupBy(g => g.Category).Select(g => new { Category = g.Key, Most = g.Max(x => x.Count) }).ToListAsync(cancel);
        return new(most.ToDictionary(m => (m.Kind, m.Category), m => m.Most), places.ToDictionary(p => p.Category, p => p.Most, StringComparer.Ordinal));
    }

    public static IReadOnlyList<ExportColumn> Of(string group, PartWidths widths)
    {
        if (group == "addresses") return Addresses(widths);
        var (kind, word) = group switch { "emails" => (PointKind.Email, "email"), "phones" => (PointKind.Phone, "phone"), "websites" => (PointKind.Website, "website"), _ => (PointKind.Social, "social") };
        var columns = new List<ExportColumn>();
        foreach (var category in Categories.Of(kind))
        {
            var count = widths.Points.GetValueOrDefault((kind, category));
            for (var n = 0; n < count; n++)
            {
                var place = n;
                columns.Add(new(Label($"{word}.{category}", n), c => Nth(c.Page.Points[c.Contact.Id], kind, category, place)?.Value));
            }
        }
        if (columns.Count > 1) columns.Add(new(Label($"{word}.primary", 0), c => Primary(c.Page.Points[c.Contact.Id], kind)));
        return columns;
    }

    private static List<ExportColumn> Addresses(PartWidths widths)
    {
        var columns = new List<ExportColumn>();
        foreach (var category in Categories.Address)
        {
            var count = widths.Addresses.GetValueOrDefault(category);
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
        for (var i = 0; i < addresses.Length; i++)
        {
            if (!addresses[i].IsPrimary) continue;
            var place = 1;
            for (var before = 0; before < i; before++) if (addresses[before].Category == addresses[i].Category) place++;
            return place == 1 ? addresses[i].Category : string.Create(CultureInfo.InvariantCulture, $"{addresses[i].Category} {place}");
        }
        return null;
    }

    private static string Label(string key, int n) => ImportFields.Label(n == 0 ? key : string.Create(CultureInfo.InvariantCulture, $"{key}#{n + 1}"), CultureInfo.CurrentUICulture.TwoLetterISOLanguageName);
}

/// <summary>How many e-mails, phones, websites, profiles and addresses of a category the fullest contact of an export has.</summary>
internal sealed record PartWidths(IReadOnlyDictionary<(PointKind Kind, string Category), int> Points, IReadOnlyDictionary<string, int> Addresses);
