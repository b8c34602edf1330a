using System.IO.Compression;
using System.Xml;

namespace Liaison.Exchange.Reading;

/// <summary>
/// The parts of a workbook, which is a zip archive of XML. Nothing is unpacked to a path; how much is read, how long a tag is, how deep it nests and how
/// many names it has is bounded, since a reader of XML keeps each of these in memory.
/// </summary>
internal sealed class WorkbookPackage : IDisposable
{
    private const int MostParts = 20_000;
    private const long MostDirectory = 8 << 20;
    private const long MostUnpacked = 6L << 30;

    private readonly Directory _file;
    private readonly ZipArchive _zip;
    private readonly Dictionary<string, ZipArchiveEntry> _parts = new(StringComparer.OrdinalIgnoreCase);
    private long _left = MostUnpacked;

    /// <exception cref="InvalidDataException">No archive, or a broken one.</exception>
    public WorkbookPackage(Stream file, CancellationToken cancel)
    {
        Cancel = cancel;
        file.Position = 0;
        _file = new Directory(file) { Left = MostDirectory };
        _zip = new ZipArchive(_file, ZipArchiveMode.Read, leaveOpen: true);
        if (_zip.Entries.Count > MostParts) throw new BadWorkbookException(FileProblemKind.WorkbookTooLarge);
        _file.Left = long.MaxValue;
        // Some programs write the separator of their system.
        foreach (var entry in _zip.Entries) _parts.TryAdd(entry.FullName.Replace('\\', '/').TrimStart('/'), entry);
    }

    public CancellationToken Cancel { get; }

    public IEnumerable<string> Names => _parts.Keys;

    public bool Has(string part) => _parts.ContainsKey(part);

    public void Dispose() => _zip.Dispose();

    /// <summary>The bytes of a part; null when there is none.</summary>
    public Stream? Open(string part) => _parts.TryGetValue(part, out var entry) ? new PartStream(entry.Open(), entry.CompressedLength, this) : null;

    /// <summary>The XML of a part; null when there is none.</summary>
    public PartXml? OpenXml(string part) => Open(part) is { } stream ? new PartXml(stream, Cancel) : null;

    internal void Take(int bytes)
    {
        Cancel.ThrowIfCancellationRequested();
        if ((_left -= bytes) < 0) throw new BadWorkbookException(FileProblemKind.WorkbookTooLarge);
    }

    // The list of parts is read whole by the framework, which believes what it says.
    private sealed class Directory(Stream file) : ReadOnlyStream
    {
        public long Left { get; set; }
        public override bool CanSeek => true;
        public override long Length => file.Length;
        public override long Position { get => file.Position; set => file.Position = value; }
        public override long Seek(long offset, SeekOrigin origin) => file.Seek(offset, origin);

        public override int Read(Span<byte> buffer)
        {
            int read = file.Read(buffer);
            return (Left -= read) < 0 ? throw new BadWorkbookException(FileProblemKind.WorkbookTooLarge) : read;
        }
    }
}

/// <summary>An unpacked part, read only as far as workbooks go.</summary>
internal sealed class PartStream(Stream part, long packed, WorkbookPackage package) : ReadOnlyStream
{
    // Nothing that people write packs so well.
    private const int MostRatio = 300;
    private const long AnyRatio = 64 << 20;
    // A tag ends, and a text meets the next one, long before; each is kept in memory until then.
    private const int LongestPiece = 4 << 20;

    private long _read;
    private int _piece;

    public override bool CanSeek => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => _read; set => throw new NotSupportedException(); }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    /// <summary>Whether it is text between tags.</summary>
    public bool IsXml { get; set; }

    public override int Read(Span<byte> buffer)
    {
        int read = part.Read(buffer);
        package.Take(read);
        _read += read;
        if (_read > AnyRatio && _read / MostRatio > packed) throw new BadWorkbookException(FileProblemKind.WorkbookTooLarge);
        int last = buffer[..read].LastIndexOf((byte)'<');
        _piece = last < 0 ? _piece + read : read - last;
        return IsXml && _piece > LongestPiece ? throw new BadWorkbookException(FileProblemKind.WorkbookDamaged) : read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) part.Dispose();
        base.Dispose(disposing);
    }
}

/// <summary>What all streams here have in common.</summary>
internal abstract class ReadOnlyStream : Stream
{
    public override bool CanRead => true;
    public override bool CanWrite => false;
    public abstract override int Read(Span<byte> buffer);
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));
    public override void Flush() { }
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
