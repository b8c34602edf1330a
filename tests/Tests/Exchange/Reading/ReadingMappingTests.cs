using Liaison.Exchange.Reading;
using Xunit;

namespace Liaison.Tests.Exchange;

/// <summary>The column names of other programs and what they are taken for.</summary>
public class ReadingMappingTests
{
    [Theory]
    [InlineData("Outlook, English", "First Name=firstName;Middle Name=firstName#2;Last Name=lastName;Company=companyName;Department=ignore;Job Title=jobTitle;Business Street=address.work.street;Business Street 2=address.work.street;Business City=address.work.city;Business State=address.work.state;Business Postal Code=address.work.zip;Business Country/Region=address.work.country;Home Street=address.home.street;Other City=address.other.city;Assistant's Phone=ignore;Business Fax=phone.fax;Business Phone=phone.work;Company Main Phone=phone.work;Home Phone=phone.home;Mobile Phone=phone.mobile;Other Phone=phone.other;Pager=phone.other;Primary Phone=phone.work;Birthday=ignore;Categories=tags;E-mail Address=email.work;E-mail Display Name=ignore;E-mail 2 Address=email.other#2;Notes=description;Web Page=website.work;Business Address PO Box=address.work.street")]
    [InlineData("Outlook, French", "Prénom=firstName;Nom=lastName;Société=companyName;Service=ignore;Rue (bureau)=address.work.street;Ville (bureau)=address.work.city;Dép/Région (bureau)=address.work.state;Code postal (bureau)=address.work.zip;Pays/Région (bureau)=address.work.country;Rue (domicile)=address.home.street;Télécopie (bureau)=phone.fax;Téléphone (bureau)=phone.work;Téléphone (bureau) 2=phone.work#2;Téléphone (domicile)=phone.home;Tél. mobile=phone.mobile;Téléphone (autre)=phone.other;Adresse de messagerie=email.work;Adresse e-mail=email.work;Adresse de messagerie 2=email.other#2;Page Web=website.work;Catégories=tags;Notes=description;Anniversaire=ignore")]
    [InlineData("Google, new", "First Name=firstName;Middle Name=firstName#2;Last Name=lastName;Phonetic First Name=ignore;Nickname=ignore;Organization Name=companyName;Organization Title=jobTitle;Organization Department=ignore;Birthday=ignore;Notes=description;Photo=ignore;Labels=tags;E-mail 1 - Label=email.category#1;E-mail 1 - Value=email.work;E-mail 2 - Value=email.other#2;Phone 1 - Label=phone.category#1;Phone 1 - Value=phone.work;Address 1 - Label=address.category#1;Address 1 - Formatted=ignore;Address 1 - Street=address.work.street;Address 2 - City=address.work.city#2;Website 1 - Value=website.work")]
    [InlineData("Jetpack CRM", "status=ignore.status;prefix=ignore;fname=firstName;lname=lastName;email=email.work;addr1=address.work.street;addr2=address.work.street;city=address.work.city;county=address.work.state;postcode=address.work.zip;country=address.work.country;secaddr1=address.work.street#2;seccity=address.work.city#2;hometel=phone.home;worktel=phone.work;mobtel=phone.mobile;notes=description;tags=tags;tw=social.x;li=social.linkedin;fb=social.facebook")]
    [InlineData("Jetpack CRM, labels", "Status=ignore.status;First Name=firstName;Address Line 1=address.work.street;Address Line 2=address.work.street;Post Code=address.work.zip;Home Telephone=phone.home;Work Telephone=phone.work;Mobile Telephone=phone.mobile;Last Contacted=ignore.action;Second Address City=address.work.city#2")]
    [InlineData("ONLYOFFICE, English", "Company/Person=kind;First Name=firstName;Last Name=lastName;Company=companyName;Job Title=jobTitle;Description=description;Contact Type=type;Temperature Level=temperature;Contact Tag=tags;Email (Work)=email.work;Email (Home)=email.home;Phone (Mobile)=phone.mobile;Phone (Direct)=phone.direct;Phone (Fax)=phone.fax;Website (Other)=website.other;LinkedIn (Work)=social.linkedin;Twitter (Other)=social.x;Skype (Home)=social.skype;VK (Home)=social.vk;Address (Home) - Street=address.home.street;Address (Billing) - City=address.billing.city")]
    [InlineData("ONLYOFFICE, French", "E-mail (Travail)=email.work;Téléphone (Mobile)=phone.mobile;Téléphone (Domicile)=phone.home;Adresse (Domicile) - Ville=address.home.city;Adresse (Facturation) - Code postal=address.billing.zip;Adresse (Autre) - Pays=address.other.country;Poste=jobTitle;Niveau de la température=temperature;Type de contact=type")]
    [InlineData("Salesforce", "Salutation=ignore;First Name=firstName;Last Name=lastName;Title=jobTitle;Account Name=companyName;Mailing Street=address.postal.street;Mailing City=address.postal.city;Mailing State/Province=address.postal.state;Mailing Zip/Postal Code=address.postal.zip;Mailing Country=address.postal.country;Other Street=address.other.street;Phone=phone.work;Mobile=phone.mobile;Fax=phone.fax;Home Phone=phone.home;Asst. Phone=ignore;Email=email.work;Contact Owner=ignore.owner;Lead Source=ignore;Email Opt Out=ignore")]
    [InlineData("Pipedrive", "Person - Name=fullName;Person - Organization=companyName;Person - Email - Work=email.work;Person - Email - Home=email.home;Person - Phone - Mobile=phone.mobile;Person - Label=tags;Person - Owner=ignore.owner;Person - Job title=jobTitle;Person - Next activity date=ignore.action")]
    [InlineData("Dolibarr contacts", "Id contact=ignore;Civilité=ignore;Nom=lastName;Prénom=firstName;Poste/Fonction=jobTitle;Adresse=address.work.street;Code postal=address.work.zip;Ville=address.work.city;Département/Canton=address.work.state;Pays=address.work.country;Tél pro.=phone.work;Tél perso.=phone.home;Portable=phone.mobile;Fax=phone.fax;Email=email.work;Note publique=description;Nom du tiers=companyName;Statut=ignore.status")]
    [InlineData("Dolibarr third parties", "Third-party name* (s.nom)=companyName;Alias name (s.name_alias)=ignore;Address (s.address)=address.work.street;Zip Code (s.zip)=address.work.zip;City/Town (s.town)=address.work.city;Country code (s.fk_pays)=address.work.country;Phone (s.phone)=phone.work;Email (s.email)=email.work;URL (s.url)=website.work;SIREN (s.siren)=ignore")]
    [InlineData("SuiteCRM", "First Name=firstName;Last Name=lastName;Office Phone=phone.work;Email Address=email.work;Account Name=companyName;primary_address_street=address.work.street;primary_address_city=address.work.city;alt_address_city=address.other.city;phone_mobile=phone.mobile;phone_work=phone.work;phone_home=phone.home;email1=email.work;Assigned to=ignore.owner;Date Created=createdAt")]
    [InlineData("EspoCRM", "firstName=firstName;lastName=lastName;accountName=companyName;emailAddress=email.work;phoneNumber=phone.work;addressStreet=address.work.street;addressCity=address.work.city;addressPostalCode=address.work.zip;billingAddressCountry=address.billing.country;createdAt=createdAt;assignedUserName=ignore.owner")]
    [InlineData("vtiger and Zoho", "Organization Name=companyName;Primary Email=email.work;Secondary Email=email.other;Mobile Phone=phone.mobile;Mailing Zip=address.postal.zip;Other PO Box=address.other.street;Account Name=companyName;Lead Status=ignore.status;Rating=temperature")]
    [InlineData("Mailchimp and Brevo", "Email Address=email.work;First Name=firstName;Phone Number=phone.work;TAGS=tags;MEMBER_RATING=ignore;OPTIN_TIME=createdAt;LAST_CHANGED=ignore;EMAIL=email.work;NOM=lastName;PRENOM=firstName;SMS=phone.mobile")]
    [InlineData("WordPress", "ID=ignore;user_login=ignore;user_email=email.work;display_name=fullName;first_name=firstName;last_name=lastName;user_url=website.work;user_registered=createdAt")]
    [InlineData("Odoo, English", "Name=fullName;Is a Company=kind;Related Company=companyName;Job Position=jobTitle;Street=address.work.street;Street2=address.work.street;City=address.work.city;State=address.work.state;Zip=address.work.zip;Country=address.work.country;Phone=phone.work;Mobile=phone.mobile;Email=email.work;Website=website.work;Tags=tags;Salesperson=ignore.owner")]
    [InlineData("Odoo, French", "Nom=fullName;Est une société=kind;Société liée=companyName;Rue=address.work.street;Rue 2=address.work.street;Ville=address.work.city;Code postal=address.work.zip;Pays=address.work.country;Étiquettes=tags;Vendeur=ignore.owner")]
    [InlineData("Thunderbird, German", "Vorname=firstName;Nachname=lastName;Anzeigename=fullName;Spitzname=ignore;Primäre E-Mail-Adresse=email.work;Sekundäre E-Mail-Adresse=email.other;Tel. dienstlich=phone.work;Tel. privat=phone.home;Fax-Nummer=phone.fax;Mobil-Tel.-Nr.=phone.mobile;Privat: Adresse=address.home.street;Privat: Ort=address.home.city;Dienstlich: PLZ=address.work.zip;Organisation=companyName")]
    [InlineData("Thunderbird, French", "Prénom=firstName;Nom de famille=lastName;Nom à afficher=fullName;Adresse électronique principale=email.work;Adresse électronique secondaire=email.other;Tél. professionnel=phone.work;Tél. personnel=phone.home;Fax=phone.fax;Portable=phone.mobile;Adresse privée=address.home.street;Ville (privée)=address.home.city;Fonction=jobTitle")]
    [InlineData("French CRMs", "Raison sociale=companyName;Civilité=ignore;Nom=lastName;Prénom=firstName;Adresse 1=address.work.street;Adresse 2=address.work.street;CP=address.work.zip;Ville=address.work.city;Téléphone fixe=phone.work;Téléphone portable=phone.mobile;Courriel=email.work;Site internet=website.work;Secteur d'activité=industry;Commentaires=description;SIRET=ignore;Ligne directe=phone.direct;Commercial=ignore.owner")]
    [InlineData("German lists", "Firmenname=companyName;Ansprechpartner=fullName;Straße und Hausnummer=address.work.street;Postleitzahl=address.work.zip;Ort=address.work.city;Telefonnummer=phone.work;Handynummer=phone.mobile;E-Mail-Adresse=email.work;Bemerkungen=description;Durchwahl=phone.direct;Rechnungsadresse Ort=address.billing.city;Branche=industry")]
    [InlineData("Outlook and others, Spanish", "Nombre=firstName;Segundo nombre=firstName#2;Apellidos=lastName;Empresa=companyName;Puesto=jobTitle;Calle del trabajo=address.work.street;Ciudad del trabajo=address.work.city;Código postal=address.work.zip;País=address.work.country;Correo electrónico=email.work;Dirección de correo electrónico=email.work;Teléfono móvil=phone.mobile;Teléfono del trabajo=phone.work;Teléfono particular=phone.home;Fax del trabajo=phone.fax;Página web=website.work;Notas=description;Etiquetas=tags;Provincia=address.work.state;Cumpleaños=ignore;Creado el=createdAt;Propietario=ignore.owner")]
    [InlineData("Italian lists", "Nome=firstName;Cognome=lastName;Ragione sociale=companyName;Indirizzo=address.work.street;CAP=address.work.zip;Città=address.work.city;Provincia=address.work.state;Nazione=address.work.country;Telefono=phone.work;Cellulare=phone.mobile;E-mail=email.work;Sito web=website.work;Qualifica=jobTitle;Partita IVA=ignore;Note=description;Settore=industry")]
    [InlineData("Portuguese lists", "Nome=firstName;Sobrenome=lastName;Empresa=companyName;Cargo=jobTitle;Endereço=address.work.street;Cidade=address.work.city;Estado=address.work.state;CEP=address.work.zip;País=address.work.country;Telefone=phone.work;Telemóvel=phone.mobile;Celular=phone.mobile;E-mail=email.work;Observações=description;CNPJ=ignore")]
    [InlineData("Dutch lists", "Voornaam=firstName;Achternaam=lastName;Bedrijfsnaam=companyName;Functie=jobTitle;Straat=address.work.street;Huisnummer=address.work.street;Postcode=address.work.zip;Plaats=address.work.city;Land=address.work.country;Telefoon=phone.work;Mobiel=phone.mobile;E-mailadres=email.work;Opmerkingen=description")]
    [InlineData("Contact of a deal, French", "Prénom du contact=firstName;Nom du contact=fullName;Fonction du contact=jobTitle;Société du contact=companyName;E-mail du contact=email.work;Téléphone du contact=phone.work;Suivi par=ignore.owner;Conseiller=ignore.owner;Gestionnaire=ignore.owner;Date de la dernière activité (CET)=ignore.action")]
    [InlineData("Customers, French", "Prénom client=firstName;Nom (facturation)=lastName;Nom ou raison sociale=companyName;Haus-Nr.=address.work.street;Adresse de facturation=address.billing.street;CP facturation=address.billing.zip;Ville facturation=address.billing.city")]
    [InlineData("Pipedrive, French", "Personne - Nom=lastName;Personne - Prénom=firstName;Personne - Organisation=companyName;Personne - E-mail - Travail=email.work;Personne - Téléphone - Portable=phone.mobile;Personne - Propriétaire=ignore.owner;Personne - Fonction=jobTitle")]
    [InlineData("Salesforce lists", "First Name=firstName;Last Name=lastName;Company / Account=companyName;Last Activity Date (EDT)=ignore.action;Last Activity=ignore.action;Lead Status=ignore.status;Mailing Street=address.postal.street;Email=email.work")]
    [InlineData("HubSpot", "Record ID=ignore;First Name=firstName;Last Name=lastName;Email=email.work;Phone Number=phone.work;Contact owner=ignore.owner;Associated Company (Primary)=companyName;Last Activity Date (EDT)=ignore.action;Lead Status=ignore.status;Create Date (EDT)=createdAt;Associated Company IDs (Primary)=ignore")]
    [InlineData("HubSpot, French", "Prénom=firstName;Nom=lastName;E-mail=email.work;Numéro de téléphone=phone.work;Propriétaire du contact=ignore.owner;Entreprise associée=companyName;Date de la dernière activité (CET)=ignore.action;Statut du lead=ignore.status;Date de création (CET)=createdAt;Intitulé du poste=jobTitle")]
    [InlineData("Odoo, field names", "name=fullName;is_company=kind;parent_id/name=companyName;function=jobTitle;street=address.work.street;street2=address.work.street;zip=address.work.zip;city=address.work.city;state_id/name=address.work.state;country_id/name=address.work.country;category_id=tags;phone=phone.work;mobile=phone.mobile;email=email.work;website=website.work;comment=description")]
    [InlineData("WooCommerce", "customer_id=ignore;billing_first_name=firstName;billing_last_name=lastName;billing_company=companyName;billing_address_1=address.billing.street;billing_city=address.billing.city;billing_postcode=address.billing.zip;billing_country=address.billing.country;billing_email=email.work;billing_phone=phone.work;shipping_address_1=address.postal.street;shipping_city=address.postal.city")]
    [InlineData("Dolibarr, English", "Post/Function=jobTitle;Last name=lastName;Firstname=firstName;Function=jobTitle;Bus. phone=phone.work")]
    [InlineData("ONLYOFFICE, French kinds", "Entreprise/Personne=kind;Prénom=firstName;Nom=lastName")]
    [InlineData("LinkedIn", "First Name=firstName;Last Name=lastName;URL=website.work;Email Address=email.work;Company=companyName;Position=jobTitle;Connected On=createdAt")]
    [InlineData("Thunderbird, Spanish", "Nombre=firstName;Apellidos=lastName;Nombre para mostrar=fullName;Correo electrónico primario=email.work;Correo electrónico secundario=email.other;Teléfono del trabajo=phone.work;Teléfono particular=phone.home;Número de fax=phone.fax;Número de móvil=phone.mobile;Organización=companyName")]
    [InlineData("Brevo", "CONTACT ID=ignore;EMAIL=email.work;FIRSTNAME=firstName;LASTNAME=lastName;SMS=phone.mobile;WHATSAPP=phone.mobile;LANDLINE_NUMBER=phone.work;ADDED_TIME=createdAt;MODIFIED_TIME=ignore;JOB_TITLE=jobTitle;LINKEDIN=social.linkedin")]
    [InlineData("Mailchimp", "Email Address=email.work;First Name=firstName;Last Name=lastName;Address=address.work.street;Phone Number=phone.work;Birthday=ignore;MEMBER_RATING=ignore;OPTIN_IP=ignore;CONFIRM_TIME=ignore;LATITUDE=ignore;TIMEZONE=ignore;LEID=ignore;NOTES=description;TAGS=tags")]
    [InlineData("Zoho", "Record Id=ignore;Contact Owner.id=ignore;Contact Owner=ignore.owner;First Name=firstName;Last Name=lastName;Account Name=companyName;Title=jobTitle;Department=ignore;Other Phone=phone.other;Assistant=ignore;Mailing City=address.postal.city;Description=description;Skype ID=social.skype;Secondary Email=email.other;Twitter=social.x;Last Activity Time=ignore.action;Tag=tags;Modified Time=ignore;Created Time=createdAt")]
    [InlineData("Freshsales", "First name=firstName;Last name=lastName;Job title=jobTitle;Emails=email.work;Mobile=phone.mobile;Address=address.work.street;City=address.work.city;State=address.work.state;Zipcode=address.work.zip;Country=address.work.country;Sales owner=ignore.owner;Last contacted time=ignore.action;Recent note=ignore.action;Lifecycle stage=ignore.status;Accounts=companyName")]
    [InlineData("Sellsy", "Nom=lastName;Prénom=firstName;Civilité=ignore;Société=companyName;Fonction=jobTitle;Email=email.work;Téléphone=phone.work;Mobile=phone.mobile;Fax=phone.fax;Site web=website.work;Adresse principale (ligne 1)=address.work.street;Adresse principale (code postal)=address.work.zip;Adresse principale (ville)=address.work.city;Smart-tags=tags;Date de naissance=ignore")]
    [InlineData("Axonaut", "Nom de la société=companyName;Prénom=firstName;Nom de famille=lastName;E-mail=email.work;Tél. fixe=phone.work;Tél. portable=phone.mobile;Rue=address.work.street;Code postal=address.work.zip;Ville=address.work.city;Pays=address.work.country;Commercial référent=ignore.owner;Commentaires=description")]
    [InlineData("noCRM", "Lead ID=ignore;Lead=ignore;Company=companyName;First name=firstName;Last name=lastName;Email=email.work;Phone=phone.work;Step=ignore;Status=ignore.status;Assigned to=ignore.owner;Tags=tags;Created at=createdAt")]
    [InlineData("Apple, French", "Prénom=firstName;Nom=lastName;Entreprise=companyName;Fonction=jobTitle;Adresse e-mail (bureau)=email.work;E-mail domicile=email.home;Téléphone mobile=phone.mobile;Tél. bureau=phone.work;Adresse bureau Ville=address.work.city;Adresse domicile Code postal=address.home.zip;Page d’accueil=website.work")]
    [InlineData("Polish lists", "Imię=firstName;Nazwisko=lastName;Firma=companyName;Stanowisko=jobTitle;Ulica=address.work.street;Kod pocztowy=address.work.zip;Miasto=address.work.city;Kraj=address.work.country;Telefon=phone.work;Telefon komórkowy=phone.mobile;E-mail=email.work;Uwagi=description")]
    [InlineData("Czech lists", "Jméno=firstName;Příjmení=lastName;Společnost=companyName;Ulice=address.work.street;PSČ=address.work.zip;Město=address.work.city;Země=address.work.country;Telefon=phone.work;Mobil=phone.mobile;E-mail=email.work;Poznámka=description")]
    [InlineData("Nordic lists", "Förnamn=firstName;Efternamn=lastName;Företag=companyName;Gatuadress=address.work.street;Postnummer=address.work.zip;Ort=address.work.city;Land=address.work.country;Telefon=phone.work;Mobil=phone.mobile;E-post=email.work;Etternavn=lastName;By=address.work.city;Postnr.=address.work.zip")]
    [InlineData("Russian lists", "Имя=firstName;Фамилия=lastName;Отчество=firstName#2;Компания=companyName;Должность=jobTitle;Телефон=phone.work;Мобильный телефон=phone.mobile;Электронная почта=email.work;Город=address.work.city;Индекс=address.work.zip;Страна=address.work.country;Комментарий=description")]
    [InlineData("Greek and Turkish lists", "Όνομα=firstName;Επώνυμο=lastName;Εταιρεία=companyName;Τηλέφωνο=phone.work;Πόλη=address.work.city;Soyadı=lastName;Şirket=companyName;Cep telefonu=phone.mobile;E-posta=email.work;Şehir=address.work.city")]
    [InlineData("Outlook, Italian", "Titolo=jobTitle;Nome=firstName;Secondo nome=firstName#2;Cognome=lastName;Società=companyName;Posizione=jobTitle;Via (uff.)=address.work.street;Città (uff.)=address.work.city;CAP (uff.)=address.work.zip;Via (ab.)=address.home.street;Città (ab.)=address.home.city;Fax (uff.)=phone.fax;Cellulare=phone.mobile;Indirizzo posta elettronica=email.work")]
    [InlineData("Outlook, Dutch", "Voornaam=firstName;Middelste naam=firstName#2;Achternaam=lastName;Bedrijf=companyName;Functie=jobTitle;Werkadres straat=address.work.street;Werkadres land/regio=address.work.country;Huisadres plaats=address.home.city;Telefoon op werk=phone.work;Telefoon thuis=phone.home;Mobiele telefoon=phone.mobile;E-mailadres=email.work")]
    [InlineData("Outlook, Spanish addresses", "Calle del trabajo=address.work.street;País o región del trabajo=address.work.country;Provincia o estado de trabajo=address.work.state;Ciudad del domicilio=address.home.city")]
    [InlineData("Outlook, Portuguese", "Primeiro Nome=firstName;Último Nome=lastName;Rua do Endereço Comercial=address.work.street;País/Região do Endereço Comercial=address.work.country;Telefone Comercial=phone.work;Telefone Residencial=phone.home;Endereço de Email=email.work")]
    [InlineData("Shopify", "Customer ID=ignore;First Name=firstName;Default Address Company=companyName;Default Address Address1=address.work.street;Default Address City=address.work.city;Default Address Country Code=address.work.country;Default Address Zip=address.work.zip;Default Address Phone=phone.work;Note=description")]
    [InlineData("Insightly", "Tag List=tags;Address - Mail Street=address.postal.street;Address - Mail City=address.postal.city;Email Address=email.work;Organization=companyName")]
    [InlineData("Facebook leads", "ad_id=ignore;ad_name=ignore;campaign_name=ignore;form_name=ignore;full_name=fullName;phone_number=phone.work;company_name=companyName")]
    [InlineData("EBP", "Nom (tiers)=companyName;Ville (facturation)=address.billing.city;Prénom (contact) (facturation)=firstName;E-mail (contact) (facturation)=email.work;Téléphone portable (contact) (facturation)=phone.mobile")]
    [InlineData("Odoo, French references", "Nom=fullName;Société liée/Nom d'affichage=companyName;Pays/Nom=address.work.country;Vendeur=ignore.owner")]
    [InlineData("Pipedrive, French without first names", "Personne - Nom=fullName;Personne - Organisation=companyName")]
    [InlineData("Sage", "Numéro=ignore;Intitulé=companyName;Contact=fullName;Représentant=ignore.owner")]
    [InlineData("Japanese lists", "氏名=fullName.last;会社名=companyName;メールアドレス=email.work;電話番号=phone.work;郵便番号=address.work.zip")]
    public void Columns_of_other_programs_are_known(string program, string expected)
    {
        var pairs = expected.Split(';').Select(p => p.Split('=')).ToList();
        var targets = ReadingFiles.Targets([.. pairs.Select(p => p[0])]);
        Assert.Equal(string.Join("\n", pairs.Select(p => $"{program}: {p[0]} = {p[1]}")), string.Join("\n", pairs.Select(p => $"{program}: {p[0]} = {targets[p[0]]}")));
    }

