using Liaison.Kernel.Texts;
using Liaison.Exchange.Reading;
using Xunit;

namespace Liaison.Tests.Exchange;

public class ReadingContactTests
{
    [Fact]
    public void A_name_makes_a_person_a_company_alone_a_company_and_an_email_alone_is_enough()
    {
        var c = ReadingFiles.Contacts("First Name,Last Name,Company,Email,Phone,City\nAnn,,Acme,,,\n,,Acme,a@x.org,,\n,,,b@x.org,,\n,,,,0612345678,\n,,,,,Rome\n");
        Assert.Equal(["person", "company", "person", "person"], c.Take(4).Select(x => x.Kind));
        Assert.Equal(("b@x.org", "0612345678"), (c[2].LastName, c[3].LastName));
        Assert.Equal((RowProblemCodes.NoName, true), (Assert.Single(c[4].Problems).Code, c[4].Refused));
    }

    [Fact]
    public void One_bad_email_refuses_its_row_with_the_text_as_it_stands()
    {
        var c = ReadingFiles.Contacts("Name,Email\nAnn Lee,a@x.org;  b@x\nBob Moss,\"b@x.org, c@x.org d@x.org\"\nCid Roe,n/a\nDan Poe,\"Dan <d@x.org>, mailto:e@x.org\"\nEve Fox,eve@x.org\n");
        Assert.Equal(new RowProblem("email.work", "b@x", RowProblemCodes.EmailInvalid), Assert.Single(c[0].Problems));
        Assert.Equal(["b@x.org", "c@x.org", "d@x.org"], c[1].Emails.Select(e => e.Value));
        Assert.Equal((RowProblemCodes.Placeholder, false), (Assert.Single(c[2].Problems).Code, c[2].Refused));
        Assert.False(c[3].Refused);
    }

    [Fact]
    public void Phones_are_kept_as_typed_and_never_refuse()
    {
        string[] phones = ["06 12 34 56 78", "0033612345678", "+33 (0)6 12 34 56 78", "1.2E+11", "3,36123E+10", "ask Ann"];
        var c = ReadingFiles.Contacts("Nom;Prénom;Portable\n" + string.Concat(phones.Select((p, i) => $"N{i};P;{p}\n")) + "N;P;0611 ::: 0622\n");
        Assert.Equal(phones, c.Take(6).Select(x => x.Phones[0].Value));
        Assert.All(c, x => Assert.False(x.Refused));
        Assert.Equal([3, 4], Enumerable.Range(0, 6).Where(i => c[i].Problems.Exists(p => p.Code == RowProblemCodes.PhoneDamaged)));
        Assert.Equal(["0611", "0622"], c[6].Phones.Select(p => p.Value));
    }

    [Theory]
    [InlineData("06 12 34 56 78 / 01 23 45 67 89", "06 12 34 56 78", "01 23 45 67 89")]
    [InlineData("0612345678,0123456789", "0612345678", "0123456789")]
    [InlineData("06.12.34.56.78 ou +33 1 23 45 67 89", "06.12.34.56.78", "+33 1 23 45 67 89")]
    [InlineData("0171 2345678 | 030 12345678 | 030 12345679", "0171 2345678", "030 12345678", "030 12345679")]
    [InlineData("030/12345678", "030/12345678")]
    [InlineData("01 23 45 67 89 / 90", "01 23 45 67 89 / 90")]
    [InlineData("+49 (0)221 123-4567, 12", "+49 (0)221 123-4567, 12")]
    [InlineData("(555) 010-9999, ext. 12345678", "(555) 010-9999, ext. 12345678")]
    public void Several_numbers_in_a_cell_are_several_phones(string cell, params string[] phones) =>
        Assert.Equal(phones, ReadingFiles.Contacts($"Nom;Prénom;Portable\nN;P;{cell}\n")[0].Phones.Select(p => p.Value));

