using Liaison.Kernel.Texts;
using Liaison.Exchange.Reading;
using Xunit;

namespace Liaison.Tests.Exchange;

public class ReadingContactTests
{
    [Theory]
    [InlineData("Marie Dupont", "Marie", "Dupont")]
    [InlineData("Dupont, Marie", "Marie", "Dupont")]
    [InlineData("Dr. Marie Dupont", "Marie", "Dupont")]
    [InlineData("Mme DUPONT Marie", "Marie", "DUPONT")]
    [InlineData("Jean-Luc DE LA TOUR", "Jean-Luc", "DE LA TOUR")]
    [InlineData("Ludwig van Beethoven", "Ludwig", "van Beethoven")]
    [InlineData("Charles de Gaulle", "Charles", "de Gaulle")]
    [InlineData("Otto Graf von Bismarck", "Otto Graf", "von Bismarck")]
    [InlineData("John Smith Jr.", "John", "Smith")]
    [InlineData("John Smith, PhD", "John", "Smith")]
    [InlineData("Plato", "", "Plato")]
    [InlineData("José Pedro Freyre", "José Pedro", "Freyre")]
    [InlineData("Yvonne McKay (sample)", "Yvonne", "McKay (sample)")]
    public void Names_in_one_piece_are_split(string full, string first, string last) => Assert.Equal((first, last), PersonNames.Split(full));

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

    [Theory]
    [InlineData("Ann Roe <a@x.org>\n\"Poe, Bob\" <b@x.org>\nc@x.org\n", "Ann Roe a@x.org work, Bob Poe b@x.org work,  c@x.org c@x.org work")]
    [InlineData("Contact;Ville\nAnn Roe <a@x.org>;Lyon\n", "Ann Roe a@x.org work")]
    [InlineData("Name,E-mail 1 - Type,E-mail 1 - Value\na@x.org,Home,a@x.org\n", " a@x.org a@x.org home")]
    public void A_name_with_an_address_behind_it_is_both(string file, string expected) =>
        Assert.Equal(expected, string.Join(", ", ReadingFiles.Contacts(file).Select(c => $"{c.FirstName} {c.LastName} {string.Join(' ', c.Emails.Select(e => e.Value + " " + e.Category))}")));

