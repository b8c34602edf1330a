using Microsoft.EntityFrameworkCore;

namespace Liaison.Access;

/// <summary>Failed sign-ins in a row of one account (or of one unknown name), and until when the next one has to wait.</summary>
public sealed class SignInAttempt
{
    /// <summary>Hash of the account's id or of the unknown name.</summary>
    public required string Key { get; init; }
    /// <summary>Failures in a row.</summary>
    public required int Failures { get; init; }
    /// <summary>No password is looked at before, UTC.</summary>
    public required DateTime BlockedUntil { get; init; }
    /// <summary>Last failure, UTC.</summary>
    public required DateTime At { get; init; }

    internal static void Map(ModelBuilder model) => model.Entity<SignInAttempt>(e =>
    {
        e.ToTable("sign_in_attempt").HasKey(a => a.Key);
        e.HasIndex(a => a.At);
    });
}
