using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;

namespace Liaison.Access;

/// <summary>Making, hashing and checking passwords.</summary>
public sealed class Passwords(IPasswordHasher<User> hasher)
{
    // Without 0, o, 1, l, i: it is read from a screen and typed. 16 characters of 31 are 79 bits.
    private const string Readable = "abcdefghjkmnpqrstuvwxyz23456789";
    private static readonly User Unknown = new() { Name = "", Level = Level.User };
    private readonly Lazy<string> _hashOfNobody = new(() => hasher.HashPassword(Unknown, RandomNumberGenerator.GetHexString(32)));

    /// <summary>A random password to be read out and typed once: "k7mp-q2rt-9xwz-h4cd".</summary>
    public static string Random() => string.Join('-', RandomNumberGenerator.GetString(Readable, 16).Chunk(4).Select(c => new string(c)));

    /// <summary>Gives the account a password.</summary>
    public void Set(User user, string password, bool mustChange)
    {
        user.PasswordHash = hasher.HashPassword(user, password);
        user.SecurityStamp = RandomNumberGenerator.GetHexString(32);
        user.MustChangePassword = mustChange;
    }

    /// <summary>Whether the password is right. For no account it takes as long and says no.</summary>
    public bool Check(User? user, string password, out bool isOutdated)
    {
        var result = hasher.VerifyHashedPassword(user ?? Unknown, user?.PasswordHash ?? _hashOfNobody.Value, password);
        isOutdated = result == PasswordVerificationResult.SuccessRehashNeeded;
        return user?.PasswordHash is not null && result != PasswordVerificationResult.Failed;
    }
}
