namespace Liaison.Tests.House;

/// <summary>Rooms stay small enough to be read.</summary>
public sealed class SizesTests
{
    private static readonly Dictionary<string, int> Most = new(StringComparer.Ordinal) { [".cs"] = 300, [".cshtml"] = 250, [".css"] = 350, [".js"] = 200 };

    [Fact]
    public void No_file_is_longer_than_its_kind_allows()
    {
        var bad = Repository.Files([.. Most.Keys]).Where(f => !f.Path.Contains("/Migrations/", StringComparison.Ordinal))
            .Select(f => (f.Path, Lines: f.Text.AsSpan().Count('\n'), Most: Most[Path.GetExtension(f.Path)]))
            .Where(f => f.Lines > f.Most).Select(f => $"{f.Path}: {f.Lines} lines, at most {f.Most}");
        Assert.Equal("", string.Join('\n', bad));
    }

    [Fact]
    public void No_folder_holds_more_than_twenty_files()
    {
        var bad = Repository.Files(".cs", ".cshtml").Where(f => !f.Path.Contains("/Migrations/", StringComparison.Ordinal) && !f.Path.EndsWith(".cshtml.cs", StringComparison.Ordinal))
            .CountBy(f => Path.GetDirectoryName(f.Path)!, StringComparer.Ordinal).Where(f => f.Value > 20).Select(f => $"{f.Key}: {f.Value} files");
        Assert.Equal("", string.Join('\n', bad));
    }

    // The framework's tag is not known to the views and would be shown as it stands.
    [Fact]
    public void Views_show_parts_by_PartAsync() =>
        Assert.Empty(Repository.Files(".cshtml").Where(f => f.Text.Contains("<partial ", StringComparison.Ordinal)).Select(f => f.Path));
}
