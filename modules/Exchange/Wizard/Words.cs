using System.Globalization;
using Liaison.Exchange.Imports;
using Liaison.Exchange.Reading;
using Liaison.Kernel.Texts;
using Liaison.Kernel.Ui;

namespace Liaison.Exchange.Wizard;

/// <summary>What the wizard says about a file, a column or a state.</summary>
public sealed class WizardWords(Localizer texts, Display show)
{
    /// <summary>"Windows-1252, semicolon, 9 columns, 1,204 rows".</summary>
    public string Shape(FileShape shape, long rows) => shape.Format == FileFormat.VCard
        ? texts["imports.shape.cards", rows, show.Number(rows)]
        : shape.SheetName is { } sheet ? string.Join(", ", texts["imports.shape.sheet", sheet], texts["imports.shape.columns", shape.Columns, show.Number(shape.Columns)], Rows(rows))
        : string.Join(", ", Encoding(shape.Encoding), texts[$"imports.delimiter.{NameOf(shape.Delimiter)}"], texts["imports.shape.columns", shape.Columns, show.Number(shape.Columns)], Rows(rows));

    /// <summary>"1,204 rows".</summary>
    public string Rows(long rows) => texts["imports.shape.rows", rows, show.Number(rows)];

    /// <summary>An encoding's name as programs write it.</summary>
    public static string Encoding(string name) => name switch
    {
        "utf-8" => "UTF-8", "utf-16le" => "UTF-16 LE", "utf-16be" => "UTF-16 BE", "macintosh" => "Mac OS Roman", "ibm850" => "DOS (850)", "shift_jis" => "Shift JIS", "gb18030" => "GB 18030", "euc-jp" => "EUC-JP", "euc-kr" => "EUC-KR",
        _ => CultureInfo.InvariantCulture.TextInfo.ToTitleCase(name).Replace("Iso", "ISO", StringComparison.Ordinal),
    };

    /// <summary>A delimiter's word.</summary>
    public static string NameOf(char delimiter) => delimiter switch { ';' => "semicolon", '\t' => "tab", '|' => "pipe", ':' => "colon", _ => "comma" };

    /// <summary>A delimiter as a form sends it.</summary>
    public static string ValueOf(char delimiter) => delimiter == '\t' ? "tab" : delimiter.ToString();

    /// <summary>Badge of a state: word and colour. One that <paramref name="waits"/> for another import has not begun.</summary>
    public (string Text, string Kind) State(Import import, bool waits) => waits ? (texts["imports.waits"], "info") : (texts["imports.state." + import.State], import.State switch
    {
        ImportState.Done => "good", ImportState.Failed => "bad", ImportState.Cancelled => "warn", ImportState.Undone => "dead", ImportState.Mapping or ImportState.Checked => "info", _ => "accent",
    });

    /// <summary>How sure a suggestion is: word and colour.</summary>
    public (string Text, string Kind) Certainty(ColumnMapping column) => column switch
    {
        { Why: "chosen" } => (texts["imports.sure.chosen"], "accent"),
        _ when IsLeftOut(column.Target) => (texts["imports.sure.left"], ""),
        { Confidence: >= 0.85 } => (texts["imports.sure.yes"], "good"),
        { Confidence: >= 0.6 } => (texts["imports.sure.likely"], "info"),
        _ => (texts["imports.sure.check"], "warn"),
    };

    /// <summary>Whether nothing of the column is imported.</summary>
    public static bool IsLeftOut(string target) => ImportFields.Parse(target) is null or { Kind: FieldKind.Ignore };

    /// <summary>Why a column is taken for what it is taken for.</summary>
    public string Why(ColumnMapping column) => texts.Find("imports.why." + column.Why) ?? "";

    /// <summary>A whole-file problem in words.</summary>
    public string Problem(FileProblem problem) => Problem(problem, texts);

    /// <summary>The same for whoever has no wizard.</summary>
    public static string Problem(FileProblem problem, Localizer texts) =>
        (problem.Row?.ToString(CultureInfo.InvariantCulture) ?? Said(problem, texts)) is { } detail ? texts["import.file." + problem.Kind, detail] : texts["import.file." + problem.Kind];

    // The names of properties are those of the format; the usual ones are said in words as well.
    private static string? Said(FileProblem problem, Localizer texts) => problem.Kind != FileProblemKind.LeftOut ? problem.Detail
        : string.Join(", ", problem.Detail!.Split(", ").Select(name => texts.Find("import.card." + name) is { } word ? $"{word} ({name})" : name));
}
