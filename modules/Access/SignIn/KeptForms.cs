using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Liaison.Access;

/// <summary>A form that was sent when nobody was signed in any more.</summary>
/// <param name="UserId">Who was signed in last in this browser.</param>
/// <param name="Url">Where it was sent to.</param>
/// <param name="From">The page it stands on.</param>
/// <param name="Fields">What it held, with the button that was pressed.</param>
public sealed record KeptForm(long UserId, string Url, string From, IReadOnlyList<KeptField> Fields)
{
    private const int Most = 40;
    private const int Longest = 300;

    /// <summary>What a person typed or chose, to recognise it by.</summary>
    public IEnumerable<string> Shown => Fields.Where(f => f.Name.StartsWith("Input.", StringComparison.Ordinal)).Select(f => f.Value.Trim()).Where(v => v.Length > 0).Distinct().Take(Most)
        .Select(v => v.Length > Longest ? v[..Longest] + "…" : v);
}

/// <summary>A field of a form as it was sent.</summary>
public sealed record KeptField(string Name, string Value);

/// <summary>
/// Keeps what was typed over the sign-in: it goes through the sign-in page as a hidden field that only this program can read, and comes back to the same person
/// to be sent again. It is never sent by itself.
/// </summary>
public sealed class KeptForms(IDataProtectionProvider protection, KnownDevice device)
{
    /// <summary>Under which name a request holds what was kept of it.</summary>
    public const string Item = "liaison.keptForm";
    private const int LargestForm = 256 * 1024;
    private readonly IDataProtector _protector = protection.CreateProtector("Liaison.KeptForm");

    /// <summary>Keeps the form of this request; false when there is none, or it is no person's who signed in here. What holds passwords is not kept.</summary>
    public async Task<bool> KeepAsync(HttpContext http)
    {
        var request = http.Request;
        // Scripts that send a form themselves keep what was typed on their page.
        if (!HttpMethods.IsPost(request.Method) || request.Headers["Sec-Fetch-Mode"].ToString() is not ("" or "navigate") || request.Path.StartsWithSegments("/account", StringComparison.OrdinalIgnoreCase, out var below) && below.HasValue) return false;
        if (request.ContentLength is not (> 0 and <= LargestForm) || request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) != true) return false;
        if (device.UserOf(http) is not { } userId) return false;
        try
        {
            var form = await request.ReadFormAsync(http.RequestAborted);
            var fields = form.Where(f => f.Key != "__RequestVerificationToken").SelectMany(f => f.Value.Select(v => new KeptField(f.Key, v ?? ""))).ToList();
            http.Items[Item] = _protector.Protect(JsonSerializer.Serialize(new KeptForm(userId, LocalUrl.OrHome(request.PathBase + request.Path + request.QueryString), LocalUrl.Referrer(http), fields)));
            return true;
        }
        catch (InvalidDataException) { return false; }
    }

    /// <summary>What was kept, for the person whose it is; null for anybody else.</summary>
    public KeptForm? Read(string? kept, long userId)
    {
        if (string.IsNullOrEmpty(kept)) return null;
        try { return JsonSerializer.Deserialize<KeptForm>(_protector.Unprotect(kept)) is { } form && form.UserId == userId ? form : null; }
        catch (CryptographicException) { return null; }
    }
}

/// <summary>Answers a form that came too late with the sign-in page itself, as a redirect could not carry what was typed.</summary>
public sealed class SignInInPlace(RequestDelegate next)
{
    /// <summary>Runs the request, and once more as one for the sign-in page where a form was kept.</summary>
    public async Task InvokeAsync(HttpContext http)
    {
        await next(http);
        if (!http.Items.ContainsKey(KeptForms.Item) || http.Response.HasStarted) return;
        var request = http.Request;
        var back = LocalUrl.Referrer(http);
        http.SetEndpoint(null);
        request.RouteValues.Clear();
        (request.Method, request.Path, request.QueryString, request.ContentType, request.ContentLength) = (HttpMethods.Get, "/sign-in", QueryString.Create("returnUrl", back), null, null);
        http.Features.Set<IFormFeature>(null);
        await next(http);
    }
}
