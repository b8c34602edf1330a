using System.Text;
using Liaison.Exchange.Reading;
using Xunit;

namespace Liaison.Tests.Exchange;

public class ReadingCardTests
{
    [Fact]
    public void Quoted_printable_soft_breaks_charsets_and_bare_types()
    {
        var c = ReadingFiles.Contacts(Encoding.Latin1.GetBytes(
            "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;Zo=C3=A9;;;\r\nNOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=ISO-8859-1:caf=E9 =\r\nnoir\r\n"
            + "TEL;CELL;PREF:+49 170 1\r\nTEL;WORK;VOICE:+49 221 2\r\nORG;CHARSET=windows-1252:Caf\u00e9\r\nPHOTO;JPEG;BASE64:\r\n AAAA\r\n BBBB==\r\n\r\nEMAIL;INTERNET:a@x.org\r\nEND:VCARD\r\n"));
        Assert.Equal(("Zoé", "Müller", "Café", "café noir"), (c[0].FirstName, c[0].LastName, c[0].CompanyName, c[0].Description));
        Assert.Equal([("mobile", true), ("work", false)], c[0].Phones.Select(p => (p.Category, p.Primary)));
        Assert.Equal("a@x.org", c[0].Emails[0].Value);
    }

    [Fact]
    public void Folding_escapes_groups_preferences_and_uris()
    {
        var c = ReadingFiles.Contacts(
            "BEGIN:VCARD\nVERSION:4.0\nN:O\\,Neil;Zoé;;;\nFN:Zoé O\\,Neil\nNOTE:one\\ntwo\\; th\n ree \\\\ four\nitem1.TEL:+33 1\nitem1.X-ABLabel:_$!<Work>!$_\nTEL;VALUE=uri;TYPE=\"cell,voice\";PREF=1:tel:+33-6;ext=12\n"
            + "EMAIL;PREF=2:b@x.org\nEMAIL;PREF=1;TYPE=work:a@x.org\nTITLE;ALTID=1;LANGUAGE=fr:Patron\nTITLE;ALTID=1;LANGUAGE=en:Boss\nORG:Big \\; Co;Dept\nORG:Other\nCATEGORIES:a\\,b,c\nADR;TYPE=home:;;1 Main\\nSt;Rome;;00100;Italy\nURL:https://www.linkedin.com/in/zoe\nEND:VCARD\n");
        var z = Assert.Single(c);
        Assert.Equal(("Zoé", "O,Neil", "Big ; Co", "Patron"), (z.FirstName, z.LastName, z.CompanyName, z.JobTitle));
        Assert.Equal("one\ntwo; three \\ four", z.Description);
        Assert.Equal([("work", "+33 1", false), ("mobile", "+33-6x12", true)], z.Phones.Select(p => (p.Category, p.Value, p.Primary)));
        Assert.Equal("a@x.org", z.Emails.Single(e => e.Primary).Value);
        Assert.Equal(["a,b", "c"], z.Tags);
        Assert.Equal("1 Main\nSt", z.Addresses[0].Street);
        Assert.Equal("linkedin", z.Socials[0].Category);
    }

    [Theory]
    [InlineData("2.1", "NOTE;ENCODING=BASE64:Q2Fmw6kgbm9pcgpzYW5zIHN1Y3Jl\n\n")]
    [InlineData("2.1", "NOTE;BASE64:\n Q2Fmw6kg\n bm9pcgpzYW5zIHN1Y3Jl\n\n")]
    [InlineData("2.1", "NOTE;CHARSET=UTF-8;ENCODING=BASE64:Q2Fmw6kg\nbm9pcgpzYW5zIHN1Y3Jl\n")]
    [InlineData("3.0", "item1.NOTE;ENCODING=b:Q2Fmw6kgbm9p\n cgpzYW5zIHN1Y3Jl\n")]
    public void What_is_written_as_data_is_read(string version, string line)
    {
        var c = Assert.Single(ReadingFiles.Contacts($"BEGIN:VCARD\nVERSION:{version}\nN:Two;Ann\n{line}PHOTO;ENCODING=BASE64:AAAA\nBBBB\n\nTEL:+33 1\nEND:VCARD\n"));
        Assert.Equal("Café noir\nsans sucre", c.Description);
        Assert.Equal("+33 1", Assert.Single(c.Phones).Value);
    }

