using Liaison.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Access;

/// <summary>One browser that is signed in. Its cookie holds a random id of which only the hash is kept.</summary>
public sealed class Session
{
    /// <summary>Ends after this long without a request.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromDays(14);
    /// <summary>Ends after this long in any case.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(60);

    /// <summary>Identity.</summary>
    public long Id { get; init; }
    /// <summary>SHA-256 of the id in the cookie.</summary>
    public required string Hash { get; init; }
    /// <summary>Whose.</summary>
    public required long UserId { get; init; }
    /// <summary>Signed in at, UTC.</summary>
    public required DateTime CreatedAt { get; init; }
    /// <summary>Last request, to the minute, UTC.</summary>
    public required DateTime LastSeenAt { get; init; }
    /// <summary>Ends at the latest, UTC.</summary>
    public required DateTime ExpiresAt { get; init; }
    /// <summary>Network address at the sign-in.</summary>
    public required string Address { get; init; }
    /// <summary>What the browser called itself.</summary>
    public required string Agent { get; init; }

    internal static void Map(ModelBuilder model, LiaisonDb db) => model.Entity<Session>(e =>
    {
        e.ToTable("session").HasIndex(s => s.Hash).IsUnique();
        e.HasOne<User>().WithMany().HasForeignKey(s => s.UserId);
        e.HasQueryFilter("viewer", s => db.SeesAll || s.UserId == db.ViewerId);
    });
}
