namespace Liaison.Exchange.Exports;

/// <summary>Takes what is written synchronously and sends it on asynchronously: the server refuses blocking writes.</summary>
internal sealed class SentStream : Stream
{
    private readonly MemoryStream _waiting = new(1 << 20);
    private long _sent;

    public override bool CanRead => false;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => _sent + _waiting.Length;
    public override long Position { get => Length; set => throw new NotSupportedException(); }

    public async Task SendAsync(Stream output, CancellationToken cancel)
    {
        await output.WriteAsync(_waiting.GetBuffer().AsMemory(0, (int)_waiting.Length), cancel);
        _sent += _waiting.Length;
        _waiting.SetLength(0);
    }

    public override void Write(byte[] buffer, int offset, int count) => _waiting.Write(buffer, offset, count);
    public override void Write(ReadOnlySpan<byte> buffer) => _waiting.Write(buffer);
    public override void Flush() { }
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
}
