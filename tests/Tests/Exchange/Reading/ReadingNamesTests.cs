using Liaison.Exchange.Reading;
using Xunit;

namespace Liaison.Tests.Exchange;

/// <summary>Who a row is: a person, a company, or a person at one.</summary>
public class ReadingNamesTests
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
    [InlineData("Mme de la Fontaine", "", "de la Fontaine")]
    [InlineData("Le Van Nguyen", "Le", "Van Nguyen")]
    [InlineData("M. et Mme Durand", "", "Durand")]
    [InlineData("Mr & Mrs John Smith", "John", "Smith")]
    public void Names_in_one_piece_are_split(string full, string first, string last) => Assert.Equal((first, last), PersonNames.Split(full));

    [Theory]
    [InlineData("Mr & Mrs Smith", false), InlineData("M. & Mme de la Tour", false), InlineData("Mr Smith & Sons", true), InlineData("Dr & Partners", true), InlineData("Roux & Fils", true)]
    public void A_couple_is_no_company(string name, bool isCompany) => Assert.Equal(isCompany, PersonNames.LooksLikeCompany(name));

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

    [Theory]
    [InlineData("Deco Addict, Floyd Steward", "False", "Deco Addict", "Floyd", "Steward")]
    [InlineData("Steward, Floyd", "False", "Deco Addict", "Floyd", "Steward")]
    [InlineData("Deco Addict, Paris", "True", "Deco Addict", "", "")]
    public void A_company_before_the_name_of_its_person_is_no_part_of_it(string name, string isCompany, string company, string first, string last)
    {
        var c = ReadingFiles.Contacts($"Name,Is a Company,Company Name,Email\n\"{name}\",{isCompany},{company},a@x.org\n")[0];
        Assert.Equal((first, last), (c.FirstName, c.LastName));
    }

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
}
