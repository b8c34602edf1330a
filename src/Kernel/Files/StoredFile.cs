using System.Security.Cryptography;
using System.Text;
using Liaison.Kernel.Data;
using Liaison.Kernel.Time;
using Liaison.Kernel.Validation;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Kernel.Files;

/// <summary>A file kept in the database.</summary>
public sealed class StoredFile
{
    /// <summary>Identity.</summary>
    public long Id { get; set; }
    /// <summary>Name as given, for display and download; never a path.</summary>
    public required string Name { get; set; }
    /// <summary>Media type from our own table, not from the sender.</summary>
    public required string ContentType { get; set; }
    /// <summary>Bytes.</summary>
    public long Size { get; set; }
    /// <summary>SHA-256 in hexadecimal.</summary>
    public string Sha256 { get; set; } = "";
    /// <summary>UTC.</summary>
    public DateTime CreatedAt { get; set; }
    /// <summary>User id.</summary>
    public long CreatedById { get; set; }
}

/// <summary>A piece of a file.</summary>
public sealed class FileChunk
{
    /// <summary>Bytes a chunk holds at most.</summary>
    public const int Size = 256 * 1024;
    /// <summary>The file.</summary>
    public long FileId { get; set; }
    /// <summary>From 0.</summary>
    public int Number { get; set; }
    /// <summary>The bytes.</summary>
    public required byte[] Data { get; set; }
}

/// <summary>Reading and writing stored files, streamed.</summary>
public static class FileStore
{
    private const int MostName = 255;

    /// <summary>Stores the stream chunk by chunk; memory stays flat. Not atomic with other changes: the file is complete when this returns.</summary>
    public static async Task<StoredFile> StoreAsync(this LiaisonDb db, string name, string contentType, Stream content, CancellationToken cancel = default)
    {
        var file = new StoredFile { Name = SafeName(name), ContentType = contentType, CreatedAt = db.Clock.Now(), CreatedById = db.ViewerId };
        db.Add(file);
        await db.SaveChangesAsync(cancel);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[FileChunk.Size];
        for (var number = 0; ; number++)
        {
            var read = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancel);
            if (read == 0) break;
            hash.AppendData(buffer, 0, read);
            var chunk = new FileChunk { FileId = file.Id, Number = number, Data = buffer[..read] };
            db.Add(chunk);
            file.Size += read;
            await db.SaveChangesAsync(cancel);
            db.Entry(chunk).State = EntityState.Detached;
            if (read < buffer.Length) break;
        }
        file.Sha256 = Convert.ToHexStringLower(hash.GetHashAndReset());
        await db.SaveChangesAsync(cancel);
        return file;
    }

    /// <summary>Opens the file for reading; seekable, one chunk in memory at a time. Read it before the context is disposed.</summary>
    public static Stream OpenFile(this LiaisonDb db, StoredFile file) => new ChunkStream(db, file);

    private static string SafeName(string name)
    {
        var last = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        // Signs that turn the direction of writing would show another ending than the name has.
        var clean = string.Concat(last.EnumerateRunes().Where(r => !Rune.IsControl(r) && !Directions.Turns(r.Value) && r.Value is not (0x061C or 0x200E or 0x200F))).Trim();
        if (clean.Length > MostName) clean = clean[..(char.IsHighSurrogate(clean[MostName - 1]) ? MostName - 1 : MostName)];
        return clean.Length == 0 ? "file" : clean;
    }

    private sealed class ChunkStream(LiaisonDb db, StoredFile file) : Stream
    {
        private byte[] _chunk = [];
        private int _number = -1;

        public override bool CanRead => true;
        public override bool CanSeek => true;
        public override bool CanWrite => false;
        public override long Length => file.Size;
        public override long Position { get; set; }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Position >= Length || buffer.Length == 0) return 0;
            var number = (int)(Position / FileChunk.Size);
            if (number != _number) { _chunk = await Chunks(number).FirstAsync(cancellationToken); _number = number; }
            return Take(buffer.Span);
        }

        public override int Read(Span<byte> buffer)
        {
            if (Position >= Length || buffer.Length == 0) return 0;
            var number = (int)(Position / FileChunk.Size);
            if (number != _number) { _chunk = Chunks(number).First(); _number = number; }
            return Take(buffer);
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        private int Take(Span<byte> buffer)
        {
            var available = _chunk.AsSpan((int)(Position % FileChunk.Size));
            var count = Math.Min(available.Length, buffer.Length);
            available[..count].CopyTo(buffer);
            Position += count;
            return count;
        }

        private IQueryable<byte[]> Chunks(int number) =>
            db.Set<FileChunk>().Where(c => c.FileId == file.Id && c.Number == number).Select(c => c.Data);

        public override long Seek(long offset, SeekOrigin origin) =>
            Position = origin switch { SeekOrigin.Begin => offset, SeekOrigin.Current => Position + offset, _ => Length + offset };
        public override void Flush() { }
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
