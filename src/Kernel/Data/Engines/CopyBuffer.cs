using System.Buffers.Binary;
using System.Text;
using Npgsql;

namespace Liaison.Kernel.Data.Engines;

/// <summary>
/// Rows in PostgreSQL's binary format of COPY (its manual, "COPY", Binary Format), gathered and sent in large pieces. Npgsql's own importer makes of each value a
/// parameter and an asynchronous call, which costs as much as reading the row from its file did.
/// </summary>
internal sealed class CopyBuffer
{
    private const int Piece = 1 << 16;
    // The signature, no flags, no extension.
    private static readonly byte[] Header = [.. "PGCOPY\n"u8, 0xff, .. "\r\n\0"u8, 0, 0, 0, 0, 0, 0, 0, 0];
    private static readonly DateTime Epoch = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private byte[] _bytes = new byte[Piece * 2];
    private int _used;

    /// <summary>Sends rows; all of them or, when this throws, none.</summary>
    public static async Task SendAsync<T>(NpgsqlConnection connection, string table, string names, Action<CopyBuffer, T> write, IReadOnlyCollection<T> rows, CancellationToken cancel)
    {
        var (buffer, columns) = (new CopyBuffer(), (short)(names.AsSpan().Count(',') + 1));
        await using var stream = await connection.BeginRawBinaryCopyAsync($"COPY {table} ({names}) FROM STDIN (FORMAT BINARY)", cancel);
        try
        {
            Header.CopyTo(buffer.Take(Header.Length));
            foreach (var row in rows)
            {
                BinaryPrimitives.WriteInt16BigEndian(buffer.Take(2), columns);
                write(buffer, row);
                if (buffer._used >= Piece) await buffer.FlushAsync(stream, cancel);
            }
            BinaryPrimitives.WriteInt16BigEndian(buffer.Take(2), -1);
            await buffer.FlushAsync(stream, cancel);
        }
        catch
        {
            await stream.CancelAsync();
            throw;
        }
    }

    public void Put(long value) => BinaryPrimitives.WriteInt64BigEndian(Value(8), value);
    public void Put(int value) => BinaryPrimitives.WriteInt32BigEndian(Value(4), value);
    public void Put(bool value) => Value(1)[0] = value ? (byte)1 : (byte)0;
    public void PutNone() => BinaryPrimitives.WriteInt32BigEndian(Take(4), -1);

    // Microseconds since 2000, UTC. The first and the last moment there are stand for none, as Npgsql writes and reads them: -infinity and infinity.
    public void Put(DateTime value)
    {
        if (value.Kind != DateTimeKind.Utc) throw new ArgumentException("A time that is stored is in UTC.", nameof(value));
        Put(value == DateTime.MinValue ? long.MinValue : value == DateTime.MaxValue ? long.MaxValue : (value.Ticks - Epoch.Ticks) / TimeSpan.TicksPerMicrosecond);
    }

    // Days since 2000.
    public void Put(DateOnly value) => Put(value == DateOnly.MinValue ? int.MinValue : value == DateOnly.MaxValue ? int.MaxValue : value.DayNumber - DateOnly.FromDateTime(Epoch).DayNumber);

    public void Put(byte[]? value)
    {
        if (value is null) PutNone();
        else value.CopyTo(Value(value.Length));
    }

    public void Put(string? value)
    {
        if (value is null) { PutNone(); return; }
        var room = Room(4 + Encoding.UTF8.GetMaxByteCount(value.Length));
        var length = Encoding.UTF8.GetBytes(value, room[4..]);
        BinaryPrimitives.WriteInt32BigEndian(room, length);
        _used += 4 + length;
    }

    private async ValueTask FlushAsync(NpgsqlRawCopyStream stream, CancellationToken cancel)
    {
        await stream.WriteAsync(_bytes.AsMemory(0, _used), cancel);
        _used = 0;
    }

    private Span<byte> Value(int length)
    {
        BinaryPrimitives.WriteInt32BigEndian(Take(4), length);
        return Take(length);
    }

    private Span<byte> Take(int length)
    {
        var room = Room(length)[..length];
        _used += length;
        return room;
    }

    private Span<byte> Room(int length)
    {
        if (_bytes.Length - _used < length) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _used + length));
        return _bytes.AsSpan(_used);
    }
}