    [Theory]
    [InlineData("TEL:01 23 45\\; 06 12 34", "01 23 45; 06 12 34")]
    [InlineData("TEL:01 23 45;06 12 34", "01 23 45;06 12 34")]
    [InlineData("TEL;VALUE=uri:tel:+33-1-23\\;ext=5", "+33-1-23x5")]
    [InlineData("TEL;VALUE=uri:TEL:123;phone-context=+33", "123")]
    public void A_number_is_kept_as_it_was_typed(string line, string number) =>
        Assert.Equal(number, Assert.Single(Assert.Single(ReadingFiles.Contacts($"BEGIN:VCARD\nVERSION:4.0\nN:Two;Ann;;;\n{line}\nEND:VCARD\n")).Phones).Value);

    [Theory]
    [InlineData("VERSION:2.1\nN:Two;Ann\nAGENT:\nBEGIN:VCARD\nVERSION:2.1\nN:Doe;Sue\nTEL:+33 2\nTITLE:Clerk\nEND:VCARD\nTITLE:Boss\nTEL:+33 1\n")]
    [InlineData("VERSION:2.1\nAGENT:\n\nBEGIN:VCARD\nN:Doe;Sue\nORG:Other\nEMAIL:sue@x.org\nEND:VCARD\nN:Two;Ann\nTITLE:Boss\nTEL:+33 1\n")]
    [InlineData("VERSION:2.1\nN:Two;Ann\nAGENT:BEGIN:VCARD\nFN:Sue Doe\nTITLE:Clerk\nEND:VCARD\nTITLE:Boss\nTEL:+33 1\n")]
    [InlineData("VERSION:3.0\nN:Two;Ann;;;\nAGENT:BEGIN:VCARD\\nVERSION:3.0\\nFN:Sue\n  Doe\\nTITLE:Clerk\\nTEL:+33 2\\nEND:VCARD\\n\nTITLE:Boss\nTEL:+33 1\n")]
    [InlineData("VERSION:2.1\nN:Two;Ann\nAGENT:\nBEGIN:VCARD\nN:Doe;Sue\nAGENT:\nBEGIN:VCARD\nN:Deep;Dan\nTEL:+33 3\nEND:VCARD\nEND:VCARD\nTITLE:Boss\nTEL:+33 1\n")]
    public void Whoever_speaks_for_a_contact_is_kept_by_name(string card)
    {
        var c = ReadingFiles.Contacts($"BEGIN:VCARD\n{card}END:VCARD\nBEGIN:VCARD\nVERSION:3.0\nN:Next;;;;\nAGENT;VALUE=uri:CID:sue@x.org\nEND:VCARD\n");
        Assert.Equal(["Two", "Next"], c.Select(x => x.LastName));
        Assert.Equal(("Ann", "", "Boss", "Agent: Sue Doe", "+33 1"), (c[0].FirstName, c[0].CompanyName, c[0].JobTitle, c[0].Description, Assert.Single(c[0].Phones).Value));
        Assert.Empty(c[0].Emails);
        Assert.Equal("", c[1].Description);
        Assert.All(c, x => Assert.Empty(x.Problems));
    }

    [Theory]
    [InlineData("utf-8", "N;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;Zo=C3=A9", "Zoé Müller")]
    [InlineData("windows-1252", "N;ENCODING=QUOTED-PRINTABLE:M=FCller;Zo=E9", "Zoé Müller")]
    [InlineData("iso-8859-2", "N;ENCODING=QUOTED-PRINTABLE:Wi=B6niewski;=A3ukasz\nNOTE;ENCODING=QUOTED-PRINTABLE:ul. D=B3uga, Krak=F3w", "Łukasz Wiśniewski")]
    [InlineData("windows-1251", "N;ENCODING=QUOTED-PRINTABLE:=C8=E2=E0=ED=EE=E2;=CF=E5=F2=F0\nNOTE;ENCODING=QUOTED-PRINTABLE:=CC=EE=F1=EA=E2=E0", "Петр Иванов")]
    [InlineData("windows-1251", "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=89;Zo=C3=A9\nEND:VCARD\nBEGIN:VCARD\nVERSION:2.1\nN;ENCODING=QUOTED-PRINTABLE:=C8=E2=E0=ED=EE=E2;=CF=E5=F2=F0", "Zoé É, Петр Иванов")]
    public void Values_that_name_no_charset_are_read_in_that_of_the_file(string encoding, string lines, string names)
    {
        var bytes = Encoding.Latin1.GetBytes($"BEGIN:VCARD\nVERSION:2.1\n{lines}\nEND:VCARD\n");
        Assert.Equal(encoding, ReadingFiles.Shape(bytes).Encoding);
        Assert.Equal(names, string.Join(", ", ReadingFiles.Contacts(bytes).Select(c => $"{c.FirstName} {c.LastName}")));
    }

