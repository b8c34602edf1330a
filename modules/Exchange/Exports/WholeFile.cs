namespace Liaison.Exchange.Exports;

/// <summary>A file that has its name only once it is whole: until then it is beside, as NAME.part, and what was there before stays.</summary>
internal static class WholeFile
{
    private static readonly string[] Devices = ["/dev/", "/proc/"];

    /// <summary>Writes the file; without a name, to standard output.</summary>
    public static async Task WriteAsync(string? name, Func<Stream, Task> write)
    {
        if (name is not { Length: > 0 }) { await ToAsync(Console.OpenStandardOutput(), write); return; }
        var file = Path.GetFullPath(name);
        if (File.Exists(file))
        {
            // A pipe or a device takes what comes, and nothing is put in its place.
            var there = new FileStream(file, FileMode.Open, FileAccess.Write);
            if (Devices.Any(d => file.StartsWith(d, StringComparison.Ordinal)) || !there.CanSeek) { await ToAsync(there, write); return; }
            await there.DisposeAsync();
            file = File.ResolveLinkTarget(file, true)?.FullName ?? file;
        }
        var part = file + ".part";
        try
        {
            await ToAsync(File.Create(part), write);
            File.Move(part, file, overwrite: true);
        }
        catch
        {
            File.Delete(part);
            throw;
        }
    }

    private static async Task ToAsync(Stream output, Func<Stream, Task> write)
    {
        await using (output) await write(output);
    }
}
