using Liaison.Kernel.Ui;
using Microsoft.Extensions.Primitives;

namespace Liaison.Host;

/// <summary>Gives out stylesheet, scripts, icons and images from memory, compressed once by the build.</summary>
internal sealed class AssetFiles
{
    private readonly RequestDelegate _next;
    private readonly Dictionary<string, File> _files = new(StringComparer.Ordinal);

    public AssetFiles(RequestDelegate next)
    {
        _next = next;
        if (!Directory.Exists(Assets.Folder)) return;
        foreach (var path in Directory.EnumerateFiles(Assets.Folder, "*", SearchOption.AllDirectories))
        {
            if (Type(path) is not { } type) continue;
            var name = Path.GetRelativePath(Assets.Folder, path).Replace('\\', '/');
            _files[name] = new File(type, System.IO.File.ReadAllBytes(path), Read(path + ".gz"), Read(path + ".br"));
        }
    }

    public Task InvokeAsync(HttpContext http)
    {
        var path = http.Request.Path.Value ?? "";
        if (path is "/favicon.ico") path = Assets.Url("img/favicon.svg");
        // /a/VERSION/NAME: any version is answered with the present content, so that instances of two releases can stand side by side.
        if (!path.StartsWith("/a/", StringComparison.Ordinal) || !(HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method))) return _next(http);
        var slash = path.IndexOf('/', 3);
        return slash > 0 && _files.TryGetValue(path[(slash + 1)..], out var file) ? SendAsync(http, file, path.AsSpan(3, slash - 3).SequenceEqual(Assets.Version)) : _next(http);
    }

    private static async Task SendAsync(HttpContext http, File file, bool isPresent)
    {
        var accepted = http.Request.Headers.AcceptEncoding;
        var (body, encoding) = file.Brotli is not null && Accepts(accepted, "br") ? (file.Brotli, "br") : file.Gzip is not null && Accepts(accepted, "gzip") ? (file.Gzip, "gzip") : (file.Plain, null);
        var headers = http.Response.Headers;
        headers.CacheControl = isPresent ? "public,max-age=31536000,immutable" : "public,max-age=60";
        headers.Vary = "Accept-Encoding";
        if (encoding is not null) headers.ContentEncoding = encoding;
        http.Response.ContentType = file.Type;
        http.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(http.Request.Method)) await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }

    private static bool Accepts(StringValues accepted, string encoding) => accepted.Any(value => value?.Contains(encoding, StringComparison.OrdinalIgnoreCase) == true);

    private static byte[]? Read(string path) => System.IO.File.Exists(path) ? System.IO.File.ReadAllBytes(path) : null;

    private static string? Type(string path) => Path.GetExtension(path) switch
    {
        ".css" => "text/css; charset=utf-8", ".js" => "text/javascript; charset=utf-8", ".svg" => "image/svg+xml", ".png" => "image/png", ".webmanifest" => "application/manifest+json", _ => null,
    };

    private sealed record File(string Type, byte[] Plain, byte[]? Gzip, byte[]? Brotli);
}
