using System.Text;
using System.Text.Json.Serialization;

namespace Liaison.Exchange.Reading;

/// <summary>What kind of contact file it is.</summary>
public enum FileFormat
{
    /// <summary>Text in rows and cells.</summary>
    Csv,

    /// <summary>Cards between BEGIN:VCARD and END:VCARD.</summary>
    VCard,

    /// <summary>Sheets of Excel or LibreOffice, of which one is read.</summary>
    Workbook,
}

/// <summary>What is wrong with a file as a whole.</summary>
public enum FileProblemKind
{
    /// <summary>No byte, or nothing but blanks.</summary>
    Empty,

    /// <summary>A workbook of a kind that is not read, such as Numbers or Excel before 2007.</summary>
    Workbook,

    /// <summary>A workbook of which no sheet holds anything.</summary>
    EmptyWorkbook,

    /// <summary>A workbook that opens with a password only.</summary>
    Protected,

    /// <summary>A workbook that is broken off, or not built as workbooks are.</summary>
    WorkbookDamaged,

    /// <summary>A workbook that unpacks to more than is read.</summary>
    WorkbookTooLarge,

    /// <summary>A text or a presentation.</summary>
    Document,

    /// <summary>A compressed archive.</summary>
    Archive,

    /// <summary>A PDF document.</summary>
    Pdf,

    /// <summary>A picture.</summary>
    Image,

    /// <summary>Bytes that are no text.</summary>
    Binary,

    /// <summary>A web page or XML.</summary>
    Markup,

    /// <summary>JSON.</summary>
    Json,

    /// <summary>LDIF, the list of entries of a directory.</summary>
    Ldif,

    /// <summary>A quote opens in the row named and is never closed: it is read as an ordinary character.</summary>
    QuoteNeverClosed,

    /// <summary>The row named holds a NUL character.</summary>
    Nul,

    /// <summary>The row named holds a cell of more than a million characters.</summary>
    CellTooLarge,

    /// <summary>The row named has more filled cells than the header has columns.</summary>
    ExtraCells,

    /// <summary>The row named is a title between the contacts.</summary>
    Section,

    /// <summary>Some bytes do not fit the encoding.</summary>
    BadCharacters,

    /// <summary>The table begins in the row named: what stands above is left out.</summary>
    Preamble,

    /// <summary>From the row named on, the file holds no contacts but a total, a copyright or the like: these rows are left out.</summary>
    Footer,

    /// <summary>The row named, and maybe further ones, is hidden in the workbook: it is read nevertheless.</summary>
    HiddenRows,

    /// <summary>The sheets named in the detail are not read.</summary>
    OtherSheets,

    /// <summary>The card named lists others and is no contact: it is left out.</summary>
    Group,

    /// <summary>The properties of cards named in the detail are in no field of a contact: they are left out.</summary>
    LeftOut,
}

/// <summary>A problem of the file as a whole; a fatal one means that nothing can be read.</summary>
public sealed record FileProblem(FileProblemKind Kind, bool Fatal, long? Row = null, string? Detail = null);

/// <summary>How to read a file: each part is a guess that the user may override with <c>with</c>.</summary>
public sealed record FileShape
{
    /// <summary>CSV, vCard or workbook.</summary>
    public FileFormat Format { get; init; }

    /// <summary>Web name of the encoding: utf-8, utf-16le, utf-16be, windows-1252, macintosh…</summary>
    public string Encoding { get; init; } = "utf-8";

    /// <summary>The file begins with a byte order mark.</summary>
    public bool HasBom { get; init; }

    /// <summary>The character between two cells.</summary>
    public char Delimiter { get; init; } = ',';

    /// <summary>The character around a cell that holds delimiters or line breaks.</summary>
    public char Quote { get; init; } = '"';

    /// <summary>The first row names the columns.</summary>
    public bool HasHeader { get; init; } = true;

    /// <summary>The first line is <c>sep=;</c> and no row.</summary>
    public bool HasSeparatorLine { get; init; }

    /// <summary>A backslash stands before a quote inside a quoted cell, as MySQL writes it.</summary>
    public bool HasEscapes { get; init; }

    /// <summary>Each row is one quoted cell that holds the whole row.</summary>
    public bool IsWrapped { get; init; }

    /// <summary>The file is a list of mailboxes as mail programs copy it; each of them is a row.</summary>
    public bool IsMailboxes { get; init; }

