using Liaison.Kernel.Texts;
using Liaison.Kernel.Api;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Liaison.Exchange.Imports;

/// <summary>An uploaded file with the form fields around it, read from the request as it comes: memory stays flat whatever the size.</summary>
internal sealed class MultipartUpload : IAsyncDisposable
{
    private const int FieldLimit = 64 * 1024;
    private const int PieceSize = 80 * 1024;

    private readonly Dictionary<string, List<string>> _fields = new(StringComparer.OrdinalIgnoreCase);

    public FileStream? File { get; private set; }
    public string FileName { get; private set; } = "";

    public string? this[string field] => _fields.TryGetValue(field, out var values) ? values[^1] : null;

    /// <summary>All values of a field; each may hold several separated by commas.</summary>
    public List<string>? Many(string field) => _fields.TryGetValue(field, out var values)
        ? [.. values.SelectMany(WordList.Split)] : null;

    /// <summary>Names of the fields sent.</summary>
    public IEnumerable<string> Fields => _fields.Keys;

    public static async Task<MultipartUpload> ReadAsync(HttpRequest request, CancellationToken cancel)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 and <= 200 } boundary)
            throw new BadFieldException("", "imports.error.multipart");
        var upload = new MultipartUpload();
        try
        {
            var reader = new MultipartReader(boundary, request.Body);
            while (await WholeAsync(() => reader.ReadNextSectionAsync(cancel)) is { } section) await upload.AddAsync(section, cancel);
            return upload;
        }
        catch
        {
            await upload.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => File?.DisposeAsync() ?? ValueTask.CompletedTask;

    // A body that ends before its last boundary, or has none, is the sender's mistake.
    private static async Task<T> WholeAsync<T>(Func<Task<T>> read)
    {
        try { return await read(); }
        catch (Exception e) when (e is InvalidDataException || (e is IOException and not BadHttpRequestException)) { throw new BadFieldException("file", "imports.error.broken"); }
    }

    private async Task AddAsync(MultipartSection section, CancellationToken cancel)
    {
        if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var about)) return;
        var name = HeaderUtilities.RemoveQuotes(about.Name).Value ?? "";
        if (about.IsFileDisposition())
        {
            if (name != "file" || File is not null) throw new BadFieldException(name, "api.error.unknownField", name);
            FileName = (about.FileNameStar.HasValue ? about.FileNameStar : HeaderUtilities.RemoveQuotes(about.FileName)).Value ?? "";
            File = TemporaryFile.Create();
            var piece = new byte[PieceSize];
            while (await WholeAsync(() => section.Body.ReadAsync(piece, cancel).AsTask()) is > 0 and var length) await File.WriteAsync(piece.AsMemory(0, length), cancel);
            return;
        }
        using var reader = new StreamReader(section.Body);
        var buffer = new char[FieldLimit + 1];
        var read = await WholeAsync(() => reader.ReadBlockAsync(buffer, cancel).AsTask());
        if (read > FieldLimit || _fields.Count > 50) throw new BadFieldException(name, "api.error.badValue", name);
        if (!_fields.TryGetValue(name, out var values)) _fields[name] = values = [];
        if (buffer.AsSpan(0, read).Contains('\0')) throw new BadFieldException(name, "api.error.badText");
        values.Add(new string(buffer, 0, read));
    }
}