    [Theory]
    [InlineData("Contacts exportés\n\n", "")]
    [InlineData("\n\uFEFF", "")]
    [InlineData("", "CREATED:20210312T101112Z\n")]
    public void A_card_may_stand_behind_other_text_and_say_when_it_was_made(string before, string lines)
    {
        var c = Assert.Single(ReadingFiles.Contacts($"{before}BEGIN:VCARD \nVERSION:4.0\nN:Roe;Ann;Quincy,Ada;;\n{lines}END:VCARD \n"));
        Assert.Equal(("Ann Quincy Ada", "Roe", lines.Length > 0 ? "20210312T101112Z" : ""), (c.FirstName, c.LastName, c.CreatedAt));
    }

    [Fact]
    public void A_broken_card_is_a_problem_of_its_own()
    {
        var c = ReadingFiles.Contacts("BEGIN:VCARD\nVERSION:3.0\nN:One;;;;\nBEGIN:VCARD\nVERSION:3.0\nN:Two;;;;\nEND:VCARD\njunk\nBEGIN:VCARD\nVERSION:3.0\nNOTE:nobody\nEND:VCARD\nBEGIN:VCARD\nFN:Three\nEND:VCARD\nBEGIN:VCARD\nFN:Four\n");
        Assert.Equal(["One", "Two", "", "Three", "Four"], c.Select(x => x.LastName));
        Assert.Equal([RowProblemCodes.BrokenCard, null, RowProblemCodes.NoName, null, RowProblemCodes.BrokenCard], c.Select(x => x.Problems.FirstOrDefault()?.Code));
    }

