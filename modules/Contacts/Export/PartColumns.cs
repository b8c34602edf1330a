using System.Globalization;
using System.Text;
using Liaison.Exchange.Reading;
using Liaison.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Export;

/// <summary>The numbered columns of e-mails, phones, websites, socials and addresses: one per category and place, and one that names the main one.</summary>
internal static class PartColumns
{
    // So many at once that neither database has to put groups aside on the disk.
    private const int Range = 20_000;

    /// <summary>
    /// How many of each category the fullest of the contacts has; in ranges of ids, so that parts are met in the order they lie in, told of the parts too, since no
    /// database concludes it. <paramref name="beside"/> gives the same contacts on another connection: where there are many, two ranges are looked at at once.
    /// </summary>
    public static async Task<PartWidths> WidthsAsync(IQueryable<Contact> contacts, Func<Func<IQueryable<Contact>, Task>, Task> beside, bool points, bool addresses, CancellationToken cancel)
    {
        var widths = new PartWidths([], new(StringComparer.Ordinal));
        var last = !points && !addresses ? 0 : await contacts.OrderByDescending(c => c.Id).Select(c => c.Id).FirstOrDefaultAsync(cancel);
        var next = -(long)Range;
        if (last <= Range) await WalkAsync(contacts);
        else await Task.WhenAll(Task.Run(() => WalkAsync(contacts), cancel), Task.Run(() => beside(WalkAsync), cancel));
        return widths;

        async Task WalkAsync(IQueryable<Contact> some)
        {
            for (long from; (from = Interlocked.Add(ref next, Range)) < last;) await AddAsync(widths, some, from, points, addresses, cancel);
        }
    }

    private static async Task AddAsync(PartWidths widths, IQueryable<Contact> contacts, long from, bool points, bool addresses, CancellationToken cancel)
    {
        var to = from + Range;
        var some = contacts.Where(c => c.Id > from && c.Id <= to);
        // Of all kinds at once: it takes a look at every part of every contact.
        var found = !points ? [] : await some.SelectMany(c => c.Points).Where(p => p.ContactId > from && p.ContactId <= to).GroupBy(p => new { p.ContactId, p.Kind, p.Category })
            .Select(g => new { g.Key.Kind, g.Key.Category, Count = g.Count() }).GroupBy(g => new { g.Kind, g.Category })
            .Select(g => new { g.Key.Kind, g.Key.Category, Most = g.Max(x => x.Count) }).ToListAsync(cancel);
        var lying = !addresses ? [] : await some.SelectMany(c => c.Addresses).Where(a => a.ContactId > from && a.ContactId <= to).GroupBy(a => new { a.ContactId, a.Category })
            .Select(g => new { g.Key.Category, Count = g.Count() }).GroupBy(g => g.Category).Select(g => new { Category = g.Key, Most = g.Max(x => x.Count) }).ToListAsync(cancel);
        lock (widths)
        {
            foreach (var m in found) widths.Points[(m.Kind, m.Category)] = Math.Max(m.Most, widths.Points.GetValueOrDefault((m.Kind, m.Category)));
            foreach (var m in lying) widths.Addresses[m.Category] = Math.Max(m.Most, widths.Addresses.GetValueOrDefault(m.Category));
        }
    }

    public static IReadOnlyList<ExportColumn> Of(string group, PartWidths widths)
    {
        if (group == "addresses") return Addresses(widths);
        var (kind, word) = group switch { "emails" => (PointKind.Email, "email"), "phones" => (PointKind.Phone, "phone"), "websites" => (PointKind.Website, "website"), _ => (PointKind.Social, "social") };
        var columns = new List<ExportColumn>();
        foreach (var category in Categories.Of(kind))
        {
            var count = widths.Points.GetValueOrDefault((kind, category));
            var name = Encoding.UTF8.GetBytes(category);
            for (var n = 0; n < count; n++)
            {
                var place = n;
                columns.Add(new(Label($"{word}.{category}", n), (page, row, cells) => AddPart(cells, page.Points, Nth(page.Points, row, (long)kind, name, place), PointCells.Value)));
            }
        }
        if (columns.Count > 1) columns.Add(new(Label($"{word}.primary", 0), (page, row, cells) => AddPart(cells, page.Points, Primary(page.Points, row, (long)kind), PointCells.Value)));
        return columns;
    }

    private static List<ExportColumn> Addresses(PartWidths widths)
    {
        var columns = new List<ExportColumn>();
        foreach (var category in Categories.Address)
        {
            var (count, name) = (widths.Addresses.GetValueOrDefault(category), Encoding.UTF8.GetBytes(category));
            for (var n = 0; n < count; n++)
            {
                foreach (var part in ImportFields.AddressParts)
                {
                    var (place, cell) = (n, part switch { "street" => AddressCells.Street, "city" => AddressCells.City, "state" => AddressCells.State, "zip" => AddressCells.Zip, _ => AddressCells.Country });
                    columns.Add(new(Label($"address.{category}.{part}", n), (page, row, cells) => AddPart(cells, page.Addresses, Nth(page.Addresses, row, null, name, place), cell)));
                }
            }
        }
        if (columns.Count > ImportFields.AddressParts.Count)
            columns.Add(new(Label("address.primary", 0), (page, row, cells) => cells.Add(Primary(page.Addresses, row))));
        return columns;
    }

    private static void AddPart(Utf8Rows cells, PartRows parts, int row, int column)
    {
        if (row < 0) cells.AddNothing();
        else cells.Add(parts.Rows.Utf8(row, column));
    }

    // The row of the nth part of a category, -1 when the contact has fewer; addresses are all of one kind.
    private static int Nth(PartRows parts, int contact, long? kind, ReadOnlySpan<byte> category, int n)
    {
        var (start, end) = parts[contact];
        var column = kind is null ? AddressCells.Category : PointCells.Category;
        for (var row = start; row < end; row++)
            if ((kind is not { } k || parts.Rows.Number(row, PointCells.Kind) == k) && parts.Rows.Utf8(row, column).SequenceEqual(category) && n-- == 0) return row;
        return -1;
    }

    private static int Primary(PartRows points, int contact, long kind)
    {
        var (start, end) = points[contact];
        for (var row = start; row < end; row++)
            if (points.Rows.Number(row, PointCells.Kind) == kind && points.Rows.Number(row, PointCells.IsPrimary) != 0) return row;
        return -1;
    }

    private static string? Primary(PartRows addresses, int contact)
    {
        var (start, end) = addresses[contact];
        for (var row = start; row < end; row++)
        {
            if (addresses.Rows.Number(row, AddressCells.IsPrimary) == 0) continue;
            var (place, category) = (1, addresses.Rows.Text(row, AddressCells.Category));
            for (var before = start; before < row; before++) if (addresses.Rows.Text(before, AddressCells.Category) == category) place++;
            return place == 1 ? category : string.Create(CultureInfo.InvariantCulture, $"{category} {place}");
        }
        return null;
    }

    private static string Label(string key, int n) => ImportFields.Label(n == 0 ? key : string.Create(CultureInfo.InvariantCulture, $"{key}#{n + 1}"), CultureInfo.CurrentUICulture.TwoLetterISOLanguageName);
}

/// <summary>How many e-mails, phones, websites, profiles and addresses of a category the fullest contact of an export has.</summary>
internal sealed record PartWidths(Dictionary<(PointKind Kind, string Category), int> Points, Dictionary<string, int> Addresses);
