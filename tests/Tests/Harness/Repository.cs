namespace Liaison.Tests.Harness;

/// <summary>The source tree the tests were built from, for the house tests that read it.</summary>
public static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    /// <summary>Source files by their path below the root; nothing that a build made.</summary>
    public static IEnumerable<(string Path, string Text)> Files(params string[] extensions)
    {
        foreach (var folder in new[] { "src", "modules", "extensions", "tests" })
        {
            foreach (var file in Directory.EnumerateFiles(Path.Combine(Root, folder), "*", SearchOption.AllDirectories))
            {
                var path = Path.GetRelativePath(Root, file).Replace('\\', '/');
                if (extensions.Contains(Path.GetExtension(path)) && !path.Split('/').Any(p => p is "obj" or "bin" or "lib")) yield return (path, File.ReadAllText(file));
            }
        }
    }

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "Liaison.slnx")) ? folder : Find(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests run outside the source tree."));
}
