namespace Liaison.Kernel.Api;

/// <summary>What a request with an idempotency key was answered, kept 24 hours; also guards forms against a double submit.</summary>
public sealed class Once
{
    /// <summary>For how long a request that comes again is answered the same.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    /// <summary>The key the client chose.</summary>
    public required string Key { get; init; }
    /// <summary>Whose.</summary>
    public required long UserId { get; init; }
    /// <summary>SHA-256 of method, path and body.</summary>
    public required string BodyHash { get; init; }
    /// <summary>HTTP status answered.</summary>
    public int Status { get; set; }
    /// <summary>Body answered, or the address redirected to.</summary>
    public string Result { get; set; } = "";
    /// <summary>UTC.</summary>
    public DateTime At { get; init; }
}
