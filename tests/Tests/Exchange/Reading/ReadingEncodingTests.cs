using System.Text;
using Liaison.Exchange.Reading;

namespace Liaison.Tests.Exchange;

/// <summary>Encodings that no mark names.</summary>
public class ReadingEncodingTests
{
    [Theory]
    [InlineData("windows-1252", "RUE DU SACRÉ-CŒUR;ORLÉANS")]
    [InlineData("windows-1252", "CAMÕES;x")]
    [InlineData("windows-1252", "L’ORÉAL;D’Artagnan")]
    [InlineData("windows-1252", "García;Søren;Müller;Hélène;João;Dušan;Åsa;Gürtler;Nuñez;Peña")]
    [InlineData("windows-1252", "Émile;Çelik;À la carte;Île de Ré")]
    [InlineData("windows-1252", "N° 5;12 m²;«Le Bon»;“x”;12 €")]
    [InlineData("iso-8859-15", "Le Cœur;12")]
    [InlineData("iso-8859-15", "Prix;12 €")]
    [InlineData("macintosh", "Hélène;l’été;Orléans;Noël")]
    [InlineData("ibm850", "MÜLLER;Köln;Straße")]
    [InlineData("windows-1250", "Jiří Dvořák;Nováček;Němec;Žižka")]
    [InlineData("windows-1250", "Łukasz;Gałązka;Wójcik;Żółw;Kraków")]
    [InlineData("windows-1250", "Erdős;Szűcs;Győr;Kovács;Nagy Éva")]
    [InlineData("iso-8859-2", "Łukasz;Gałązka;Wójcik;Święty")]
    [InlineData("windows-1251", "Иван Петров;Москва;Ольга")]
    [InlineData("koi8-r", "Иван Петров;Москва;Ольга")]
    [InlineData("ibm866", "Иван Петров;Москва;Ольга")]
    [InlineData("windows-1253", "Αθηνά Παππά;Θεσσαλονίκη;Γιώργος")]
    [InlineData("windows-1254", "Şahin;Gümüş;Yıldız;Doğan;İstanbul")]
    public void The_words_of_a_file_tell_its_encoding(string name, string words) =>
        Assert.Equal(name, ReadingFiles.Shape(CodePagesEncodingProvider.Instance.GetEncoding(name)!.GetBytes("Nom;Ville\r\n" + words + "\r\n")).Encoding);

    [Theory]
    [InlineData("shift_jis", "田中太郎;東京都")]
    [InlineData("shift_jis", "髙橋 美咲;タカハシ ミサキ;大阪府大阪市北区梅田1-2-3")]
    [InlineData("shift_jis", "株式会社山田製作所;ﾔﾏﾀﾞｾｲｻｸｼｮ;名古屋市")]
    [InlineData("euc-jp", "田中太郎;東京都渋谷区")]
    [InlineData("euc-jp", "すずき はなこ;横浜市中区")]
    [InlineData("gb18030", "张伟;北京市朝阳区建国路88号")]
    [InlineData("gb18030", "王小明;上海某某科技有限公司;经理")]
    [InlineData("gb18030", "欧阳娜娜;广州\r\n李强;成都")]
    [InlineData("big5", "陳淑芬;台北市信義區")]
    [InlineData("big5", "林志明;高雄市;經理\r\n許功蓋;新竹市")]
    [InlineData("euc-kr", "김철수;서울특별시 강남구")]
    [InlineData("euc-kr", "이영희;부산;삼성전자 주식회사")]
    public void Chinese_japanese_and_korean_files_are_found(string name, string words) =>
        Assert.Equal(name, ReadingFiles.Shape(FileShape.Decoder(name).GetBytes("Nom;Ville\r\n" + words + "\r\n")).Encoding);

    [Theory]
    [InlineData("windows-1252", "Société Générale;Évry;Chloé Lefèvre")]
    [InlineData("windows-1252", "ÉLÉONORE;ÀLÉ;ÇA")]
    [InlineData("windows-1252", "Größe;Jürgen Weiß;Österreich")]
    [InlineData("windows-1250", "Żółć;Wałęsa;Łódź;Małgorzata;Śląsk")]
    [InlineData("windows-1250", "ŽIŽKA;ČERNÝ;ŘÍHA")]
    [InlineData("windows-1251", "МОСКВА;ИВАНОВ;ПЕТР")]
    [InlineData("windows-1251", "Анна;Ольга Сидорова;улица")]
    [InlineData("koi8-r", "ИВАН;Мария;Казань;Новгород")]
    [InlineData("koi8-r", "Анна;Иван")]
    [InlineData("ibm866", "Сергей;Екатеринбург;ООО Ромашка")]
    [InlineData("windows-1253", "Νίκος;Αθήνα;ΠΑΠΑΔΟΠΟΥΛΟΣ")]
    [InlineData("windows-1254", "Çağrı;Işık;Öztürk")]
    public void European_files_are_not_taken_for_them(string name, string words) =>
        Assert.Equal(name, ReadingFiles.Shape(CodePagesEncodingProvider.Instance.GetEncoding(name)!.GetBytes("Nom;Ville\r\n" + words + "\r\n")).Encoding);

    [Theory]
    [InlineData("Иван Петров;Москва\r\nОльга;Казань\r\n", "utf-16LE")]
    [InlineData("Иван Петров;Москва\r\nОльга;Казань\r\n", "utf-16BE")]
    [InlineData("Name;Mail\nAnn;a@x.org\n", "utf-16LE")]
    [InlineData("a;b", "utf-16BE")]
    public void Utf16_without_a_mark_is_found(string text, string name)
    {
        var bytes = Encoding.GetEncoding(name).GetBytes(text);
        Assert.Equal(name, ReadingFiles.Shape(bytes).Encoding, ignoreCase: true);
    }

    [Theory]
    [InlineData("Nom;E-mail\nDu\0pont;a@x.fr\n")]
    [InlineData("a;b\n\0;c")]
    [InlineData("x\0y,z\n")]
    public void A_stray_nul_does_not_make_a_file_utf16(string text) => Assert.Equal("utf-8", ReadingFiles.Shape(Encoding.UTF8.GetBytes(text)).Encoding);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void One_bad_byte_refuses_its_row_and_no_other(bool bom)
    {
        byte[] bytes = [.. bom ? Encoding.UTF8.GetPreamble() : [], .. Encoding.UTF8.GetBytes("Nom;Prénom\nDupré;Ann\n"), .. "Leg"u8, 0xE8, .. "re;Bob\n"u8];
        var contacts = ReadingFiles.Contacts(bytes);
        Assert.Equal([("Dupré", "Ann", false), ("Leg\uFFFDre", "Bob", true)], contacts.Select(c => (c.LastName, c.FirstName, c.Refused)));
    }

    [Fact]
    public void A_replacement_character_of_the_file_itself_is_kept()
    {
        var contacts = ReadingFiles.Contacts("Nom;Prénom\nDupr\uFFFD;Ann\n");
        Assert.Equal(("Dupr\uFFFD", false), (contacts[0].LastName, contacts[0].Refused));
    }

    [Fact]
    public void Another_encoding_chosen_later_refuses_what_does_not_fit_it()
    {
        var stream = new MemoryStream(CodePagesEncodingProvider.Instance.GetEncoding("windows-1252")!.GetBytes("Nom;Prénom\nHélène;Zoé\n"));
        var shape = ShapeDetection.Count(stream, ShapeDetection.Detect(stream) with { Encoding = "utf-8", Decoded = true });
        Assert.False(shape.Decoded);
        Assert.Equal(FileProblemKind.BadCharacters, Assert.Single(shape.Problems).Kind);
    }
}
