using Liaison.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Access;

/// <summary>Lets a program act for an account through the API. Only the hash is kept; the token is shown once.</summary>
public sealed class ApiToken
{
    /// <summary>Identity.</summary>
    public long Id { get; init; }
    /// <summary>SHA-256 of the token.</summary>
    public required string Hash { get; init; }
    /// <summary>What it is for.</summary>
    public required string Name { get; set; }
    /// <summary>Whom it acts for.</summary>
    public required long UserId { get; init; }
    /// <summary>Permissions it carries, separated by spaces; null: all of its account's.</summary>
    public string? Permissions { get; init; }
    /// <summary>UTC.</summary>
    public required DateTime CreatedAt { get; init; }
    /// <summary>Last use, to the minute, UTC.</summary>
    public DateTime? LastUsedAt { get; init; }
    /// <summary>No longer good from then on, UTC.</summary>
    public DateTime? ExpiresAt { get; init; }

    internal static void Map(ModelBuilder model, LiaisonDb db) => model.Entity<ApiToken>(e =>
    {
        e.ToTable("api_token").HasIndex(t => t.Hash).IsUnique();
        e.HasOne<User>().WithMany().HasForeignKey(t => t.UserId);
        e.HasQueryFilter("viewer", t => db.SeesAll || t.UserId == db.ViewerId);
    });
}
