using Liaison.Kernel.Access;
using Liaison.Kernel.Api;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace Liaison.Access;

/// <summary>
/// Says who a request comes from: below /api by bearer token only, elsewhere by session cookie only. Strangers are sent to the
/// sign-in page, or told 401.
/// </summary>
internal sealed class Doorkeeper(Sessions sessions, Tokens tokens, KeptForms kept, CurrentViewer current) : IAuthenticationHandler
{
    public const string Scheme = "Liaison";
    private HttpContext _http = null!;

    public Task InitializeAsync(AuthenticationScheme scheme, HttpContext context)
    {
        _http = context;
        return Task.CompletedTask;
    }

    public async Task<AuthenticateResult> AuthenticateAsync()
    {
        var who = IsApi(_http)
            ? await tokens.FindAsync(Bearer(_http), _http.RequestAborted)
            : await sessions.FindAsync(_http.Request.Cookies[Sessions.Cookie], _http.RequestAborted);
        if (who is null) return AuthenticateResult.NoResult();
        current.Viewer = who.Viewer;
        return AuthenticateResult.Success(new AuthenticationTicket(who.Principal, Scheme));
    }

    public async Task ChallengeAsync(AuthenticationProperties? properties)
    {
        if (IsApi(_http))
        {
            _http.Response.Headers.WWWAuthenticate = "Bearer realm=\"Liaison\"";
            await Answers.Problem(_http, 401, "api.error.signIn").ExecuteAsync(_http);
            return;
        }
        if (await kept.KeepAsync(_http)) return;
        var isRead = HttpMethods.IsGet(_http.Request.Method) || HttpMethods.IsHead(_http.Request.Method);
        var back = isRead ? _http.Request.GetEncodedPathAndQuery() : LocalUrl.Referrer(_http);
        _http.Response.StatusCode = isRead ? 302 : 303;
        _http.Response.Headers.Location = back == "/" ? "/sign-in" : "/sign-in?returnUrl=" + Uri.EscapeDataString(back);
    }

    public Task ForbidAsync(AuthenticationProperties? properties)
    {
        if (IsApi(_http)) return Answers.Problem(_http, 403, "api.error.forbidden").ExecuteAsync(_http);
        _http.Response.StatusCode = 403;
        return Task.CompletedTask;
    }

    // The readable page of the API is a page.
    internal static bool IsApi(HttpContext http) =>
        http.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) && !http.Request.Path.StartsWithSegments("/api/docs", StringComparison.OrdinalIgnoreCase);

    private static string? Bearer(HttpContext http)
    {
        var header = http.Request.Headers.Authorization.ToString();
        return header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header[7..].Trim() : null;
    }
}
