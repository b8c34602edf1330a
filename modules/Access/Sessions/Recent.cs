using System.Collections.Concurrent;
using System.Security.Claims;
using Liaison.Kernel.Access;

namespace Liaison.Access;

/// <summary>Who a cookie or token stands for.</summary>
/// <param name="Viewer">The viewer.</param>
/// <param name="Principal">The same for the framework (form tokens are bound to it).</param>
/// <param name="Source">Id of the session or API token.</param>
public sealed record SignedInAs(Viewer Viewer, ClaimsPrincipal Principal, long Source)
{
    /// <summary>Claim that holds the session's id.</summary>
    public const string SourceClaim = "source";

    internal static SignedInAs Make(Viewer viewer, long source) => new(viewer, new ClaimsPrincipal(new ClaimsIdentity(
        [new Claim(ClaimTypes.NameIdentifier, viewer.UserId.ToString(System.Globalization.CultureInfo.InvariantCulture)),
         new Claim(SourceClaim, source.ToString(System.Globalization.CultureInfo.InvariantCulture))], Doorkeeper.Scheme)), source);
}

/// <summary>What was looked up during the last five seconds, so that a request costs no query and a closed account is out soon on every instance.</summary>
internal sealed class Recent(TimeProvider clock)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(5);
    private const int Most = 20_000;
    private readonly ConcurrentDictionary<string, (SignedInAs Who, DateTimeOffset At)> _known = new(StringComparer.Ordinal);

    public SignedInAs? Find(string secret)
    {
        if (!_known.TryGetValue(secret, out var known)) return null;
        var age = clock.GetUtcNow() - known.At;
        if (age >= TimeSpan.Zero && age < Lifetime) return known.Who;
        _known.TryRemove(secret, out _);
        return null;
    }

    public void Keep(string secret, SignedInAs who)
    {
        if (_known.Count >= Most) _known.Clear();
        _known[secret] = (who, clock.GetUtcNow());
    }

    public void Forget(string secret) => _known.TryRemove(secret, out _);

    public void ForgetUser(long userId)
    {
        foreach (var (secret, known) in _known) if (known.Who.Viewer.UserId == userId) _known.TryRemove(secret, out _);
    }
}
