using System.IO.Compression;
using System.Text;
using System.Xml.Linq;
using Liaison.Exchange;
using Liaison.Exchange.Exports;
using Liaison.Kernel.Data;
using Liaison.Kernel.Texts;
using Microsoft.Extensions.DependencyInjection;

namespace Liaison.Tests.Exchange;

/// <summary>Exports as workbooks.</summary>
public sealed class WorkbookTests(LiaisonServer server) : HttpTests(server)
{
    [Fact]
    public async Task A_workbook_holds_the_same_cells_as_text()
    {
        var sheets = await ExportAsync(new { firstName = "A&B <x>", lastName = "=Classeur _x0041_" }, "firstName,lastName");
        Assert.Equal([["Prénom", "Nom"], ["A&B <x>", "=Classeur _x005F_x0041_"]], Assert.Single(sheets).Rows);
    }

    [Fact]
    public async Task What_a_cell_cannot_hold_is_told_in_a_last_sheet()
    {
        var emoji = string.Concat(Enumerable.Repeat("😀", 20_000));
        var sheets = await ExportAsync(new { lastName = "Lo\uFFFFng", description = "x" + emoji }, "lastName,description");
        Assert.Equal(["Liaison", "Remarques"], sheets.Select(s => s.Name));
        Assert.Equal(["Long", "x" + emoji[..32_766]], sheets[0].Rows[1]);
        Assert.Equal(["Liaison!A2", "Liaison!B2"], sheets[1].Rows.Skip(1).Select(r => r[0]));
        Assert.Equal(["Nom", "Description"], sheets[1].Rows.Skip(1).Select(r => r[1]));
        Assert.Contains("32\u202F767", sheets[1].Rows[2][2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_that_a_sheet_cannot_hold_go_on_in_the_next()
    {
        async IAsyncEnumerable<Utf8Rows> PagesAsync()
        {
            var rows = new Utf8Rows(1);
            foreach (var page in Enumerable.Range(1, 7).Chunk(3))
            {
                await Task.Yield();
                rows.Clear();
                foreach (var n in page) rows.Add($"row {n}");
                yield return rows;
            }
        }
        using var stream = new MemoryStream();
        await using var scope = Server.Services.CreateAsyncScope();
        await new XlsxWriter(scope.ServiceProvider.GetRequiredService<Localizer>()).WriteAsync(stream, new OpenExport(["Name"], PagesAsync()), TestContext.Current.CancellationToken, mostRows: 4);
        var sheets = Read(stream.ToArray());
        Assert.Equal(["Liaison", "Liaison 2", "Liaison 3"], sheets.Select(s => s.Name));
        Assert.All(sheets, s => Assert.Equal("Name", s.Rows[0][0]));
        Assert.Equal(Enumerable.Range(1, 7).Select(n => $"row {n}"), sheets.SelectMany(s => s.Rows.Skip(1)).Select(r => r[0]));
    }

    private async Task<List<(string Name, List<string[]> Rows)>> ExportAsync(object contact, string fields)
    {
        using var api = Api(Cast.Anna).In("fr");
        var id = (await api.PostAsync("contacts", contact)).Expect(201).Id;
        return Read(await api.Http.GetByteArrayAsync($"exports/contacts?ids={id}&format=xlsx&fields={fields}"));
    }

    // Every part must be well-formed, and every sheet named and typed.
    internal static List<(string Name, List<string[]> Rows)> Read(byte[] bytes)
    {
        using var zip = new ZipArchive(new MemoryStream(bytes));
        var parts = zip.Entries.ToDictionary(e => e.FullName, e => { using var part = e.Open(); return XDocument.Load(part); }, StringComparer.Ordinal);
        var targets = parts["xl/_rels/workbook.xml.rels"].Root!.Elements().ToDictionary(r => r.Attribute("Id")!.Value, r => "xl/" + r.Attribute("Target")!.Value, StringComparer.Ordinal);
        XNamespace relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        var sheets = parts["xl/workbook.xml"].Descendants().Where(e => e.Name.LocalName == "sheet").ToList();
        Assert.Equal(parts.Count - 4, sheets.Count);
        return [.. sheets.Select(s => (s.Attribute("name")!.Value, parts[targets[s.Attribute(relations + "id")!.Value]].Descendants().Where(e => e.Name.LocalName == "row")
            .Select(r => r.Elements().Select(c => c.Value).ToArray()).ToList()))];
    }
}
