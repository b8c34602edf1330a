using Liaison.Exchange.Reading;
using Xunit;

namespace Liaison.Tests.Exchange;

/// <summary>The contact files of other programs come out as a careful person would type them, with no option given.</summary>
public class ReadingSampleFilesTests
{
    internal static readonly (string File, int Records, Action<List<ImportedContact>> Check)[] Files =
    [
        ("google-contacts.csv", 1, c =>
        {
            Named(c[0], "Firstname Middle", "Lastname", "company");
            Assert.Equal("jobtitle", c[0].JobTitle);
            Assert.Equal("note\"note", c[0].Description);
            Assert.Equal(["home home@aaa.pl *", "work work@email.pl", "other unknown@email.com", "other other@email.com"], Show(c[0].Emails));
            Assert.Equal(["other pager *", "work mainphone", "home homephone", "fax homefax", "mobile mobile", "work workphone", "fax workfax"], Show(c[0].Phones));
            Assert.Equal(["test.com", "home.page.com"], c[0].Websites.Select(w => w.Value));
            Assert.Equal(["Test"], c[0].Tags);
            Address(c[0].Addresses[0], "home", "home_street\nhome_pobox", "home_zip", "home_city", "home_state", "home_country");
            Address(c[0].Addresses[1], "work", "work_street", "work_zip", "work_city", "", "work_country");
        }),
        ("outlook-de-windows1252.csv", 2, c =>
        {
            Named(c[0], "Christian", "Baumann", "unittest");
            Assert.Equal("Vertrieb", c[0].JobTitle);
            Assert.Equal("", c[0].Description);
            Assert.Equal(["work +49 (0) 40 6432131-550 *"], Show(c[0].Phones));
            Address(c[0].Addresses[0], "work", "Pickhuben 2", "20457", "Hamburg", "", "Deutschland");
            Named(c[1], "Cornelius", "Weiß", "unittest");
            Assert.Equal(["work 040 6432131545 *", "home 040 6432131545", "mobile 0176 164321545"], Show(c[1].Phones));
            Assert.Equal(["work c.weiss@unittest.de *"], Show(c[1].Emails));
            Assert.Empty(c[1].Addresses);
        }),
        ("thunderbird-utf16le.csv", 1, c =>
        {
            Named(c[0], "John", "Doe", "");
            Assert.Equal(["work johndoe@host.invalid *"], Show(c[0].Emails));
        }),
        ("export-fr-latin1-semicolon.csv", 1, c =>
        {
            Named(c[0], "abcàâäéèêë", "îôöùûüabç", "Money?$£");
            Assert.Equal(["work nom.prenom+testCSV@toto.co *"], Show(c[0].Emails));
        }),
        ("clients-fr-semicolon.csv", 94, c =>
        {
            Named(c[0], "Maria", "Anders", "Alfreds Futterkiste");
            Assert.Equal("Représentant(e)", c[0].JobTitle);
            Assert.Equal(["work 030-0074321 *", "fax 030-0076545"], Show(c[0].Phones));
            Address(c[0].Addresses[0], "work", "Obere Str. 57", "12209", "Berlin", "", "Allemagne");
            Assert.Equal("05021", c[1].Addresses[0].Zip);
            var holdings = c.Single(x => x.CompanyName == "Consolidated Holdings");
            Assert.Equal("Berkeley Gardens\n12  Brewery", holdings.Addresses[0].Street);
            Assert.Contains(c, x => x is { FirstName: "José Pedro", LastName: "Freyre" });
            Assert.Contains(c, x => x is { FirstName: "Isabel", LastName: "de Castro" });
            Assert.Contains(c, x => x is { FirstName: "Miguel Angel", LastName: "Paolino" });
            Assert.All(c, x => Assert.Empty(x.Emails));
        }),
        ("odoo-partners-de.csv", 10, c =>
        {
            Assert.Equal(8, c.Count(x => x.Kind == "company"));
            Assert.Equal("Steiner Mechanik AG", c[0].CompanyName);
            Address(c[0].Addresses[0], "work", "Hübelstrasse 24", "6383", "Dallenwil", "", "Schweiz");
            Named(c[3], "Anita", "Inglin", "");
            Named(c.Single(x => x.LastName == "Kopp"), "Werner", "Kopp", "Oberflächentechnik GmbH");
            Assert.All(c, x => Assert.Equal(["work kurt.gisler@mint-system.ch *"], Show(x.Emails)));
        }),
        ("hubspot-contacts.csv", 950, c =>
        {
            Named(c[0], "Francisco", "Small", "");
            Assert.Equal(["work anna72@example.net *"], Show(c[0].Emails));
            Assert.Equal(["work 416-810-9897x752 *", "mobile (376)694-9481x10051"], Show(c[0].Phones));
            Assert.Equal("Scientist, clinical (histocompatibility and immunogenetics)", c[2].JobTitle);
            Address(c[0].Addresses[0], "work", "64642 Brianna Forges", "06652", "Kevinborough", "GU", "Ghana");
            Assert.All(c, x => Assert.Equal("", x.Responsible));
            Assert.All(c, x => Assert.Single(x.Emails));
        }),
        ("datablist-customers-10000.csv", 10_000, c =>
        {
            Named(c[1], "Kristina", "Ferrell", "Horn, Shepard and Watson");
            Assert.Equal(["work 932-062-1802 *", "other (209)172-7124x3651"], Show(c[1].Phones));
            Assert.Equal("https://tyler-pugh.info/", c[1].Websites[0].Value);
            Address(c[1].Addresses[0], "work", "", "", "Aaronville", "", "Andorra");
            Assert.Equal(10_000, c.Select(x => x.Emails[0].Value).Distinct().Count());
            Assert.Equal(10_001, c[^1].Number);
        }),
        ("mac-addressbook-de-tab.csv", 1, c =>
        {
            Named(c[0], "Max", "Mustermann", "Musterfirma");
            Assert.Equal(["work max@muster.de *"], Show(c[0].Emails));
            Assert.Equal(["work 04012345 *"], Show(c[0].Phones));
            Assert.Equal("www.muster.de", c[0].Websites[0].Value);
            Address(c[0].Addresses[0], "work", "Musterstraße 1", "22767", "Hamburg", "", "DE");
        }),
        ("customers-pipe.csv", 500, c =>
        {
            Assert.Equal("Customer_1", c[0].LastName);
            Assert.Equal(["work customer1@example.com *"], Show(c[0].Emails));
            Assert.Equal("UK", c[0].Addresses[0].Country);
        }),
        ("kivitendo-customers.csv", 6, c =>
        {
            Named(c[0], "Wolfgang", "Berger", "");
            Named(c[3], "", "Schutheiss", "");
            Named(c[4], "Bruno", "Röhr", "Gartencenter Röhr & Vater");
            Assert.Equal(["work adr1l@googlemail.com *", "work adr2l@googlemail.com", "work adr3l@googlemail.com", "work jr@schwimmbad-und-mehr.de"], Show(c[4].Emails));
            Assert.Equal(["work 123 2323883 *", "fax 123 92319", "mobile 0172 6508462"], Show(c[4].Phones));
            Assert.Equal(["Straßbough", "Straßback"], c.Where(x => x.LastName == "Nitsch").Select(x => x.Addresses[0].City));
        }),
        ("northwind-clients-bom-dirty.csv", 91, c =>
        {
            Named(c[0], "Maria", "Anders", "Alfreds Futterkiste");
            Assert.Equal(["work (5) 555-3932' *"], Show(c[2].Phones));
            Assert.Contains(c, x => x.CompanyName == "Bon app''");
            Assert.All(c, x => Assert.Empty(x.Addresses));
            Assert.Equal("Sales Representative", c[0].JobTitle);
        }),
        ("uk-excerpt-cr-only.csv", 2, c =>
        {
            Named(c[0], "Aleshia", "Tomkiewicz", "Alan D Rosenburg Cpa Pc");
            Address(c[0].Addresses[0], "work", "14 Taylor St", "CT2 7PP", "St. Stephens Ward", "Kent", "");
            Assert.Equal(["work 01937-864715 *", "other 01714-737668"], Show(c[1].Phones));
        }),
        ("prestashop-suppliers-stray-quotes.csv", 3, c =>
        {
            Assert.Equal(["Applestore", "Shure Online Store", "Nippon Electronic Import"], c.Select(x => x.CompanyName));
            Assert.All(c, x => Assert.Equal("company", x.Kind));
            Assert.StartsWith("<p>The Apple Store is", c[0].Description, StringComparison.Ordinal);
            Assert.All(c, x => Assert.Empty(x.Websites));
        }),
        ("vcard21-outlook2003-quoted-printable.vcf", 1, c =>
        {
            Named(c[0], "John", "Doe", "Company, The");
            Assert.Equal("The Job Title", c[0].JobTitle);
            Assert.Equal("This is the note field!!\r\nSecond line\r\n\r\nThird line is empty", c[0].Description);
            Assert.Equal(["other jdoe@hotmail.com *"], Show(c[0].Emails));
            Assert.Equal(["work BusinessPhone *", "home HomePhone", "mobile MobilePhone", "fax BusinessFaxPhone"], Show(c[0].Phones));
            Address(c[0].Addresses[0], "work", "123 Main St\nTheOffice", "12345", "Austin", "TX", "United States of America");
            Assert.Equal("http://web-page-address.com", c[0].Websites[0].Value);
        }),
        ("vcard21-windows1252.vcf", 1, c =>
        {
            Named(c[0], "John", "Doë", "roundcube.net");
            Assert.Equal(["work inbox@roundcube.net", "home roundcube@gmail.com *"], Show(c[0].Emails));
            Assert.Equal(["work +123456789 *", "mobile +987654321"], Show(c[0].Phones));
            Address(c[0].Addresses[0], "work", "The street", "5555", "Hometown", "", "Cayman Islands");
        }),
        ("vcard30-gmail-list.vcf", 3, c =>
        {
            Named(c[1], "Chris", "Beatle", "");
            Assert.Equal(["other dwhite@gmail.com *"], Show(c[2].Emails));
        }),
        ("vcard40-full.vcf", 1, c =>
        {
            Named(c[0], "FirstName MiddleName", "LastName", "Organization1");
            Assert.Equal("Title1", c[0].JobTitle);
            Assert.Equal(9, c[0].Phones.Count);
            Assert.Equal(5, c[0].Emails.Count);
            Assert.Equal(["home", "work", "other", "other"], c[0].Addresses.Select(a => a.Category));
            Assert.Equal("CustomCountry", c[0].Addresses[3].Country);
            Assert.Equal("Notes line 1\nNotes line 2", c[0].Description);
            Assert.Equal(["Tag"], c[0].Tags);
            Assert.Contains(c[0].Socials, s => s is { Category: "skype", Value: "skype" });
        }),
    ];

    [Fact]
    public void Every_sample_file_reads_right_without_an_option()
    {
        // Away from the sample folder, the fixtures of the other tests cover the same kinds.
        if (ReadingFiles.SampleFolder() is not { } folder) return;
        foreach (var (file, records, check) in Files)
        {
            var contacts = ReadingFiles.FromFile(Path.Combine(folder, file));
            Assert.True(records == contacts.Count, $"{file}: {contacts.Count} records");
            Assert.True(!contacts.Exists(c => c.Problems.Count > 0), $"{file}: {contacts.SelectMany(c => c.Problems).FirstOrDefault()}");
            check(contacts);
        }
    }

    private static void Named(ImportedContact contact, string first, string last, string company) =>
        Assert.Equal((first, last, company), (contact.FirstName, contact.LastName, contact.CompanyName));

    private static void Address(ImportedAddress a, string category, string street, string zip, string city, string state, string country) =>
        Assert.Equal((category, street, zip, city, state, country), (a.Category, a.Street, a.Zip, a.City, a.State, a.Country));

    private static IEnumerable<string> Show(IEnumerable<ImportedValue> values) => values.Select(v => $"{v.Category} {v.Value}{(v.Primary ? " *" : "")}");
}
