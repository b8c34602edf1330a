using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace Liaison.Access;

/// <summary>
/// A browser in which an account signed in before. Its failures are counted apart, so that somebody who keeps guessing from
/// elsewhere cannot keep the owner out.
/// </summary>
public sealed class KnownDevice(IDataProtectionProvider protection)
{
    private const string Cookie = "liaison.device";
    private readonly IDataProtector _protector = protection.CreateProtector("Liaison.Device");

    /// <summary>Under which key attempts for this account from this browser are counted.</summary>
    public string KeyOf(long userId, HttpContext http) => Read(http) is { } known && known.UserId == userId ? $"device:{known.Id}" : $"user:{userId.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>Who signed in here last.</summary>
    public long? UserOf(HttpContext http) => Read(http)?.UserId;

    /// <summary>Remembers that the account signed in here.</summary>
    public void Remember(long userId, HttpContext http)
    {
        if (Read(http)?.UserId == userId) return;
        var text = $"{userId.ToString(CultureInfo.InvariantCulture)}:{RandomNumberGenerator.GetHexString(32)}";
        http.Response.Cookies.Append(Cookie, _protector.Protect(text), Sessions.Options(http, TimeSpan.FromDays(365)));
    }

    private (long UserId, string Id)? Read(HttpContext http)
    {
        if (http.Request.Cookies[Cookie] is not { Length: > 0 } cookie) return null;
        try
        {
            var parts = _protector.Unprotect(cookie).Split(':');
            return (long.Parse(parts[0], CultureInfo.InvariantCulture), parts[1]);
        }
        catch (CryptographicException) { return null; }
    }
}
