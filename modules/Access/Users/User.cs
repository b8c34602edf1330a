using System.Text;
using Liaison.Kernel.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Access;

/// <summary>What an account may do.</summary>
public enum Level
{
    /// <summary>Works with what is visible to them.</summary>
    User = 1,
    /// <summary>Sees and may do everything.</summary>
    Administrator = 2,
}

/// <summary>An account. It signs in by user name or e-mail; a closed one is kept, since records name it.</summary>
public sealed class User : IdentityUser<long>, IVersioned, IStamped
{
    /// <summary>Display name.</summary>
    public required string Name { get; set; }
    /// <summary>Administrator or user.</summary>
    public required Level Level { get; set; }
    /// <summary>Interface language: "fr" or "en".</summary>
    public string Language { get; set; } = "fr";
    /// <summary>IANA time zone.</summary>
    public string Zone { get; set; } = "Europe/Paris";
    /// <summary>"auto", "light" or "dark".</summary>
    public string Theme { get; set; } = "auto";
    /// <summary>The password was given by somebody else: a new one must be chosen before anything.</summary>
    public bool MustChangePassword { get; set; }
    /// <summary>Since when the account may no longer sign in, UTC.</summary>
    public DateTime? ClosedAt { get; set; }
    /// <inheritdoc/>
    public long Version { get; set; }
    /// <inheritdoc/>
    public DateTime CreatedAt { get; set; }
    /// <inheritdoc/>
    public long CreatedById { get; set; }
    /// <inheritdoc/>
    public DateTime UpdatedAt { get; set; }
    /// <inheritdoc/>
    public long UpdatedById { get; set; }

    /// <summary>How names and e-mails are compared.</summary>
    public static string Normalize(string text) => SearchText.Normal(text.Trim(), NormalizationForm.FormC).ToUpperInvariant();

    internal static void Map(ModelBuilder model)
    {
        model.Entity<User>(e =>
        {
            e.ToTable("user_account");
            e.Property(u => u.UserName).IsRequired();
            e.Property(u => u.NormalizedUserName).IsRequired();
            e.HasIndex(u => u.NormalizedUserName).IsUnique();
            e.HasIndex(u => u.NormalizedEmail).IsUnique();
            // Failed sign-ins are counted in sign_in_attempt, versions by IVersioned; telephone numbers are not used.
            e.Ignore(u => u.LockoutEnd).Ignore(u => u.LockoutEnabled).Ignore(u => u.AccessFailedCount).Ignore(u => u.ConcurrencyStamp)
                .Ignore(u => u.PhoneNumber).Ignore(u => u.PhoneNumberConfirmed);
        });
        model.Entity<IdentityUserLogin<long>>(e =>
        {
            e.ToTable("user_login").HasKey(l => new { l.LoginProvider, l.ProviderKey });
            e.HasOne<User>().WithMany().HasForeignKey(l => l.UserId);
        });
        model.Entity<IdentityUserToken<long>>(e =>
        {
            e.ToTable("user_token").HasKey(t => new { t.UserId, t.LoginProvider, t.Name });
            e.HasOne<User>().WithMany().HasForeignKey(t => t.UserId);
        });
    }
}