    [Theory]
    [InlineData("Emails / Primary Email,Emails / Additional Emails\na@x.org,\"[\"\"b@x.org\"\",\"\"c@x.org\"\"]\"\n", "a@x.org b@x.org c@x.org")]
    [InlineData("Email\n\"['a@x.org', 'b@x.org']\"\n", "a@x.org b@x.org")]
    [InlineData("Email\n\"{a@x.org,b@x.org}\"\n", "a@x.org b@x.org")]
    [InlineData("Email\n[]\n", "")]
    public void Lists_that_databases_write_into_a_cell_are_taken_apart(string file, string expected)
    {
        var c = ReadingFiles.Contacts("Name," + file.Replace("\n", "\nAnn Roe,", StringComparison.Ordinal))[0];
        Assert.Equal((expected, false), (string.Join(' ', c.Emails.Select(e => e.Value)), c.Refused));
    }

    [Theory]
    [InlineData("Adresse;Ville\nPariser Platz 5;10117 Berlin\n", "Pariser Platz 5|10117|Berlin|")]
    [InlineData("Adresse;Code pays;Pays\n1 rue A;FR;France\n", "1 rue A|||France")]
    [InlineData("Adresse;Pays;Code pays\n1 rue A;France;FR\n", "1 rue A|||France")]
    [InlineData("Endereço;Número;Complemento;Cidade\nRua A;12;ap 3;Porto\n", "Rua A 12/ap 3||Porto|")]
    [InlineData("Straat;Huisnummer;Postcode;Plaats\nKerkstraat;12;1234 AB;Utrecht\n", "Kerkstraat 12|1234 AB|Utrecht|")]
    [InlineData("Street Address 1;Street Address 2;City\n1 St;Apt 2;Rome\n", "1 St/Apt 2||Rome|")]
    [InlineData("Adresse de facturation;Pays de facturation (alpha2)\n1 rue A;FR\n", "1 rue A|||FR")]
    public void Parts_of_an_address_find_each_other(string file, string expected)
    {
        var c = ReadingFiles.Contacts("Nom complet;" + file.Replace("\n", "\nAnn Roe;", StringComparison.Ordinal))[0];
        var a = Assert.Single(c.Addresses);
        Assert.Equal(expected, $"{a.Street.Replace('\n', '/')}|{a.Zip}|{a.City}|{a.Country}");
        Assert.Empty(c.Problems);
    }

    [Fact]
    public void Phones_are_no_codes_of_countries_and_a_fax_is_known_by_its_column()
    {
        var c = ReadingFiles.Contacts("Ragione Sociale;Telefono Cli For;Telefax Cli For;Phones / Primary Phone Country Code\nAcme S.r.l.;0444 449308;0444 580507;IT\n")[0];
        Assert.Equal([("other", "0444 449308"), ("fax", "0444 580507")], c.Phones.Select(p => (p.Category, p.Value)));
    }

    [Fact]
    public void Numbers_of_establishments_are_no_phones() =>
        Assert.Equal(["0474454647", "04 74 45 46 48"], ReadingFiles.Contacts("Dossier;Bar;Raison sociale\n010000024;0474454647;A\n010000025;04 74 45 46 48;B\n").Select(c => Assert.Single(c.Phones).Value));

    [Fact]
    public void A_place_is_kept_where_no_column_has_a_city() =>
        Assert.Equal(["Denver CO", ""], new[] { "Name,Location\nAnn Roe,Denver CO\n", "Name,City,Location\nAnn Roe,,Denver CO\n" }.Select(f => ReadingFiles.Contacts(f)[0].Addresses.FirstOrDefault()?.City ?? ""));

    [Fact]
    public void Sites_without_a_header_are_sites() =>
        Assert.Equal(["blancreme.com", "shop.bowie.be/fr"], ReadingFiles.Contacts("Ann Roe, blancreme.com\nBob Moss, shop.bowie.be/fr\n").Select(c => c.Websites[0].Value));

    [Fact]
    public void What_is_no_address_at_all_is_one_problem() =>
        Assert.Equal(new RowProblem("email.work", "email indisponible", RowProblemCodes.EmailInvalid), Assert.Single(ReadingFiles.Contacts("Nom;Prénom;E-mail\nRoe;Ann;email indisponible\n")[0].Problems));

