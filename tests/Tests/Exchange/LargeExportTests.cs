using Liaison.Contacts;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Tests.Exchange;

/// <summary>A server with so many contacts that an export reads them in several pages.</summary>
public sealed class ManyContactsServer : LiaisonServer
{
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Assert.Equal(0, await RunAsync("seed", "--contacts", "6000"));
    }
}

/// <summary>Exports that are read in several pages are whole.</summary>
public sealed class LargeExportTests(ManyContactsServer server) : HttpTests<ManyContactsServer>(server)
{
    [Theory]
    [InlineData("csv", ""), InlineData("xlsx", ""), InlineData("vcf", ""), InlineData("vcf3", "")]
    [InlineData("csv", "&status=lead"), InlineData("xlsx", "&status=lead"), InlineData("vcf", "&status=lead")]
    [InlineData("csv", "&kind=person&inactive=1"), InlineData("xlsx", "&kind=person&inactive=1"), InlineData("vcf", "&kind=person&inactive=1")]
    public async Task Each_contact_comes_once_and_in_order(string format, string filter)
    {
        await using var db = Db();
        var all = db.Set<Contact>().IgnoreQueryFilters().Where(c => c.DeletedAt == null);
        if (filter.StartsWith("&status", StringComparison.Ordinal)) all = all.Where(c => c.Status == Liaison.Contacts.Lifecycle.ContactStatus.Lead);
        if (filter.StartsWith("&kind", StringComparison.Ordinal)) all = all.Where(c => c.Kind == ContactKind.Person);
        var expected = await all.OrderByDescending(c => c.Kind).ThenBy(c => c.Id).Select(c => c.Id).ToListAsync();
        Assert.True(expected.Count > 2000, $"{expected.Count} are one page");
        using var api = Api(Cast.Admin);
        Assert.Equal(expected, Ids(format, await api.Http.GetByteArrayAsync($"exports/contacts?format={format}&fields=id,lastName,emails,tags{filter}")));
    }

    private static List<long> Ids(string format, byte[] file)
    {
        var text = System.Text.Encoding.UTF8.GetString(file);
        return format switch
        {
            "xlsx" => WorkbookTests.Read(file)[0].Rows.Skip(1).Select(r => long.Parse(r[0])).ToList(),
            "csv" => text.TrimEnd().Split('\n').Skip(1).Select(line => long.Parse(line[..line.IndexOfAny([',', ';'])].Trim('"'))).ToList(),
            _ => text.Split("\r\n").Where(line => line.StartsWith("UID:", StringComparison.Ordinal)).Select(line => long.Parse(line[(line.LastIndexOf('-') + 1)..])).ToList(),
        };
    }
}
