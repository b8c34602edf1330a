using System.Text;
using Liaison.Exchange.Reading;
using Xunit;

namespace Liaison.Tests.Exchange;

/// <summary>The kinds of files that people really have, made byte by byte.</summary>
public class ReadingShapeTests
{
    private const string French = "Nom;Prénom;E-mail;Téléphone\r\nL’Œuvre;Zoé;zoe@exemple.fr;06 12 34 56 78\r\nMüller €;François;f@exemple.fr;0033 6 12 34 56 78\r\n";

    static ReadingShapeTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    [Theory]
    [InlineData("utf-8", "utf-8", false)]
    [InlineData("utf-8", "utf-8", true)]
    [InlineData("windows-1252", "windows-1252", false)]
    [InlineData("utf-16LE", "utf-16le", true)]
    [InlineData("utf-16LE", "utf-16le", false)]
    [InlineData("utf-16BE", "utf-16be", true)]
    [InlineData("utf-16BE", "utf-16be", false)]
    [InlineData("macintosh", "macintosh", false)]
    public void The_encoding_is_found(string written, string found, bool bom)
    {
        var encoding = Encoding.GetEncoding(written);
        string text = written == "macintosh" ? French.Replace("€", "", StringComparison.Ordinal) : French;
        byte[] bytes = [.. bom ? encoding.GetPreamble() : [], .. encoding.GetBytes(text)];
        var shape = ReadingFiles.Shape(bytes);
        Assert.Equal((found, bom, ';', true, 2L), (shape.Encoding, shape.HasBom, shape.Delimiter, shape.HasHeader, shape.Records));
        var contacts = ReadingFiles.Contacts(bytes);
        Assert.Equal(("L’Œuvre", "Zoé"), (contacts[0].LastName, contacts[0].FirstName));
    }

    [Fact]
    public void One_greek_letter_in_the_last_of_five_thousand_rows_decides()
    {
        var text = new StringBuilder("Name,Email\n");
        for (int i = 0; i < 5000; i++) text.Append($"Person {i},p{i}@example.org\n");
        text.Append("Αθηνά Παππά,athina@example.gr\n");
        var bytes = Encoding.UTF8.GetBytes(text.ToString());
        Assert.Equal("utf-8", ReadingFiles.Shape(bytes).Encoding);
        Assert.Equal(("Αθηνά", "Παππά"), ReadingFiles.Contacts(bytes).Select(c => (c.FirstName, c.LastName)).Last());
        var latin = Encoding.GetEncoding("windows-1252").GetBytes(text.ToString().Replace("Αθηνά Παππά", "Zoé Noël", StringComparison.Ordinal));
        Assert.Equal("windows-1252", ReadingFiles.Shape(latin).Encoding);
    }

    [Theory]
    [InlineData("windows-1252", "Name;Note\r\nO’Neil;it’s “fine”\r\n")]
    [InlineData("windows-1252", "NOM;VILLE\r\nRENÉ;NÎMES\r\nHÉLÈNE;ORLÉANS\r\n")]
    [InlineData("windows-1252", "Name;Preis\r\nGröße;12 €\r\n")]
    [InlineData("macintosh", "Nom;Ville\rZoé;Orléans\r")]
    [InlineData("macintosh", "Name;Ort\rMüller;Köln\rWeiß;Fürth\r")]
    [InlineData("ibm850", "Nom;Ville\r\nHélène;Orléans\r\nFrançois;Nîmes\r\n")]
    public void A_single_byte_encoding_is_told_by_its_letters(string name, string text)
    {
        var bytes = CodePagesEncodingProvider.Instance.GetEncoding(name)!.GetBytes(text);
        Assert.Equal(name, ReadingFiles.Shape(bytes).Encoding);
    }