    /// <summary>Titles stand between the rows, "MEMBRES ACTIFS" alone in its row, and are known by this.</summary>
    public SectionMarks Sections { get; init; }

    /// <summary>Rows of text before the header that belong to no column.</summary>
    public int Preamble { get; init; }

    /// <summary>Number of the last row of the table; 0 when it goes on to the end of the file.</summary>
    public long LastRow { get; init; }

    /// <summary>Number of columns; the header counts when it has more.</summary>
    public int Columns { get; init; }

    /// <summary>Number of data rows or cards found.</summary>
    public long Records { get; init; }

    /// <summary>What stands further down in columns that are empty in the first rows.</summary>
    public IReadOnlyList<LateColumn> Late { get; init; } = [];

    /// <summary>Every byte could be decoded.</summary>
    public bool Decoded { get; init; } = true;

    /// <summary>The sheets of a workbook that hold something; each is read as the text into which it was written.</summary>
    public IReadOnlyList<SheetSpan> Sheets { get; init; } = [];

    /// <summary>Which of the sheets is read, counted from 0.</summary>
    public int Sheet { get; init; }

    /// <summary>What is wrong with the file, the first hundred.</summary>
    public IReadOnlyList<FileProblem> Problems { get; init; } = [];

    /// <summary>The problem that prevents any reading, if there is one.</summary>
    public FileProblem? Fatal => Problems.FirstOrDefault(p => p.Fatal);

    /// <summary>The file holds rows and columns.</summary>
    [JsonIgnore]
    public bool IsTable => Format != FileFormat.VCard;

    /// <summary>Name of the sheet that is read; null when the file is no workbook.</summary>
    [JsonIgnore]
    public string? SheetName => Format == FileFormat.Workbook ? Sheets[Sheet].Name : null;

    /// <summary>The delimiters to offer.</summary>
    public static IReadOnlyList<char> Delimiters { get; } = [',', ';', '\t', '|', ':'];

    /// <summary>The encodings to offer.</summary>
    public static IReadOnlyList<string> Encodings { get; } =
    [
        "utf-8", "windows-1252", "utf-16le", "utf-16be", "macintosh", "ibm850", "iso-8859-15",
        "windows-1250", "iso-8859-2", "windows-1251", "koi8-r", "ibm866", "windows-1253", "windows-1254", "windows-1257",
        "shift_jis", "euc-jp", "gb18030", "big5", "euc-kr",
    ];

    /// <summary>Stands in a cell, while it is read, for bytes that do not fit the encoding: a character that no text holds, so that a U+FFFD of the file itself is kept.</summary>
    internal const char Undecoded = '\uFDD0';

    /// <summary>The file with another of its sheets, of which nothing is known yet.</summary>
    public FileShape OnSheet(int sheet) => new() { Format = FileFormat.Workbook, Delimiter = Delimiter, Sheets = Sheets, Sheet = sheet };

    /// <summary>The text of the table from its beginning: the whole file, or the part of one sheet.</summary>
    internal Stream TextOf(Stream file)
    {
        if (Format == FileFormat.Workbook) return new SheetStream(file, Sheets[Sheet]);
        if (file.CanSeek) file.Position = 0;
        return file;
    }

    /// <summary>The decoder of a web name; windows-1252 when the name is unknown.</summary>
    public static Encoding Decoder(string name) => name.ToLowerInvariant() switch
    {
        "utf-8" or "utf8" => new UTF8Encoding(false),
        "utf-16le" or "utf-16" => new UnicodeEncoding(false, false),
        "utf-16be" => new UnicodeEncoding(true, false),
        "utf-32le" or "utf-32" => new UTF32Encoding(false, false),
        "us-ascii" or "iso-8859-1" or "latin1" => CodePage("windows-1252")!,
        // What Windows writes under this name has all syllables.
        "euc-kr" => CodePage("ks_c_5601-1987")!,
        _ => CodePage(name) ?? CodePage("windows-1252")!,
    };

    /// <summary>The decoder that puts <see cref="Undecoded"/> for what it cannot read.</summary>
    internal static Encoding MarkingDecoder(string name)
    {
        var decoder = (Encoding)Decoder(name).Clone();
        decoder.DecoderFallback = new DecoderReplacementFallback(Undecoded.ToString());
        return decoder;
    }

    private static Encoding? CodePage(string name) => CodePagesEncodingProvider.Instance.GetEncoding(name);
}
