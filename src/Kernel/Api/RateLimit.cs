using System.Globalization;
using System.Security.Claims;
using Liaison.Kernel.Time;
using Microsoft.AspNetCore.Http;

namespace Liaison.Kernel.Api;

/// <summary>How many requests a minute a token may make; null for no limit.</summary>
public sealed record RateSetting(int? PerMinute);

/// <summary>
/// Holds back a token that asks too often: a minute's worth may come at once, then they come back one by one. In memory and bounded; each
/// instance counts for itself.
/// </summary>
public sealed class RateLimit(RequestDelegate next, RateSetting setting, TimeProvider clock)
{
    private const int Most = 10_000;
    // Per caller: the moment at which its whole allowance is there again. Each request moves it on.
    private readonly Dictionary<string, DateTime> _full = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    /// <summary>Lets the request pass, or answers 429.</summary>
    public Task InvokeAsync(HttpContext http)
    {
        if (setting.PerMinute is not { } perMinute || !http.Request.Path.StartsWithSegments("/api/v1", StringComparison.OrdinalIgnoreCase)) return next(http);
        var wait = Begin(CallerOf(http), TimeSpan.FromMinutes(1) / perMinute);
        if (wait <= TimeSpan.Zero) return next(http);
        var seconds = (int)Math.Ceiling(wait.TotalSeconds);
        http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return Answers.Problem(http, 429, "api.error.tooMany", null, seconds).ExecuteAsync(http);
    }

    private TimeSpan Begin(string caller, TimeSpan each)
    {
        var now = clock.Now();
        lock (_gate)
        {
            if (_full.Count >= Most) MakeRoom(now);
            var full = _full.GetValueOrDefault(caller);
            if (full < now) full = now;
            var wait = full + each - now - TimeSpan.FromMinutes(1);
            if (wait <= TimeSpan.Zero) _full[caller] = full + each;
            return wait;
        }
    }

    private void MakeRoom(DateTime now)
    {
        foreach (var (caller, full) in _full.ToList()) if (full <= now) _full.Remove(caller);
        if (_full.Count >= Most) _full.Clear();
    }

    private static string CallerOf(HttpContext http) => http.User.Identity?.IsAuthenticated == true
        ? http.User.FindFirstValue("source") ?? http.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? ""
        : "from " + http.Connection.RemoteIpAddress;
}