    [Fact]
    public void Parts_that_do_not_say_whose_belong_to_the_street_before_them()
    {
        var c = ReadingFiles.Contacts("Prénom;Nom;Adresse privée;Ville;Code postal;Adresse professionnelle;Ville;Code postal\nMax;Roi;1 rue A;Paris;75001;2 rue B;Lyon;69001\n")[0];
        Assert.Equal([("home", "1 rue A", "75001", "Paris"), ("work", "2 rue B", "69001", "Lyon")], c.Addresses.Select(a => (a.Category, a.Street, a.Zip, a.City)));
    }

    [Fact]
    public void German_headers_in_any_order_with_blanks_and_doubles()
    {
        var c = ReadingFiles.Contacts(" Ort ;E-Mail; Nachname;Telefon;Telefon;Vorname ;PLZ\nKöln;a@x.de;Groß;0221 1;0221 2;Änne;01067\n");
        Assert.Equal(("Änne", "Groß", "Köln", "01067"), (c[0].FirstName, c[0].LastName, c[0].Addresses[0].City, c[0].Addresses[0].Zip));
        Assert.Equal(["0221 1", "0221 2"], c[0].Phones.Select(p => p.Value));
    }

    [Fact]
    public void Too_many_cells_or_too_long_a_text_refuses_the_row()
    {
        var c = ReadingFiles.Contacts("Name,Email,City\nAnn Lee,a@x.org,Rome,Italy\n" + new string('x', 300) + " Moss,b@x.org,Oslo\nCid Roe,c@x.org,Kiel\n");
        Assert.Equal((RowProblemCodes.ExtraCells, "Italy"), (c[0].Problems[0].Code, c[0].Problems[0].Text));
        Assert.Equal([true, false], new[] { c[0].Refused, c[2].Refused });
    }

    [Fact]
    public void The_main_value_named_by_a_column_is_the_main_one()
    {
        string[] headers = [.. new[] { "lastName", "email.work", "email.home", "email.primary", "address.work.city", "address.billing.city", "address.primary" }.Select(k => ImportFields.Label(k, "fr"))];
        var c = ReadingFiles.Contacts(string.Join(';', headers) + $"\nRoe;w@x.org;h@x.org;h@x.org;Lyon;Nice;facturation\n");
        Assert.Equal("h@x.org", c[0].Emails.Single(e => e.Primary).Value);
        Assert.Equal("Nice", c[0].Addresses.Single(a => a.Primary).City);
    }

    [Fact]
    public void Formulas_written_by_an_export_come_back()
    {
        var c = ReadingFiles.Contacts("Nom;Prénom;Notes;Portable\nRoe;'=Ann;'-x;+33612345678\n");
        Assert.Equal(("=Ann", "-x", "+33612345678"), (c[0].FirstName, c[0].Description, c[0].Phones[0].Value));
    }

    [Fact]
    public void Tags_of_a_cell_keep_their_commas()
    {
        string[] tags = ["a,b", "plain", "say \"x\"", "d;e", "12:::3"];
        Assert.Equal(tags, WordList.SplitCell(WordList.Join(tags)));
        Assert.Equal(["VIP", "Newsletter 2024", "5\" pipe"], WordList.SplitCell("\"VIP\",Newsletter 2024; 5\" pipe"));
        Assert.Equal(tags, WordList.Split(WordList.Join(tags)));
    }

    [Theory]
    [InlineData("a@b.fr", true)]
    [InlineData("zoé@exämple.fr", true)]
    [InlineData("a.b+c'd@x-y.co.uk", true)]
    [InlineData("a@b", false)]
    [InlineData("a@@b.fr", false)]
    [InlineData(".a@b.fr", false)]
    [InlineData("a@-b.fr", false)]
    [InlineData("a@b..fr", false)]
    [InlineData("a b@c.fr", false)]
    public void An_email_is_valid_or_not(string text, bool valid) => Assert.Equal(valid, EmailText.IsValid(text));

