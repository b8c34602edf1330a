using System.Text;
using Liaison.Contacts;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Tests.Exchange;

/// <summary>Files of other programs, imported without an option.</summary>
public sealed class ImportReadingTests(LiaisonServer server) : HttpTests(server)
{
    [Theory]
    [InlineData("utf-8", "Nom;Prénom;Société;Type;E-mail\nDupont;Jean;Acme;Professionnel;jean@acme.fr\n", "Person|Jean|Dupont|Acme|jean@acme.fr||")]
    [InlineData("utf-8", "Export du;22/11/2026\nNom;Prénom;E-mail\nRoux;Anna;anna@x.fr\n\nGénéré par : Marie\n", "Person|Anna|Roux||anna@x.fr||")]
    [InlineData("windows-1252", "NOM;PRÉNOM;VILLE;E-MAIL\nCAMÕES;LUÍS;SACRÉ-CŒUR;luis@x.pt\n", "Person|LUÍS|CAMÕES||luis@x.pt||SACRÉ-CŒUR")]
    [InlineData("windows-1250", "Jméno;Příjmení;E-mail;Telefon;Město\nJiří;Dvořák;jiri@x.cz;+420 601 234 567;Plzeň\n", "Person|Jiří|Dvořák||jiri@x.cz|+420 601 234 567|Plzeň")]
    [InlineData("utf-16LE", "Nombre,Apellidos,Empresa,Correo electrónico,Teléfono móvil,Ciudad\nAna,García,Acme,ana@x.es,600 123 456,León\n", "Person|Ana|García|Acme|ana@x.es|600 123 456|León")]
    [InlineData("utf-8", "kind,firstName,lastName,companyName,jobTitle,email\nperson,,,Acme,,nobody@acme.fr\n", "Person|||Acme|nobody@acme.fr||")]
    [InlineData("utf-8", "Nom;Prénom;Fournisseur;Société;Téléphone\nPetit;Luc;Oui;-;-\n", "Person|Luc|Petit||||")]
    [InlineData("utf-8", "Notes:\n\"When exporting your connection data, you may notice that some of the email addresses are missing.\"\n\nFirst Name,Last Name,URL,Email Address,Company,Position,Connected On\nAda,Byron,https://www.linkedin.com/in/ada,ada@x.org,Engines Ltd,Engineer,12 Mar 2021\n", "Person|Ada|Byron|Engines Ltd|ada@x.org||")]
    [InlineData("utf-8", "First Name,Last Name,Display Name,Primary Email,Organization\nMaria,Rossi,Mary R.,maria@x.it,\n", "Person|Maria|Rossi||maria@x.it||")]
    [InlineData("utf-8", "Full name,First name,Last name,E-mail\nBobby Tables,Robert,Tables-Smith,bob@x.org\n", "Person|Robert|Tables-Smith||bob@x.org||")]
    [InlineData("utf-8", "user_login,user_email,display_name,first_name,last_name\nann,ann@x.org,Acme Ltd,Ann,Roe\n", "Person|Ann|Roe||ann@x.org||")]
    [InlineData("utf-8", "name,cp_givenname,cp_name,cp_email\nBaumschule Roe & Sohn,Ann,Roe,ann@x.org\n", "Person|Ann|Roe|Baumschule Roe & Sohn|ann@x.org||")]
    [InlineData("utf-8", "Name,Contact First Name,Contact Last Name,Email\nNorthwind,Ann,Roe,ann@x.org\n", "Person|Ann|Roe|Northwind|ann@x.org||")]
    [InlineData("utf-8", "Name,Contact First Name,Contact Last Name,Email\nAnn Roe,Ann,Roe,ann@x.org\n", "Person|Ann|Roe||ann@x.org||")]
    [InlineData("utf-8", "Last Name,Business Fax,Home Fax,Mobile Phone,Business Phone\nRoe,0111111111,0122222222,0612345678,0133333333\n", "Person||Roe|||0612345678|")]
    [InlineData("utf-8", "Last Name,Business Fax\nRoe,0111111111\n", "Person||Roe|||0111111111|")]
    [InlineData("utf-8", "BEGIN:VCARD\nVERSION:3.0\nN:Roe;Ann\nTEL;TYPE=FAX,pref:0111111111\nTEL;TYPE=CELL:0612345678\nEND:VCARD\n", "Person|Ann|Roe|||0612345678|")]
    [InlineData("utf-8", "Nom;Prénom;Téléphone;Code postal;Ville\nRoe;=\"Ann\";=\"0612345678\";\"=\"\"01000\"\"\";Bourg\n", "Person|Ann|Roe|||0612345678|Bourg")]
    [InlineData("iso-8859-2", "Last name,E-mail\nŽižka,jan@x.cz\n", "Person||Žižka||jan@x.cz||")]
    [InlineData("windows-1250", "Last name,E-mail\nŽižka,jan@x.cz\n", "Person||Žižka||jan@x.cz||")]
    [InlineData("utf-8", "First name,Last name,E-mail,Manager email,Spouse's email,Emergency contact phone\nAnn,Roe,ann@x.org,boss@x.org,home@x.org,0612345678\n", "Person|Ann|Roe||ann@x.org||")]
    [InlineData("utf-8", "\"Nom;\"\"Prénom\"\";E-mail\"\r\n\"Dupont;\"\"Jean\"\";jean@wrapped.fr\"\r\n", "Person|Jean|Dupont||jean@wrapped.fr||")]
    [InlineData("utf-8", "\"Nom,Prénom,Société,E-mail\";;;\r\n\"Dupont,Jean,\"\"Acme, \"\"\"\"SA\"\"\"\"\"\",jean@wrapped2.fr\";;;\r\n", "Person|Jean|Dupont|Acme, \"SA\"|jean@wrapped2.fr||")]
    [InlineData("utf-8", "\"Nom\"\r\n\"Dupont, Jean\"\r\n", "Person|Jean|Dupont||||")]
    [InlineData("utf-8", "\"Nom\",\"Société\",\"Ville\",\"E-mail\"\n\"Dupont\",\"Tom \\\"The Cat\\\", Ltd\",\"C:\\\",\"tom@escaped.fr\"\n", "Person||Dupont|Tom \"The Cat\", Ltd|tom@escaped.fr||C:\\")]
    [InlineData("utf-8", "\"Nom\",\"Société\",\"Ville\",\"E-mail\"\n\"Dupont\",\"\\\"Le Chat\\\"\",\"C:\\\\\",\"tom@escaped2.fr\"\n", "Person||Dupont|\"Le Chat\"|tom@escaped2.fr||C:\\")]
    [InlineData("utf-8", "\"Nom\",\"Société\",\"Ville\",\"E-mail\"\n\"Dupont\",\"A\\B\",\"C:\\\",\"tom@plain.fr\"\n", "Person||Dupont|A\\B|tom@plain.fr||C:\\")]
    [InlineData("utf-8", "Nom;Prénom;E-mail\r\nRoux;Anna;anna@dos.fr\r\n\u001A", "Person|Anna|Roux||anna@dos.fr||")]
    [InlineData("windows-1252", "Nom;Prénom;E-mail\r\nRoux;Anna;anna@dos2.fr\u001A\u001A", "Person|Anna|Roux||anna@dos2.fr||")]
    public async Task A_file_becomes_the_contacts_it_means(string encoding, string text, string expected)
    {
        using var api = Api(Cast.Anna);
        var import = await api.ImportAsync("contacts.csv", CodePagesEncodingProvider.Instance.GetEncoding(encoding)?.GetBytes(text) ?? Encoding.GetEncoding(encoding).GetBytes(text), ("duplicates", "create"));
        Assert.Equal((1, 0, 0, 0), import.Counts());
        await using var db = Db();
        var id = import.Id;
        var found = await db.Contacts().Where(c => c.ImportId == id && (c.FirstName != "" || c.LastName != "" || c.PrimaryEmail != "")).ToListAsync();
        if (expected.Split('|')[3].Length == 0) Assert.Equal(0, import["companies"].GetInt64());
        Assert.Equal([expected], found.Select(c => $"{c.Kind}|{c.FirstName}|{c.LastName}|{c.CompanyName}|{c.PrimaryEmail}|{c.PrimaryPhone}|{c.City}"));
    }

