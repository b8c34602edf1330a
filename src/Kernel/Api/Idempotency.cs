using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Liaison.Kernel.Data;
using Liaison.Kernel.Time;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

namespace Liaison.Kernel.Api;

/// <summary>
/// POST with an Idempotency-Key: the same key and body give the same reply for 24 hours and act once; another body is refused with 422. Of an
/// upload the fields and files count, not the boundary between them, which is another one each time.
/// The reply is stored in the transaction of the action itself, so a crash leaves either both or none.
/// </summary>
public sealed class Idempotency : IEndpointFilter
{
    /// <inheritdoc/>
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var key = http.Request.Headers["Idempotency-Key"].ToString();
        if (key.Length == 0 || !HttpMethods.IsPost(http.Request.Method)) return await next(context);
        if (key.Length > 255) throw new BadFieldException("Idempotency-Key", "api.error.keyTooLong");
        http.Request.EnableBuffering();
        var hash = await HashAsync(http.Request, http.RequestAborted);
        var db = http.RequestServices.GetRequiredService<LiaisonDb>();
        return await db.AgainAsync(() => db.InTransactionAsync<object?>(async () =>
        {
            http.Request.Body.Position = 0;
            var userId = db.ViewerId;
            await db.LockAsync(key, userId, http.RequestAborted);
            var earlier = await db.Set<Once>().AsNoTracking().FirstOrDefaultAsync(o => o.Key == key && o.UserId == userId, http.RequestAborted);
            var now = db.Clock.Now();
            if (earlier is not null && earlier.At < now - Once.Kept)
            {
                await db.Set<Once>().Where(o => o.Key == key && o.UserId == userId).ExecuteDeleteAsync(http.RequestAborted);
                earlier = null;
            }
            if (earlier is not null)
            {
                if (earlier.BodyHash != hash) return Answers.Problem(http, 422, "api.error.keyReused");
                http.Response.Headers["Idempotency-Replayed"] = "true";
                var kept = JsonSerializer.Deserialize<Kept>(earlier.Result)!;
                if (kept.ETag is not null) http.Response.Headers.ETag = kept.ETag;
                if (kept.Location is not null) http.Response.Headers.Location = kept.Location;
                return Results.Text(kept.Body, "application/json", Encoding.UTF8, earlier.Status);
            }
            var reply = await next(context);
            if (reply is IStatusCodeHttpResult { StatusCode: >= 200 and < 300 } ok)
            {
                db.Add(new Once { Key = key, UserId = userId, BodyHash = hash, Status = ok.StatusCode ?? 200, At = now, Result = TextOf(http, reply) });
                await db.SaveChangesAsync(http.RequestAborted);
            }
            return reply;
        }, http.RequestAborted));
    }

    private static async Task<string> HashAsync(HttpRequest request, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}{request.QueryString}\n"));
        if (MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase)
            && HeaderUtilities.RemoveQuotes(type.Boundary).Value is { Length: > 0 } boundary)
        {
            // What cannot be taken apart is refused by whoever reads it next.
            try { await AppendPartsAsync(hash, new MultipartReader(boundary, request.Body), cancel); }
            catch (Exception e) when (e is InvalidDataException || (e is IOException and not BadHttpRequestException)) { }
        }
        else await AppendAsync(hash, request.Body, cancel);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static async Task AppendPartsAsync(IncrementalHash hash, MultipartReader reader, CancellationToken cancel)
    {
        while (await reader.ReadNextSectionAsync(cancel) is { } part)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"\n{part.ContentDisposition}\n"));
            await AppendAsync(hash, part.Body, cancel);
        }
    }

    private static async Task AppendAsync(IncrementalHash hash, Stream body, CancellationToken cancel)
    {
        var buffer = new byte[8192];
        int read;
        while ((read = await body.ReadAsync(buffer, cancel)) > 0) hash.AppendData(buffer, 0, read);
    }

    private static string TextOf(HttpContext http, object reply) => JsonSerializer.Serialize(new Kept(
        http.Response.Headers.ETag, http.Response.Headers.Location, reply is IValueHttpResult { Value: { } value } ? JsonSerializer.Serialize(value, ApiJson.Options) : ""));

    private sealed record Kept(string? ETag, string? Location, string Body);
}
