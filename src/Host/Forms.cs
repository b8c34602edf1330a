using Liaison.Kernel.Api;
using Liaison.Kernel.Ui;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Liaison.Host;

/// <summary>
/// Reads the form of a page before anything else does, so that what is wrong with it is said: it is too large, or a field holds what is no text
/// (a NUL, which PostgreSQL cannot store). Whoever is not let in never gets here.
/// </summary>
internal sealed class Forms(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext http)
    {
        // The API reads its own bodies; a page that tells what was wrong with a form must not read it again.
        if (ApiGate.IsApi(http) || http.Features.Get<IStatusCodeReExecuteFeature>() is not null) { await next(http); return; }
        if (http.Request.Query.FirstOrDefault(q => q.Value.Any(HasNul)).Key is { } parameter) throw NoText(parameter, 400);
        if (http.Request.HasFormContentType && await WrongFieldAsync(http.Request) is { } field) throw NoText(field, 422);
        await next(http);
    }

    private static async Task<string?> WrongFieldAsync(HttpRequest request)
    {
        var isMultipart = request.ContentType!.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase);
        if (!isMultipart) request.EnableBuffering();
        var limits = request.HttpContext.GetEndpoint()?.Metadata.GetMetadata<FormLimitsAttribute>() ?? new();
        request.HttpContext.Features.Set<IFormFeature>(new FormFeature(request, new FormOptions { MultipartBodyLengthLimit = limits.Bytes, ValueCountLimit = limits.Fields }));
        try
        {
            var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
            return form.FirstOrDefault(f => f.Value.Any(HasNul)).Key;
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            request.Form = FormCollection.Empty;
            if (e is InvalidDataException && !isMultipart && await NulFieldAsync(request) is { } field) return field;
            if (e is not (InvalidDataException or BadHttpRequestException)) throw new InvalidDataException(e.Message, e); // it ends in the middle
            throw;
        }
    }

    // The reader of forms gives up at a NUL without saying where it is.
    private static async Task<string?> NulFieldAsync(HttpRequest request)
    {
        request.Body.Position = 0;
        using var reader = new StreamReader(request.Body, leaveOpen: true);
        var text = await reader.ReadToEndAsync(request.HttpContext.RequestAborted);
        return text.Split('&').FirstOrDefault(f => HasNul(f) || f.Contains("%00", StringComparison.Ordinal)) is { } field ? Uri.UnescapeDataString(field.Split('=')[0].Replace('+', ' ')) : null;
    }

    private static bool HasNul(string? text) => text?.Contains('\0', StringComparison.Ordinal) == true;

    private static BadFieldException NoText(string field, int status) => new(field.Replace("\0", "", StringComparison.Ordinal), "api.error.badText") { Status = status };
}

/// <summary>A form that is sent to a page that takes none is refused: it would be answered with the page as if nothing had been loaded for it.</summary>
internal sealed class TakesForms : IPageFilter
{
    public void OnPageHandlerSelected(PageHandlerSelectedContext context) { }

    public void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        var http = context.HttpContext;
        if (context.HandlerMethod is not null || !HttpMethods.IsPost(http.Request.Method) || http.Features.Get<IStatusCodeReExecuteFeature>() is not null) return;
        http.Response.Headers.Allow = "GET, HEAD";
        context.Result = new StatusCodeResult(StatusCodes.Status405MethodNotAllowed);
    }

    public void OnPageHandlerExecuted(PageHandlerExecutedContext context) { }
}
