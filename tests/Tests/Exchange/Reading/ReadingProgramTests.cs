using Liaison.Exchange.Reading;
using Xunit;

namespace Liaison.Tests.Exchange;

/// <summary>Files as other programs write them, read without an option: what somebody who knows the program would make of them.</summary>
public class ReadingProgramTests
{
    private static string Names(string file) => string.Join("|", ReadingFiles.Contacts(file).Select(c => $"{c.FirstName} {c.LastName} · {c.CompanyName} · {c.JobTitle} · {string.Join(' ', c.Emails.Select(e => e.Value))}"));

    [Theory]
    [InlineData("Titre,Prénom,Nom,Société,Titre,Profession,Adresse de messagerie\nM.,Éric,Roe,Acme,Acheteur,,e@x.org\n", "Éric Roe · Acme · Acheteur · e@x.org")]
    [InlineData("First Name,Last Name,Account,Account Title,Email\nIvan,Roe,Acme,Director,i@x.org\n", "Ivan Roe · Acme · Director · i@x.org")]
    [InlineData("Raison sociale,Dirigeant,Email\nKilo SARL,M. Paul Roe,p@x.org\n", "Paul Roe · Kilo SARL ·  · p@x.org")]
    [InlineData("user_login,first_name,last_name,role,user_email\nwes,Wes,Roe,customer,w@x.org\nbob,Bob,Poe,shop_manager,b@x.org\n", "Wes Roe ·  ·  · w@x.org|Bob Poe ·  ·  · b@x.org")]
    [InlineData("Customer,Company,First Name,Last Name,Main Email\n\"Roe, Ann\",,Ann,Roe,a@x.org\nPoe Ltd,Poe Ltd,Bob,Poe,b@x.org\n", "Ann Roe ·  ·  · a@x.org|Bob Poe · Poe Ltd ·  · b@x.org")]
    public void A_job_and_a_company_are_what_the_program_means_by_them(string file, string expected) => Assert.Equal(expected, Names(file));

    [Theory]
    [InlineData("Entry Id,Votre nom (First),Votre nom (Last),E-mail\n1,Ève,Roe,e@x.org\n")]
    [InlineData("Nom (Prénom);Nom (Nom);E-mail\nÈve;Roe;e@x.org\n")]
    [InlineData("User Name,User Email,Invitee Name,Invitee First Name,Invitee Last Name,Invitee Email\nHost Me,host@y.org,Ève Roe,,,e@x.org\n")]
    [InlineData("Organizer Name,Organizer Email,Attendee Name,Attendee Email\nHost Me,host@y.org,Ève Roe,e@x.org\n")]
    public void The_contact_is_who_filled_the_form_in(string file) => Assert.Equal("Ève Roe ·  ·  · e@x.org", Names(file));

    [Fact]
    public void What_was_written_in_a_form_is_kept_and_the_page_of_the_form_is_no_website()
    {
        var c = ReadingFiles.Contacts("Nom,E-mail,Votre message,Page\nAnn Roe,a@x.org,Bonjour,https://y.org/contact\nBob Poe,b@x.org,Salut,https://y.org/contact\nEve Loe,e@x.org,,https://y.org/devis\n");
        Assert.Equal("Bonjour", c[0].Description);
        Assert.All(c, x => Assert.Empty(x.Websites));
        Assert.Empty(ReadingFiles.Contacts("Nom,E-mail,Source Url\nAnn Roe,a@x.org,https://y.org/contact\n")[0].Websites);
        Assert.Single(ReadingFiles.Contacts("Nom,E-mail,Page\nAnn Roe,a@x.org,https://roe.example\nBob Poe,b@x.org,https://poe.example\nEve Loe,e@x.org,https://loe.example\n")[0].Websites);
    }

    [Fact]
    public void Headings_that_come_again_are_no_contact()
    {
        var c = ReadingFiles.Contacts("Nom;Prénom;Téléphone\nRoe;Ann;0140000000\nNom;Prénom;Téléphone\nPoe;Bob;0140000001\n");
        Assert.Equal([null, "row.heading", null], c.Select(x => x.Problems.FirstOrDefault()?.Code));
        Assert.True(c[1].Refused);
        Assert.All(ReadingFiles.Contacts("Nom\nRoe\nNom\n"), x => Assert.Empty(x.Problems));
    }

