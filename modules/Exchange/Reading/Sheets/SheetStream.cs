namespace Liaison.Exchange.Reading;

/// <summary>The text of one sheet; what it is read from stays open.</summary>
internal sealed class SheetStream(Stream all, SheetSpan sheet) : ReadOnlyStream
{
    private long _position;

    public override bool CanSeek => true;
    public override long Length => sheet.Length;
    public override long Position { get => _position; set => _position = value; }

    public override int Read(Span<byte> buffer)
    {
        int wanted = (int)Math.Min(buffer.Length, Math.Max(0, sheet.Length - _position));
        if (wanted == 0) return 0;
        if (all.Position != sheet.Start + _position) all.Position = sheet.Start + _position;
        int read = all.Read(buffer[..wanted]);
        _position += read;
        return read;
    }

    public override long Seek(long offset, SeekOrigin origin) => _position = origin switch { SeekOrigin.Begin => offset, SeekOrigin.Current => _position + offset, _ => Length + offset };
}