    [Theory]
    [InlineData("customer", "subscriber", "")]
    [InlineData("Editor", "Editor in chief", "Editor")]
    public async Task What_an_account_may_do_is_no_job(string one, string other, string expected)
    {
        using var api = Api(Cast.Anna);
        var import = await api.ImportAsync("users.csv", $"user_email,last_name,role\n{other.Length}@roles.org,Second,{other}\n{one.Length}{one}@roles.org,First,{one}\n", ("duplicates", "create"));
        Assert.Equal((2, 0, 0, 0), import.Counts());
        await using var db = Db();
        var id = import.Id;
        Assert.Equal(expected, (await db.Contacts().SingleAsync(c => c.ImportId == id && c.LastName == "First")).JobTitle);
    }

    [Fact]
    public async Task How_quotes_are_written_is_seen_in_the_whole_file()
    {
        using var api = Api(Cast.Anna);
        var rows = string.Concat(Enumerable.Range(0, 100).Select(i => $"\"Far{i}\",\"Lyon\",\"{new string('x', 6000)}\"\n"));
        var import = await api.ImportAsync("far.csv", "\"Nom\",\"Ville\",\"Description\"\n" + rows + "\"Farthest\",\"Lyon\",\"The \\\"End\\\", and more\"\n", ("duplicates", "create"));
        Assert.Equal((101, 0, 0, 0), import.Counts());
        await using var db = Db();
        var id = import.Id;
        Assert.Equal("The \"End\", and more", (await db.Contacts().SingleAsync(c => c.ImportId == id && c.LastName == "Farthest")).Description);
    }

