using Liaison.Exchange.Reading;
using Xunit;

namespace Liaison.Tests.Exchange;

/// <summary>Reads a file as the import does when nobody changes an option.</summary>
internal static class ReadingFiles
{
    public static List<ImportedContact> FromFile(string path)
    {
        using var stream = File.OpenRead(path);
        return Contacts(stream);
    }

    public static List<ImportedContact> Contacts(byte[] bytes) => Contacts(new MemoryStream(bytes));

    public static List<ImportedContact> Contacts(string text) => Contacts(System.Text.Encoding.UTF8.GetBytes(text));

    public static List<ImportedContact> Contacts(Stream stream)
    {
        var shape = ShapeDetection.Detect(stream);
        Assert.Null(shape.Fatal);
        if (shape.Format == FileFormat.VCard) return [.. VCards.Read(stream, shape).Select(RowReading.Read)];
        var reading = new RowReading(Mapping(stream, shape));
        return [.. CsvRows.Read(stream, shape).Select(reading.Read)];
    }

    public static IReadOnlyList<ColumnMapping> Mapping(Stream stream, FileShape shape)
    {
        var header = CsvRows.Header(stream, shape);
        return MappingSuggestion.Suggest(header, [.. CsvRows.Sample(stream, shape)]);
    }

    /// <summary>The mapping of a header row without any data, as "header=target".</summary>
    public static Dictionary<string, string> Targets(params string[] headers) =>
        MappingSuggestion.Suggest(headers, []).DistinctBy(m => m.Header).ToDictionary(m => m.Header, m => m.Target);

    public static FileShape Shape(byte[] bytes) => ContactFile.Open(new MemoryStream(bytes), 1 << 20, CancellationToken.None).Shape;

    /// <summary>The folder of sample files next to the repository, when there is one.</summary>
    public static string? SampleFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine(folder.FullName, "shared", "data", "contacts");
            if (Directory.Exists(path)) return path;
        }

        return null;
    }
}
