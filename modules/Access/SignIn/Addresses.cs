using System.Net;
using System.Net.Sockets;

namespace Liaison.Access;

/// <summary>
/// Slows guessing down per network address, whatever the accounts: thirty failures at once, then one every ten seconds. In
/// memory and bounded; an IPv6 network (/64) counts as one address.
/// </summary>
public sealed class Addresses(TimeProvider clock)
{
    private const int Free = 30;
    private const int Most = 10_000;
    private static readonly TimeSpan Refill = TimeSpan.FromSeconds(10);
    // Per address: the moment at which its failures are all forgotten. Each failure moves it on by one refill.
    private readonly Dictionary<IPAddress, DateTimeOffset> _full = [];
    private readonly Lock _gate = new();

    /// <summary>Counts an attempt as a failure; returns how long it must wait instead, zero when it may go on.</summary>
    public TimeSpan Begin(IPAddress? address)
    {
        if (address is null) return TimeSpan.Zero;
        address = Network(address);
        var now = clock.GetUtcNow();
        lock (_gate)
        {
            if (_full.Count >= Most) MakeRoom(now);
            var full = _full.GetValueOrDefault(address);
            if (full < now) full = now;
            var wait = full + Refill - now - (Free * Refill);
            if (wait > TimeSpan.Zero) return wait;
            _full[address] = full + Refill;
            return TimeSpan.Zero;
        }
    }

    /// <summary>Takes the count back after a right password.</summary>
    public void Succeed(IPAddress? address)
    {
        if (address is null) return;
        address = Network(address);
        lock (_gate) if (_full.TryGetValue(address, out var full)) _full[address] = full - Refill;
    }

    private void MakeRoom(DateTimeOffset now)
    {
        foreach (var (address, full) in _full.ToList()) if (full <= now) _full.Remove(address);
        if (_full.Count < Most) return;
        foreach (var (address, _) in _full.OrderBy(a => a.Value).Take(Most / 2).ToList()) _full.Remove(address);
    }

    private static IPAddress Network(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return address;
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes);
    }
}