    [Fact]
    public async Task A_file_of_one_separator_line_is_empty()
    {
        using var api = Api(Cast.Anna);
        var reply = await api.UploadAsync("empty.csv", "sep=;");
        Assert.Contains("empty", reply.Expect(422).Body, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_bad_byte_refuses_one_row_also_once_another_delimiter_was_chosen()
    {
        using var api = Api(Cast.Anna);
        var upload = (await api.UploadAsync("bad.csv", [.. "Nom,Prénom\nDupré,Ann\nLeg"u8, 0xE8, .. "re,Bob\n"u8])).Expect(201);
        (await api.PutAsync($"imports/{upload.Id}/mapping", new { delimiter = ";" })).ExpectSuccess();
        (await api.PutAsync($"imports/{upload.Id}/mapping", new { delimiter = "," })).ExpectSuccess();
        (await api.PostAsync($"imports/{upload.Id}/run")).ExpectSuccess();
        Assert.Equal((1, 0, 0, 1), (await api.SettledAsync(upload.Id)).Counts());
        Assert.Contains("Leg\uFFFDre", (await api.GetAsync($"imports/{upload.Id}/errors")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_row_in_which_the_table_begins_can_be_chosen()
    {
        using var api = Api(Cast.Anna);
        var upload = (await api.UploadAsync("below.csv", "Secteur;Ville;Note;Lieu\nNord;Lille;A;Grand Place\nNom;Prénom;E-mail;Ville\nRoux;Anna;anna@below.example;Nice\n")).Expect(201);
        Assert.Equal(1, upload["shape"].GetProperty("headerRow").GetInt32());
        var again = (await api.PutAsync($"imports/{upload.Id}/mapping", new { headerRow = 3 })).ExpectSuccess();
        Assert.Equal((3, 1L), (again["shape"].GetProperty("headerRow").GetInt32(), again["rows"].GetInt64()));
        Assert.Contains("preamble", again.Body, StringComparison.OrdinalIgnoreCase);
        (await api.PutAsync($"imports/{upload.Id}/mapping", new { headerRow = 0 })).Expect(422);
        foreach (var column in new[] { "{}", """{"column":0}""", """{"target":"lastName"}""" })
            (await api.PutAsync($"imports/{upload.Id}/mapping", $$"""{"mapping":[{{column}}]}""")).ExpectProblem(400, "mapping[0]");
        (await api.PostAsync($"imports/{upload.Id}/run")).ExpectSuccess();
        Assert.Equal((1, 0, 0, 0), (await api.SettledAsync(upload.Id)).Counts());
        Assert.Equal("Anna Roux", (await api.GetAsync($"imports/{upload.Id}/rows"))["items"][0].GetProperty("name").GetString());
    }

    [Fact]
    public async Task Liaisons_own_cards_come_back_whole()
    {
        using var api = Api(Cast.Anna);
        var created = (await api.PostAsync("contacts", new
        {
            firstName = "Ann", lastName = "Carte", type = "client", temperature = "hot", currency = "CHF", industry = "Bois", phones = new[] { new { value = "01 02 03 04 05", category = "direct" } },
            addresses = new[] { new { category = "billing", city = "Lyon" } },
        })).Expect(201);
        var cards = await api.Http.GetByteArrayAsync($"exports/contacts?ids={created.Id}&format=vcf");
        var import = await api.ImportAsync("cards.vcf", cards, ("duplicates", "create"));
        Assert.Equal((1, 0, 0, 0), import.Counts());
        await using var db = Db();
        var id = import.Id;
        var copy = await db.Contacts().SingleAsync(c => c.ImportId == id);
        var source = await db.Contacts().SingleAsync(c => c.Id == created.Id);
        Assert.Equal((source.TypeId, source.TemperatureId, source.Currency, source.Industry), (copy.TypeId, copy.TemperatureId, copy.Currency, copy.Industry));
        Assert.Equal("direct", (await db.Set<ContactPoint>().SingleAsync(p => p.ContactId == copy.Id)).Category);
    }
}
