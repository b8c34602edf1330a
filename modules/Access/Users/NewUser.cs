using Liaison.Kernel.Data;
using Liaison.Kernel.Journal;
using System.Net.Mail;

namespace Liaison.Access;

/// <summary>Adds an account with a one-time password, which its owner must change at the first sign-in.</summary>
public static class NewUser
{
    /// <summary>Adds and journals it; the password is returned, once.</summary>
    public static async Task<(User User, string Password)> AddAsync(LiaisonDb db, Passwords passwords, string email, string name, Level level, CancellationToken cancel = default)
    {
        email = email.Trim();
        var user = new User { UserName = email, NormalizedUserName = User.Normalize(email), Email = email, NormalizedEmail = User.Normalize(email), Name = name, Level = level };
        var password = Passwords.Random();
        passwords.Set(user, password, mustChange: true);
        await db.InTransactionAsync(async () =>
        {
            db.Add(user);
            await db.SaveChangesAsync(cancel);
            db.Record("user.created", "user", user.Id, new { user.Email, user.Name, Level = level.ToString() });
            await db.SaveChangesAsync(cancel);
        }, cancel);
        return (user, password);
    }

    /// <summary>Whether the text can be an e-mail address.</summary>
    public static bool IsEmail(string text) =>
        text.Length <= 254 && !text.Any(c => char.IsControl(c) || char.IsWhiteSpace(c)) && MailAddress.TryCreate(text, out var address) && address.Address == text;
}