    [Fact]
    public void A_letter_cut_by_a_fold_is_whole_again_and_companies_are_companies()
    {
        byte[] bytes = [.. "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Caf\u00c3"u8[..^2], 0xC3, .. "\r\n "u8, 0xA9, .. "\r\nORG:Caf"u8, 0xC3, 0xA9, .. "\r\nX-ABShowAs:COMPANY\r\nEND:VCARD\r\n"u8];
        var c = ReadingFiles.Contacts(bytes);
        Assert.Equal(("company", "Café"), (c[0].Kind, c[0].CompanyName));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Written_cards_are_read_back(bool version3)
    {
        var card = new CardContact
        {
            FirstName = "Zoé", LastName = "O;Neil, \\ Müller", CompanyName = "Œuvre & fils; Paris", JobTitle = "CEO, boss",
            Description = string.Concat(Enumerable.Repeat("Ünï 😀 line\nnext; ", 20)).Trim(),
            Emails = [new("home", "h@x.org"), new("work", "w@x.org", true)], Phones = [new("mobile", "+33 6 12", true), new("fax", "01;02")],
            Websites = [new("home", "https://x.org/a,b", true)], Socials = [new("linkedin", "zoe", true), new("jabber", "z@x.org")],
            Addresses = [new("home", "1, Main\nSt", "Rome", "RM", "00100", "Italy", true), new("work", City: "Oslo")], Tags = ["a,b", "c"],
        };
        var text = new StringWriter();
        var writer = new VCardWriter(text, version3);
        writer.Write(card);
        writer.Write(new CardContact { IsCompany = true, CompanyName = "Acme" });
        Assert.All(text.ToString().Split("\r\n"), line => Assert.True(Encoding.UTF8.GetByteCount(line) <= 75));
        var c = ReadingFiles.Contacts(text.ToString());
        Assert.Equal(("Zoé", card.LastName, card.CompanyName, card.JobTitle, card.Description), (c[0].FirstName, c[0].LastName, c[0].CompanyName, c[0].JobTitle, c[0].Description));
        Assert.Equal(card.Emails.Select(v => (v.Category, v.Value, v.Primary)), c[0].Emails.Select(v => (v.Category, v.Value, v.Primary)));
        Assert.Equal(("mobile", "+33 6 12"), (c[0].Phones[0].Category, c[0].Phones[0].Value));
        Assert.Equal(card.Websites.Select(v => (v.Category, v.Value)), c[0].Websites.Select(v => (v.Category, v.Value)));
        Assert.Equal(card.Socials.Select(v => (v.Category, v.Value)), c[0].Socials.Select(v => (v.Category, v.Value)));
        Assert.Equal(new ImportedAddress("home", true) { Street = "1, Main\nSt", City = "Rome", State = "RM", Zip = "00100", Country = "Italy" }, c[0].Addresses[0]);
        Assert.Equal(card.Tags, c[0].Tags);
        Assert.Equal(("company", "Acme"), (c[1].Kind, c[1].CompanyName));
    }

    [Fact]
    public void A_card_that_lists_others_is_no_contact_and_is_told()
    {
        var bytes = Encoding.UTF8.GetBytes("BEGIN:VCARD\nVERSION:4.0\nKIND:group\nFN:Friends\nMEMBER:urn:uuid:1\nEND:VCARD\nBEGIN:VCARD\nVERSION:3.0\nN:Team;;;;\nFN:Team\nX-ADDRESSBOOKSERVER-KIND:group\nEND:VCARD\nBEGIN:VCARD\nVERSION:3.0\nN:Roe;Ann;Q.;;\nEND:VCARD\n");
        var c = Assert.Single(ReadingFiles.Contacts(bytes));
        Assert.Equal(("Ann Q.", "Roe", 3L), (c.FirstName, c.LastName, c.Number));
        var shape = ReadingFiles.Shape(bytes);
        Assert.Equal((1L, 2), (shape.Records, shape.Problems.Count));
        Assert.Equal(new FileProblem(FileProblemKind.Group, false, 2), shape.Problems[1]);
    }

    [Theory]
    [InlineData("BDAY:1970-01-02\nNICKNAME:Bob\nBDAY:1970-01-02", "BDAY, NICKNAME")]
    [InlineData("ORG:Acme;Sales\nORG:Other", "ORG (2), ORG (unit)")]
    [InlineData("TITLE:Boss\nROLE:Chief\nTITLE:Head", "ROLE, TITLE (2)")]
    [InlineData("IMPP:matrix:@ann:x.org\nX-SIP:\nUID:1\nREV:2020", "IMPP")]
    [InlineData("PHOTO;ENCODING=b:AAAA", "PHOTO")]
    [InlineData("TEL:+33 1", null)]
    public void What_no_field_takes_is_told(string lines, string? told)
    {
        var shape = ReadingFiles.Shape(Encoding.UTF8.GetBytes($"BEGIN:VCARD\nVERSION:3.0\nN:Roe;Ann;;;\n{lines}\nEND:VCARD\n"));
        Assert.Equal(told is null ? [] : [new FileProblem(FileProblemKind.LeftOut, false, null, told)], shape.Problems);
    }

    [Fact]
    public void The_card_of_an_agent_within_a_card_is_no_contact()
    {
        var c = ReadingFiles.Contacts("BEGIN:VCARD\nVERSION:2.1\nN:Roe;Ann\nAGENT:\nBEGIN:VCARD\nVERSION:2.1\nN:Friday;Fred\nTEL;WORK:+1 2\nEND:VCARD\nTEL;CELL:+33 6\nEND:VCARD\nBEGIN:VCARD\nVERSION:2.1\nN:Poe;Bob\nEND:VCARD\n");
        Assert.Equal(["Roe", "Poe"], c.Select(x => x.LastName));
        Assert.Equal("+33 6", Assert.Single(c[0].Phones).Value);
        Assert.All(c, x => Assert.Empty(x.Problems));
    }

    [Theory]
    [InlineData("TEL;X-Perso:06", "phone home")]
    [InlineData("TEL;TYPE=main:01", "phone work")]
    [InlineData("TEL;TYPE=WhatsApp:06", "phone mobile")]
    [InlineData("TEL;TYPE=voice:01", "phone other")]
    [InlineData("EMAIL;X-CUSTOM(Pro):a@x.org", "email work")]
    [InlineData("item1.ADR:;;1 Loop;Ulm;;;\nitem1.X-ABLabel:Work", "address work")]
    [InlineData("item1.ADR:;;1 Loop;Ulm;;;\nitem1.X-ABLabel:Chalet\nCATEGORIES:myContacts", "address other")]
    [InlineData("CATEGORIES:myContacts,Friends", "tag Friends")]
    [InlineData("X-GROUP-MEMBERSHIP:ICE\nCATEGORIES:My Contacts", "tag ICE")]
    [InlineData("TEL;X-CUSTOM(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,=50=72=6F):07", "phone work")]
    public void Own_types_and_labels_are_read(string lines, string expected)
    {
        var c = ReadingFiles.Contacts($"BEGIN:VCARD\nVERSION:3.0\nN:Roe;Ann;;;\n{lines}\nEND:VCARD\n")[0];
        Assert.Equal(expected, string.Join(", ", [.. c.Phones.Select(p => "phone " + p.Category), .. c.Emails.Select(e => "email " + e.Category), .. c.Addresses.Select(a => "address " + a.Category), .. c.Tags.Select(t => "tag " + t)]));
    }

    [Theory]
    [InlineData("_$!<HomePage>!$_", "other")]
    [InlineData("_$!<Home>!$_", "home")]
    [InlineData("Travail", "work")]
    public void The_label_of_a_website_is_its_category(string label, string category) =>
        Assert.Equal(category, ReadingFiles.Contacts($"BEGIN:VCARD\nVERSION:3.0\nN:Roe;;;;\nitem1.URL;type=pref:http\\://x.org\nitem1.X-ABLabel:{label}\nEND:VCARD\n")[0].Websites[0].Category);

    [Theory]
    [InlineData("SOCIALPROFILE;SERVICE-TYPE=skype:live:man", "skype", "live:man")]
    [InlineData("IMPP:skype:ann", "skype", "ann")]
    [InlineData("IMPP;X-SERVICE-TYPE=Jabber:xmpp:ann@x.org", "jabber", "ann@x.org")]
    [InlineData("X-SOCIALPROFILE;type=twitter:x-apple:ann", "x", "ann")]
    [InlineData("X-SOCIALPROFILE;type=linkedin:https://www.linkedin.com/in/ann", "linkedin", "https://www.linkedin.com/in/ann")]
    public void A_profile_keeps_its_whole_account(string line, string network, string account)
    {
        var social = Assert.Single(ReadingFiles.Contacts($"BEGIN:VCARD\nVERSION:4.0\nN:Roe;;;;\n{line}\nEND:VCARD\n")[0].Socials);
        Assert.Equal((network, account), (social.Category, social.Value));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Written_cards_keep_what_cards_have_no_word_for(bool version3)
    {
        var card = new CardContact
        {
            FirstName = "Ann", LastName = "Roe", Industry = "Bois, papier", Type = "client", Temperature = "hot", Currency = "CHF",
            Phones = [.. ImportFields.PhoneCategories.Select(c => new CardValue(c, "+33 " + c))], Websites = [.. ImportFields.Places.Select(c => new CardValue(c, $"https://{c}.example"))],
            Emails = [.. ImportFields.Places.Select(c => new CardValue(c, $"{c}@x.org"))], Addresses = [.. ImportFields.AddressCategories.Select(c => new CardAddress(c, City: c))],
        };
        var text = new StringWriter();
        new VCardWriter(text, version3).Write(card);
        var c = ReadingFiles.Contacts(text.ToString())[0];
        Assert.Equal((card.Industry, card.Type, card.Temperature, card.Currency), (c.Industry, c.Type, c.Temperature, c.Currency));
        Assert.Equal(card.Phones.Select(p => p.Category), c.Phones.Select(p => p.Category));
        Assert.Equal(card.Websites.Select(p => p.Category), c.Websites.Select(p => p.Category));
        Assert.Equal(card.Emails.Select(p => p.Category), c.Emails.Select(p => p.Category));
        Assert.Equal(card.Addresses.Select(a => (a.Category, a.City)), c.Addresses.Select(a => (a.Category, a.City)));
    }
}