    [Theory]
    [InlineData("'H2X 1Y4", "H2X 1Y4"), InlineData("'01000", "01000")]
    public void A_postcode_loses_the_apostrophe_before_it(string written, string zip) =>
        Assert.Equal(zip, ReadingFiles.Contacts($"First Name,Last Name,Default Address Zip\nSue,Roe,{written}\n")[0].Addresses[0].Zip);

    [Theory]
    [InlineData("a@x.org / b@x.org", "a@x.org b@x.org", ""), InlineData("a@x.org/b@x.org", "a@x.org b@x.org", ""), InlineData("a@x.org ou b@x.org | c@x.org", "a@x.org b@x.org c@x.org", ""), InlineData("a@x.org (pro)", "a@x.org", "pro"), InlineData("a/b@x.org", "a/b@x.org", ""), InlineData("'a@x.org', b@x.org.", "a@x.org b@x.org", "")]
    public void Several_addresses_of_a_cell_are_told_apart_as_people_write_them(string cell, string emails, string description)
    {
        var c = ReadingFiles.Contacts($"Nom;Mail\nRoe;{cell}\n")[0];
        Assert.Equal((emails, description, false), (string.Join(' ', c.Emails.Select(e => e.Value)), c.Description, c.Refused));
    }

    [Theory]
    [InlineData("Nom;N° voie;Type voie;Libellé voie;Commune\nRoe;12;RUE;DE LA PAIX;LYON\nPoe;;ZI;NORD;LYON\n", "12 RUE DE LA PAIX, LYON")]
    [InlineData("Nom;numeroVoieEtablissement;indiceRepetitionEtablissement;typeVoieEtablissement;libelleVoieEtablissement;libelleCommuneEtablissement\nRoe;12;B;AV;FOCH;LYON\n", "12 B AV FOCH, LYON")]
    [InlineData("Nom;Adresse 1;Adresse 2;Ville\nRoe;Bât. B;12 rue A;Lyon\n", "Bât. B\n12 rue A, Lyon")]
    public void A_street_in_pieces_is_put_together(string file, string expected) => Assert.Equal(expected, $"{ReadingFiles.Contacts(file)[0].Addresses[0].Street}, {ReadingFiles.Contacts(file)[0].Addresses[0].City}");

    [Fact]
    public void Parts_of_a_postal_address_are_no_codes() =>
        Assert.Equal(["address.postal.street", "address.postal.city", "address.postal.state", "address.postal.zip", "address.postal.country"], MappingSuggestion.Suggest(["Postal Street", "Postal City", "Postal State", "Postal Code", "Pays postal"], []).Select(m => m.Target));

    [Theory]
    [InlineData("Company,Primary Contact,Primary Email\nAcme,Ann Roe,a@x.org\n", "Ann Roe · Acme ·  · a@x.org")]
    [InlineData("Organisation,First Name,Last Name,Title / Role,Email Address\nAcme,Ann,Roe,CEO,a@x.org\n", "Ann Roe · Acme · CEO · a@x.org")]
    [InlineData("TIERS;NOM;TEL;EMAIL;CONTACT\nC001;ACME;0472000000;a@x.org;Ann Roe\n", "Ann Roe · ACME ·  · a@x.org")]
    [InlineData("Nombre;Nombre comercial;Email;Persona de contacto\nAcme SL;Acme;a@x.org;Ann Roe\n", "Ann Roe · Acme SL ·  · a@x.org")]
    [InlineData("Raison sociale;E-mail;Nom dirigeant 1;Prénom dirigeant 1;Fonction dirigeant 1;Nom dirigeant 2;Prénom dirigeant 2\nAcme;i@x.org;ROE;Ann;PDG;POE;Bob\n", "Ann ROE · Acme · PDG · i@x.org")]
    [InlineData("Société;Contact 1 nom;Contact 1 prénom;Contact 1 email;Contact 2 nom;Contact 2 prénom;Contact 2 email\nAcme;Roe;Ann;a@x.org;Poe;Bob;b@x.org\n", "Ann Roe · Acme ·  · a@x.org")]
    [InlineData("Lot;Copropriétaire;E-mail\n1;M. et Mme ROE Jean;a@x.org\n2;Mme POE Ann;b@x.org\n", "Jean ROE ·  ·  · a@x.org|Ann POE ·  ·  · b@x.org")]
    [InlineData("Lot;Service;E-mail\n1;Achats et ventes;a@x.org\n2;Achats et ventes;b@x.org\n", " a@x.org ·  ·  · a@x.org| b@x.org ·  ·  · b@x.org")]
    [InlineData("DisplayName,GivenName,Surname,UserPrincipalName,Mail\nAnn Roe,Ann,Roe,ann@y.org,a@x.org\n", "Ann Roe ·  ·  · a@x.org")]
    public void The_person_at_a_customer_is_known(string file, string expected) => Assert.Equal(expected, Names(file));