    [Theory]
    [InlineData("fr")]
    [InlineData("en")]
    public void The_column_names_of_the_export_are_known_again(string language)
    {
        var keys = ImportFields.All.Concat(["email.work#2", "phone.mobile#3", "address.billing.city#2", "social.linkedin#2", "custom:fleet size"]).ToList();
        var labels = keys.Select(k => ImportFields.Label(k, language)).ToList();
        Assert.Equal(labels.Count, labels.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Equal(keys, labels.Select(ImportFields.FromLabel));
        Assert.All(keys, k => Assert.NotNull(ImportFields.Parse(k)));
        Assert.Equal(keys.Where(k => k != "lastName"), MappingSuggestion.Suggest(labels, []).Select(m => m.Target).Where(k => k != "lastName"));
    }

    [Theory]
    [InlineData("email.mobile")]
    [InlineData("address.home")]
    [InlineData("address.home.street.x")]
    [InlineData("phone.work#0")]
    [InlineData("nothing")]
    [InlineData("custom:")]
    [InlineData("")]
    public void What_is_no_key_is_refused(string key) => Assert.Null(ImportFields.Parse(key));

    [Fact]
    public void Values_decide_where_names_do_not()
    {
        var contacts = ReadingFiles.Contacts("Kontakt-ID;Info;Owner;address;Type;www\n1;ann@x.org;boss@y.org;1001;Société;https://www.facebook.com/ann\n2;bob@x.org;boss@y.org;1002;Personne;https://www.facebook.com/bob\n");
        Assert.All(contacts, c => Assert.Equal(["other"], c.Emails.Select(e => e.Category)));
        Assert.Equal(["ann@x.org", "bob@x.org"], contacts.Select(c => c.Emails[0].Value));
        Assert.All(contacts, c => Assert.Empty(c.Addresses));
        Assert.Equal(("company", "person"), (contacts[0].Kind, contacts[1].Kind));
        Assert.Equal("facebook", contacts[0].Socials[0].Category);
    }

    [Fact]
    public void Custom_fields_are_found_by_their_label()
    {
        var mapping = MappingSuggestion.Suggest(["Nom", "Prénom", "Taille du parc"], [], new Dictionary<string, string> { ["Taille du parc"] = "fleet" });
        Assert.Equal(("custom:fleet", "custom"), (mapping[2].Target, mapping[2].Why));
    }

    [Fact]
    public void A_client_is_a_company_beside_a_person_and_a_name_alone()
    {
        var c = ReadingFiles.Contacts("Client;Contact;Port.;Code Postal Ville\nBoulangerie Durand;M. Paul DURAND;0612;69003 Lyon\n");
        Assert.Equal(("Boulangerie Durand", "Paul", "DURAND"), (c[0].CompanyName, c[0].FirstName, c[0].LastName));
        Assert.Equal(("mobile", "69003", "Lyon"), (c[0].Phones[0].Category, c[0].Addresses[0].Zip, c[0].Addresses[0].City));
        Assert.Equal(["Jean Martin", "Acme SARL"], ReadingFiles.Contacts("Client;Ville\nJean Martin;Lyon\nAcme SARL;Nice\n").Select(x => (x.FirstName + " " + x.LastName + x.CompanyName).Trim()));
        Assert.Equal(["Roe"], ReadingFiles.Contacts("Client;Nom;Prénom\noui;Roe;Ann\n").Select(x => x.LastName));
        Assert.Equal("1234 AB", ReadingFiles.Contacts("Name,Zip\nAnn Roe,1234 AB\n")[0].Addresses[0].Zip);
    }
}