    [Fact]
    public void A_damaged_letter_in_a_utf8_file_refuses_its_row_only()
    {
        byte[] bytes = [.. "Nom;Prénom\n"u8, .. Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 50).Select(i => $"Hélène {i};Zoé\n"))), (byte)'R', 0xE9, .. ";Ann\n"u8];
        var shape = ReadingFiles.Shape(bytes);
        Assert.Equal(("utf-8", false), (shape.Encoding, shape.Decoded));
        var contacts = ReadingFiles.Contacts(bytes);
        Assert.Equal(RowProblemCodes.BadCharacters, Assert.Single(contacts, c => c.Refused).Problems[0].Code);
    }

    [Fact]
    public void Greek_in_utf16_without_a_mark_is_recognised()
    {
        string text = string.Concat(Enumerable.Range(0, 50).Select(i => $"Αθηνά Παππά;αθήνα;Θεσσαλονίκη {i}\r\n"));
        Assert.Equal("utf-16le", ReadingFiles.Shape(Encoding.Unicode.GetBytes(text)).Encoding);
    }

    [Theory]
    [InlineData("Name,Address,Email\nA B,\"1; 2; 3\",a@x.org\nC D,\"4; 5; 6\",c@x.org\n", ',')]
    [InlineData("Name;Address;Email\nA B;1, 2, 3, 4;a@x.org\nC D;4, 5, 6, 7;c@x.org\n", ';')]
    [InlineData("Name\tAddress\tEmail\nA B\t1, 2\ta@x.org\nC D\t4, 5\tc@x.org\n", '\t')]
    [InlineData("Name|Seen|Email\nA B|10:20:30|a@x.org\nC D|11:21:31|c@x.org\n", '|')]
    [InlineData("Name:Email\nA B:a@x.org\nC D:c@x.org\n", ':')]
    [InlineData("sep=|\nName|Email, other\nA B|a@x.org, b@x.org\n", '|')]
    public void The_delimiter_is_found(string text, char delimiter)
    {
        var shape = ReadingFiles.Shape(Encoding.UTF8.GetBytes(text));
        Assert.Equal((delimiter, true), (shape.Delimiter, shape.HasHeader));
        var contacts = ReadingFiles.Contacts(text);
        Assert.Equal(("A", "B", "a@x.org"), (contacts[0].FirstName, contacts[0].LastName, contacts[0].Emails[0].Value));
        Assert.Equal(2, contacts[0].Number);
    }

    [Fact]
    public void One_column_needs_no_delimiter()
    {
        Assert.Equal(["a@x.org", "b@x.org"], ReadingFiles.Contacts("email\na@x.org\nb@x.org\n").Select(c => c.LastName));
        Assert.Equal(["a@x.org", "b@x.org"], ReadingFiles.Contacts("a@x.org\nb@x.org\n").Select(c => c.Emails[0].Value));
    }

    [Theory]
    [InlineData("Jean;Dupont;jean@x.fr;0612345678\nAnna;Roux;anna@x.fr;0712345678\n", false)]
    [InlineData("Prénom;Nom;Mail;Mail\nJean;Dupont;jean@x.fr;\n", true)]
    [InlineData("Foo;Bar;Baz\nJean;Dupont;jean@x.fr\nAnna;Roux;anna@x.fr\n", true)]
    public void A_header_is_told_from_data(string text, bool header)
    {
        Assert.Equal(header, ReadingFiles.Shape(Encoding.UTF8.GetBytes(text)).HasHeader);
        var contact = ReadingFiles.Contacts(text)[0];
        Assert.Equal("jean@x.fr", contact.Emails[0].Value);
        if (!text.StartsWith("Foo", StringComparison.Ordinal)) Assert.Equal(("Jean", "Dupont"), (contact.FirstName, contact.LastName));
    }

    [Fact]
    public void Text_before_the_header_is_passed_over()
    {
        const string text = "Notes:\n\"When exporting your data, you may notice that some addresses are missing.\"\n\nFirst Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
            + "Ada,Byron,https://www.linkedin.com/in/ada,ada@x.org,Engines Ltd,Engineer,12 Mar 2021\nBob,Moss,https://www.linkedin.com/in/bob,,Acme,Clerk,13 Mar 2021\n";
        var contacts = ReadingFiles.Contacts(text);
        Assert.Equal(2, contacts.Count);
        Assert.Equal(("Ada", "Byron", "Engines Ltd", "Engineer", 5L), (contacts[0].FirstName, contacts[0].LastName, contacts[0].CompanyName, contacts[0].JobTitle, contacts[0].Number));
        Assert.Equal(("linkedin", "https://www.linkedin.com/in/ada"), (contacts[0].Socials[0].Category, contacts[0].Socials[0].Value));
    }

    [Fact]
    public void Single_quotes_around_cells_are_recognised()
    {
        var contacts = ReadingFiles.Contacts("'Name','Email','City'\n'Ann, Lee','a@x.org','Rome'\n'Bob Moss','b@x.org','Oslo'\n");
        Assert.Equal(("Lee", "Ann", "Rome"), (contacts[0].FirstName, contacts[0].LastName, contacts[0].Addresses[0].City));
    }

    [Fact]
    public void Trailing_empty_columns_and_rows_and_no_last_line_break()
    {
        var contacts = ReadingFiles.Contacts("Nom;Prénom;Ville;;;\nDupont;Jean;Lyon;;;\n;;;;;\nRoux;Anna;Nice;;;;;\n\n;;;\nPetit;Luc;Paris");
        Assert.Equal(["Lyon", "Nice", "Paris"], contacts.Select(c => c.Addresses[0].City));
        Assert.All(contacts, c => Assert.Empty(c.Problems));
    }

    [Theory]
    [InlineData(new byte[0], FileProblemKind.Empty)]
    [InlineData(new byte[] { 0xEF, 0xBB, 0xBF, 13, 10 }, FileProblemKind.Empty)]
    [InlineData(new byte[] { 0xD0, 0xCF, 0x11, 0xE0, 1, 2 }, FileProblemKind.Workbook)]
    [InlineData(new byte[] { 0x50, 0x4B, 3, 4, 0, 0, (byte)'x', (byte)'l', (byte)'/', (byte)'w' }, FileProblemKind.WorkbookDamaged)]
    [InlineData(new byte[] { 0x50, 0x4B, 3, 4, 0, 0, (byte)'a' }, FileProblemKind.Archive)]
    [InlineData(new byte[] { 0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10 }, FileProblemKind.Image)]
    [InlineData(new byte[] { (byte)'%', (byte)'P', (byte)'D', (byte)'F', (byte)'-', (byte)'1' }, FileProblemKind.Pdf)]
    [InlineData(new byte[] { (byte)'<', (byte)'h', (byte)'t', (byte)'m', (byte)'l', (byte)'>' }, FileProblemKind.Markup)]
    [InlineData(new byte[] { (byte)'d', (byte)'n', (byte)':', (byte)' ', (byte)'c', (byte)'n', (byte)'=', (byte)'a' }, FileProblemKind.Ldif)]
    [InlineData(new byte[] { (byte)'[', (byte)'{', (byte)'"', (byte)'a' }, FileProblemKind.Json)]
    public void What_is_no_contact_file_says_what_it_is(byte[] bytes, FileProblemKind kind) => Assert.Equal(kind, ReadingFiles.Shape(bytes).Fatal?.Kind);

    [Fact]
    public void Random_bytes_never_throw()
    {
        var random = new Random(7);
        for (int i = 0; i < 300; i++)
        {
            var bytes = new byte[random.Next(3000)];
            random.NextBytes(bytes);
            if (i % 3 == 0) bytes = Array.ConvertAll(bytes, b => "\",;\n\r\t ab@.\0é"u8[b % 14]);
            if (i % 3 == 1) bytes = [.. "BEGIN:VCARD\n"u8, .. Array.ConvertAll(bytes, b => "ABN:;=\n\r \\,é"u8[b % 13])];
            var shape = ReadingFiles.Shape(bytes);
            if (shape.Fatal is null) ReadingFiles.Contacts(bytes);
        }
    }

    [Fact]
    public void The_user_can_override_each_guess()
    {
        var stream = new MemoryStream(Encoding.UTF8.GetBytes("Nom;Ville\nZoé;Nîmes\n"));
        var shape = ShapeDetection.Detect(stream);
        Assert.Equal("ZoÃ©", CsvRows.Read(stream, shape with { Encoding = "windows-1252" }).First().Cells[0]);
        Assert.Equal("Zoé;Nîmes", CsvRows.Read(stream, shape with { Delimiter = ',', Columns = 0 }).First().Cells[0]);
        Assert.Equal(["Nom", "Zoé"], CsvRows.Read(stream, shape with { HasHeader = false }).Select(r => r.Cells[0]));
        Assert.Equal(1, ShapeDetection.Count(stream, shape with { Delimiter = ',', Columns = 0 }).Records);
    }
}
