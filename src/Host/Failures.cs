using Liaison.Kernel.Api;
using Liaison.Kernel.Data;
using Liaison.Kernel.Texts;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Host;

/// <summary>Turns what was thrown into an answer that says what happened and what to do; the API gets a problem, a browser a page.</summary>
internal sealed class Failures(RequestDelegate next, ILogger<Failures> log)
{
    public async Task InvokeAsync(HttpContext http)
    {
        try { await next(http); }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Whoever went away in the middle of an answer has had its status already.
            if (!http.Response.HasStarted) http.Response.StatusCode = 499;
        }
        catch (Exception e) when (!http.Response.HasStarted)
        {
            Pipeline.Speak(http);
            var (status, text, errors) = Explain(http, e);
            if (status >= 500) log.LogError(e, "Request {Trace} failed", http.TraceIdentifier);
            else if (StorageFault.IsCollision(e)) log.LogWarning(e, "Request {Trace} met another one", http.TraceIdentifier);
            object?[] arguments = e is BadFieldException { Field: "" } whole ? whole.Arguments : status == 413 ? [ApiGate.MostMegabytes(http)] : [];
            await AnswerAsync(http, status, text, errors, arguments);
        }
    }

    private static (int Status, string Text, Dictionary<string, string[]>? Errors) Explain(HttpContext http, Exception e)
    {
        var texts = http.RequestServices.GetRequiredService<Localizer>();
        return e switch
        {
            BadFieldException { Field: "" } bad => (bad.Status, bad.Text, null),
            BadFieldException bad => (bad.Status, "api.error.invalid", new() { [bad.Field] = [bad.Arguments.Length == 0 ? texts[bad.Text] : texts[bad.Text, bad.Arguments]] }),
            BadHttpRequestException { StatusCode: 413 } => (413, "api.error.tooLarge", null),
            BadHttpRequestException bad => (bad.StatusCode, "api.error.invalid", null),
            InvalidDataException => (400, "api.error.invalid", null),
            DbUpdateConcurrencyException => (http.Request.Headers.IfMatch.Count > 0 ? 412 : 409, "api.error.stale", null),
            _ when StorageFault.IsCollision(e) => (409, "api.error.stale", null),
            _ when StorageFault.Of(e) is { } fault => fault switch
            {
                StorageFault.Full => (507, "api.error.full", null),
                StorageFault.Disk => (503, "api.error.disk", null),
                _ => (503, "api.error.busy", null),
            },
            _ => (500, "api.error.unexpected", null),
        };
    }

    private static async Task AnswerAsync(HttpContext http, int status, string text, Dictionary<string, string[]>? errors, object?[] arguments)
    {
        var headers = http.Response.Headers.Where(h => h.Key is "Content-Security-Policy" or "X-Content-Type-Options" or "Referrer-Policy" or "Cross-Origin-Opener-Policy").ToList();
        http.Response.Clear();
        foreach (var (name, value) in headers) http.Response.Headers[name] = value;
        if (status is 503 or 507) http.Response.Headers.RetryAfter = "3";
        http.Response.StatusCode = status;
        if (http.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal)) await Answers.Problem(http, status, text, errors, arguments).ExecuteAsync(http);
        else http.Items[typeof(Failures)] = errors; // a browser gets the error page: the status code pages fill the empty body
    }
}