    [Fact]
    public void Telephones_are_known_by_what_people_call_them() =>
        Assert.Equal(["phone.home", "phone.work", "phone.mobile", "phone.work"], MappingSuggestion.Suggest(["Tél. dom.", "Tél. bur.", "iPhone", "Fone"], []).Select(m => m.Target));

    [Theory]
    [InlineData("Name / First Name,Name / Last Name,Phones / Primary Phone Number,Phones / Primary Phone Country Code,Phones / Primary Phone Calling Code\nAnn,Roe,612345678,FR,+33\nBob,Poe,+49 30 1,DE,+49\nEve,Loe,030 12,DE,\n", "+33 612345678|+49 30 1|030 12")]
    [InlineData("Nom;Indicatif;Téléphone\nRoe;33;06 12 34 56 78\nPoe;0039;06 12 34 56\nLoe;+1 (Canada);514 555 01 00\n", "+33 6 12 34 56 78|+39 06 12 34 56|+1 514 555 01 00")]
    [InlineData("Nom;Indicatif;Téléphone\nRoe;F4ABC;06 12 34 56 78\n", "06 12 34 56 78")]
    [InlineData("Nom;Téléphone\nRoe;+336\n", "+336")]
    [InlineData("Name,Phone Country Code,Phone Number\nAnn Roe,+44,07700 900123\n", "+44 7700 900123")]
    public void A_calling_code_in_a_column_of_its_own_belongs_to_the_number(string file, string expected) => Assert.Equal(expected, string.Join('|', ReadingFiles.Contacts(file).Select(c => Assert.Single(c.Phones).Value)));

    [Theory]
    [InlineData("LastName,OfficeStreetAddress,OfficeCity,OfficeZIP,StreetAddress,City,Zip\nRoe,1 rue A,Lyon,69001,2 rue B,Paris,75001\n", "work 1 rue A 69001 Lyon|other 2 rue B 75001 Paris")]
    [InlineData("LastName,Company Address,Company City,City\nRoe,1 rue A,Lyon,Lyon\n", "work 1 rue A  Lyon")]
    public void Two_addresses_are_not_mixed(string file, string expected) => Assert.Equal(expected, string.Join('|', ReadingFiles.Contacts(file)[0].Addresses.Select(a => $"{a.Category} {a.Street} {a.Zip} {a.City}")));

    [Theory]
    [InlineData("N:Acme SARL;;;;\r\nFN:Acme SARL\r\nORG:Acme SARL", "company", "")]
    [InlineData("N:Acme;Ann;;;\r\nFN:Ann Acme\r\nORG:Acme", "person", "Acme")]
    [InlineData("N:Roe;;;;\r\nFN:Roe\r\nORG:Acme", "person", "Roe")]
    public void A_card_whose_name_is_that_of_its_company_is_a_company(string lines, string kind, string last)
    {
        var c = Assert.Single(ReadingFiles.Contacts($"BEGIN:VCARD\r\nVERSION:3.0\r\n{lines}\r\nEND:VCARD\r\n"));
        Assert.Equal((kind, last), (c.Kind, c.LastName));
    }

    [Fact]
    public void A_site_that_is_a_place_is_no_website() => Assert.Empty(ReadingFiles.Contacts("Société;Site;Nom;Prénom\nAcme;Lyon;Roe;Ann\n")[0].Websites);

    [Fact]
    public void An_account_of_a_network_and_the_first_address_are_known() =>
        Assert.Equal(["social.x", "email.work"], MappingSuggestion.Suggest(["X / Link URL", "Première adresse électronique"], []).Select(m => m.Target));
}