    [Fact]
    public void What_the_form_takes_the_import_takes()
    {
        var (company, city, tag) = (new string('c', 300), new string('v', 500), "* VIP");
        var c = ReadingFiles.Contacts($"Nom de famille;Société;Ville;Tags;Téléphone;Site web;E-mail\nRoe;{company};{city};{tag};{new string('1', 600)};www.a.com www.b.com;{new string('a', 100)}@x.org\nPoe;;;;-;javascript:alert(1);p@x.org\n{new string('n', 201)};;;;;;\n");
        Assert.Equal([false, false, true], c.Select(x => x.Refused));
        Assert.Equal((company, city, tag), (c[0].CompanyName, c[0].Addresses[0].City, c[0].Tags[0]));
        Assert.Equal(["www.a.com", "www.b.com"], c[0].Websites.Select(w => w.Value));
        Assert.Empty(c[0].Phones);
        Assert.Equal((600, RowProblemCodes.InDescription), (c[0].Description.Length, Assert.Single(c[0].Problems).Code));
        Assert.Equal(("javascript:alert(1)", 0, 0), (c[1].Description, c[1].Phones.Count, c[1].Websites.Count));
        Assert.Equal([RowProblemCodes.Placeholder, RowProblemCodes.InDescription], c[1].Problems.Select(p => p.Code));
    }

    [Fact]
    public void Columns_that_come_twice_lose_nothing_silently()
    {
        var c = ReadingFiles.Contacts("Nom;Prénom;Adresse;Code postal;Ville;Adresse;Code postal;Ville;Fonction;Poste\nRoe;Ann;1 rue A;75001;Paris;2 rue B;69001;Lyon;Chef;Chef\nPoe;Bob;3 rue C;13001;Marseille;;;;Chef;Gérant\n");
        Assert.Equal([("1 rue A", "75001", "Paris"), ("2 rue B", "69001", "Lyon")], c[0].Addresses.Select(a => (a.Street, a.Zip, a.City)));
        Assert.Empty(c[0].Problems);
        Assert.Equal(new RowProblem("jobTitle", "Gérant", RowProblemCodes.SecondValue, false), Assert.Single(c[1].Problems));
        Assert.Equal("3 rue C", Assert.Single(c[1].Addresses).Street);
    }

    [Fact]
    public void Values_that_Google_joins_are_taken_apart()
    {
        var c = ReadingFiles.Contacts("First Name,Last Name,Organization Name,Labels,Address 1 - Label,Address 1 - Street,Address 1 - City,Address 1 - Postal Code\nAnn,Roe,Acme ::: Durand,* VIP ::: * myContacts,Home,1 rue A ::: 2 rue B,Paris ::: Lyon, ::: 69001\n")[0];
        Assert.Equal(("Acme", "Durand"), (c.CompanyName, c.Description));
        Assert.Equal(["VIP"], c.Tags);
        Assert.Equal([("home", "1 rue A", "", "Paris"), ("home", "2 rue B", "69001", "Lyon")], c.Addresses.Select(a => (a.Category, a.Street, a.Zip, a.City)));
    }

    [Fact]
    public void Addresses_of_colleagues_are_not_those_of_the_contacts()
    {
        string rows = string.Concat(Enumerable.Range(0, 6).Select(i => $"N{i};n{i}@x.fr;{(i % 2 == 0 ? "marie" : "luc")}@nous.fr\n"));
        Assert.All(ReadingFiles.Contacts("Nom;E-mail;Référent interne\n" + rows), c => Assert.EndsWith("@x.fr", Assert.Single(c.Emails).Value));
        Assert.All(ReadingFiles.Contacts("Nom;E-mail;Suivi par\n" + rows), c => Assert.Single(c.Emails));
    }

    [Fact]
    public void Values_tell_what_an_unknown_column_is()
    {
        var c = ReadingFiles.Contacts("Prijmeni;Foo;Bar;Code dossier;Picture link\nRoe;+420 601 234 567;https://roe.example;2026-00017;https://x.example/a.jpg\nPoe;+420 602 234 567;https://poe.example;2026-00018;https://x.example/b.jpg\n")[0];
        Assert.Equal(("Roe", "+420 601 234 567", "https://roe.example"), (c.LastName, Assert.Single(c.Phones).Value, Assert.Single(c.Websites).Value));
    }
}