    [Theory]
    [InlineData("Nom;Prénom;Email;Nom acheteur;Prénom acheteur;Email acheteur\nRoe;Ann;a@x.org;Poe;Bob;b@x.org\n", "a@x.org")]
    [InlineData("Prénom;Nom;Email payeur;Prénom payeur;Nom payeur\nAnn;Roe;p@x.fr;Pierre;Poe\n", "p@x.fr")]
    public void Who_pays_is_another_where_the_file_names_both(string file, string emails)
    {
        var c = ReadingFiles.Contacts(file)[0];
        Assert.Equal(("Ann", "Roe", emails), (c.FirstName, c.LastName, string.Join(' ', c.Emails.Select(e => e.Value))));
        Assert.Empty(c.Problems);
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

    [Theory]
    [InlineData("Deco Addict, Floyd Steward", "False", "Deco Addict", "Floyd", "Steward")]
    [InlineData("Steward, Floyd", "False", "Deco Addict", "Floyd", "Steward")]
    [InlineData("Deco Addict, Paris", "True", "Deco Addict", "", "")]
    public void A_company_before_the_name_of_its_person_is_no_part_of_it(string name, string isCompany, string company, string first, string last)
    {
        var c = ReadingFiles.Contacts($"Name,Is a Company,Company Name,Email\n\"{name}\",{isCompany},{company},a@x.org\n")[0];
        Assert.Equal((first, last), (c.FirstName, c.LastName));
    }

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

    [Theory]
    [InlineData("Nom;Prénom;Société;Type\nDupont;Jean;Acme;Professionnel\n", "person|Jean|Dupont|Acme")]
    [InlineData("Nom;Prénom;Société;Type\nDupont;Jean;Acme;Particulier\n;;Acme;Professionnel\n", "person|Jean|Dupont|Acme;company|||Acme")]
    [InlineData("Nom;Prénom;Société;Type\nDupont;;Acme;Entreprise\nAcme;;;Entreprise\nAcme;;ACME;Entreprise\n", "person||Dupont|Acme;company|||Acme;company|||ACME")]
    [InlineData("Nom complet;Société;Type\nJean Dupont;Acme;Professionnel\nDurand SARL;Acme;Professionnel\nAcme;Acme;Professionnel\n", "person|Jean|Dupont|Acme;company|||Durand SARL;company|||Acme")]
    [InlineData("Name,Is a company,Related company\nAcme Nord,True,Acme\nJean Dupont,False,Acme\n", "company|||Acme Nord;person|Jean|Dupont|Acme")]
    [InlineData("Person or company,First name,Last name,Company,E-mail\nPerson,,,Acme,nobody@acme.fr\nPerson,,,Acme,\nCompany,,,,info@acme.fr\n", "person||nobody@acme.fr|Acme;company|||Acme;company|||info@acme.fr")]
    [InlineData("Kind,Display name,Last name\nCompany,Durand SARL,Durand\nCompany,Acme SARL,Roux\n", "company|||Durand SARL;person||Roux|Acme SARL")]
    [InlineData("Personne - Nom;Personne - Prénom\nJean Dupont;Jean\nAnna Le Roux;Anna\n", "person|Jean|Dupont|;person|Anna|Le Roux|")]
    [InlineData("Nom et prénom;Ville\nDupont Jean;Lyon\nde la Tour Anne Marie;Nice\nMARTIN Luc;Paris\nRoux, Anna;Brest\n", "person|Jean|Dupont|;person|Anne Marie|de la Tour|;person|Luc|MARTIN|;person|Anna|Roux|")]
    [InlineData("\"Last Name, First Name\",Email\nDupont Jean,jean@x.fr\n", "person|Jean|Dupont|")]
    [InlineData("First and Last Name,Email\nJean Dupont,jean@x.fr\n", "person|Jean|Dupont|")]
    [InlineData("Nombre,Apellidos,Empresa\nAna María,García López,Acme\n", "person|Ana María|García López|Acme")]
    [InlineData("Naam,Voornaam\nde Vries,Jan\n", "person|Jan|de Vries|")]
    [InlineData("Middle Name,First Name,Last Name\nQuincy,John,Adams\n,Ann,Roe\n", "person|John Quincy|Adams|;person|Ann|Roe|")]
    [InlineData("Nom;Prénom;Fournisseur\nDupont;Jean;Oui\nRoux;Anna;Non\nPetit;Luc;\n", "person|Jean|Dupont|;person|Anna|Roux|;person|Luc|Petit|")]
    [InlineData("Nom;Prénom;Société\nDupont;Jean;-\nRoux;Anna;N/A\nNull;Luc;Acme\nPetit;.;aucune\n", "person|Jean|Dupont|;person|Anna|Roux|;person|Luc|Null|Acme;person||Petit|")]
    [InlineData("Code (tiers);Nom;Ville (facturation);Nom (contact) (facturation);Prénom (contact) (facturation)\nCL1;ACME SARL;LYON;DURAND;Marie\nCL2;Bois & Co;NICE;;\n", "person|Marie|DURAND|ACME SARL;company|||Bois & Co")]
    [InlineData("Type;Nom;E-mail;Contact - Nom;Contact - Prénom\nSociété;Acme;i@acme.fr;Durand;Marie\nParticulier;Roux;r@x.fr;Roux;Anna\nSociété;Bois;b@x.fr;;\n", "person|Marie|Durand|Acme;person|Anna|Roux|;company|||Bois")]
    [InlineData("display_name,status_label,primary_contact_name\nAcme,Lead,Ann Roe\n", "person|Ann|Roe|Acme")]
    [InlineData("Type de client;Raison sociale / Nom;Prénom;E-mail\nEntreprise;Acme;;i@acme.fr\nParticulier;Durand;Marie;m@x.fr\n", "company|||Acme;person|Marie|Durand|")]
    [InlineData("Nome/Razão Social;Tipo de Pessoa;E-mail\nMaria Souza;Física;m@x.br\nAcme;Jurídica;i@acme.br\n", "person|Maria|Souza|;company|||Acme")]
    [InlineData("Voorletters;Tussenvoegsel;Achternaam;Bedrijfsnaam\nJ.;van der;Berg;Acme B.V.\nP.;;Bakker;\n", "person|J.|van der Berg|Acme B.V.;person|P.|Bakker|")]
    [InlineData("Voornaam;Voorletters;Tussenvoegsel;Achternaam\nJan;J.;de;Vries\n", "person|Jan|de Vries|")]
    [InlineData("Contact Type,Display Name,First Name,Last Name,Current Employer\nIndividual,Ms. Ann Roe,Ann,Roe,Acme\nOrganization,Acme,,,\n", "person|Ann|Roe|Acme;company|||Acme")]
    [InlineData("Type de contact;Nom d’affichage;Prénom;Nom;Employeur actuel\nIndividu;Ann Roe;Ann;Roe;Acme\nOrganisation;Acme;;;\n", "person|Ann|Roe|Acme;company|||Acme")]
    [InlineData("Tiers;Intitulé;Ville;Contact principal\n411ACME;ACME SARL;LYON;Mme Marie DURAND\n", "person|Marie|DURAND|ACME SARL")]
    [InlineData("CT_Num;CT_Intitule;CT_Adresse;CT_CodePostal;CT_Ville;CT_Telephone\nC1;Durand SARL;1 rue A;69001;Lyon;0412345678\n", "company|||Durand SARL")]
    [InlineData("cli_nom;cli_prenom;cli_cp;cli_ville;cli_tel\nRoe;Ann;69001;Lyon;0412345678\n", "person|Ann|Roe|")]
    [InlineData("Name,Website,Annual Revenue,Employees\nQuick Brown,acme.com,10,2\n", "company|||Quick Brown")]
    [InlineData("Código;Nombre fiscal;NIF;Persona de contacto\n1;Construcciones Pérez;B1;Ana García\n", "person|Ana|García|Construcciones Pérez")]
    [InlineData("First Name,Last Name,Organization Name\nAnn,Roe,Accounts::::Acme\nBob,Poe,Beta (https://www.notion.so/Beta-0a1b)\n", "person|Ann|Roe|Acme;person|Bob|Poe|Beta")]
    [InlineData("Nom;Téléphone;Ville\nAmbassade de France;0102030405;Kaboul\nAtelier du Port;0102030406;Rouen\nLe Goff Anna;0102030407;Brest\n", "company|||Ambassade de France;company|||Atelier du Port;person|Le Goff|Anna|")]
    [InlineData("Golf Course Name,Email Address,First Name,Last Name\nExample Golf,info@x.org,,\nExample Golf,jane@x.org,Jane,Smith\n", "company|||Example Golf;person|Jane|Smith|Example Golf")]
    [InlineData("Campaign name,Form name,Email,First name,Last name\nSpring,F1,a@x.org,Ann,Roe\n", "person|Ann|Roe|")]
    [InlineData("M.;Jean DUPONT;j@x.fr;06 12 34 56 78\nMme;Anna ROUX;a@x.fr;06 12 34 56 79\n", "person|Jean|DUPONT|;person|Anna|ROUX|")]
    [InlineData("\"EXTF\";700;16;\"Debitoren\"\nKonto;Name (Adressattyp Unternehmen);Name (Adressattyp natürl. Person);Vorname (Adressattyp natürl. Person);Kurzbezeichnung;EU-Land;EU-UStID;Straße;Postleitzahl;Ort;Land;Kreditlimit;Beraternummer;Zahlungsart\n10001;Acme GmbH;;;;;;Weg 1;01067;Dresden;DE;;;\n10002;;Müller;Max;;;;Weg 2;01067;Dresden;DE;;;\n", "company|||Acme GmbH;person|Max|Müller|")]
    [InlineData("cli_nom;cli_prenom;cli_ville\nRoe;Ann;Lyon\nPoe;Bob;Nice\n", "person|Ann|Roe|;person|Bob|Poe|")]
    [InlineData("School Name,Principal First Name,Principal Last Name,Principal Email\nLincoln High,Ann,Roe,a@x.org\n", "person|Ann|Roe|Lincoln High")]
    [InlineData("title,category,address,phone\nLe Bistrot,Restaurant,1 rue A,+33 4 12 34 56 78\n", "company|||Le Bistrot")]
    [InlineData("siren,denominationUniteLegale,libelleCommuneEtablissement,nomUniteLegale,prenom1UniteLegale\n1,ACME,LYON,,\n3,,PARIS,DURAND,MARIE\n", "company|||ACME;person|MARIE|DURAND|")]
    [InlineData("Complete Name,Phone,Is a Company\n\"Acme SARL, Ann Roe\",0102030405,FALSE\n\"Roe, Ann\",0102030406,FALSE\n", "person|Ann|Roe|Acme SARL;person|Ann|Roe|")]
    [InlineData("Nom;Contact;Ville\nJean Dupont;mail;Lyon\nAnna Roux;téléphone;Nice\n", "person|Jean|Dupont|;person|Anna|Roux|")]
    [InlineData("Nom du chien;Prénom;Nom;Email\nRex;Ann;Roe;a@x.org\n", "person|Ann|Roe|")]
    [InlineData("Nom de l’école;Prénom;Nom\nJules Ferry;Ann;Roe\n", "person|Ann|Roe|Jules Ferry")]
    [InlineData("Email,Title\na@x.org,CEO\nb@x.org,Clerk\n", "person||a@x.org|;person||b@x.org|")]
    [InlineData("Email,Title,City\na@x.org,CEO,Rome\nb@x.org,CEO,Oslo\n", "person||a@x.org|;person||b@x.org|")]
    public void Who_a_row_is_is_told_by_its_names(string text, string expected) =>
        Assert.Equal(expected, string.Join(';', ReadingFiles.Contacts(text).Select(c => $"{c.Kind}|{c.FirstName}|{c.LastName}|{c.CompanyName}")));

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
