using System.Text;

namespace Liaison.Exchange.Reading;

/// <summary>Files of the container that Office wrote before 2007, and that holds what a password protects ever since.</summary>
internal static class CompoundFile
{
    private const int Chunk = 1 << 20;
    private const int Longest = 64;

    /// <summary>Says what the file is by the names of what it holds.</summary>
    public static FileProblemKind Problem(Stream file, CancellationToken cancel) =>
        Holds(file, "EncryptedPackage", cancel) ? FileProblemKind.Protected : Holds(file, "WordDocument", cancel) || Holds(file, "PowerPoint Document", cancel) ? FileProblemKind.Document : FileProblemKind.Workbook;

    private static bool Holds(Stream file, string name, CancellationToken cancel)
    {
        var wanted = Encoding.Unicode.GetBytes(name);
        var buffer = new byte[Chunk + Longest];
        file.Position = 0;
        for (int kept = 0, read; (read = file.ReadAtLeast(buffer.AsSpan(kept, Chunk), Chunk, throwOnEndOfStream: false)) > 0;)
        {
            cancel.ThrowIfCancellationRequested();
            var seen = buffer.AsSpan(0, kept + read);
            if (seen.IndexOf(wanted) >= 0) return true;
            kept = Math.Min(Longest, seen.Length);
            seen[^kept..].CopyTo(buffer);
        }

        return false;
    }
}
