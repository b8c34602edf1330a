using Liaison.Kernel.Validation;

namespace Liaison.Access;

/// <summary>What a password chosen by a person must be: long, not common, not the person's or the product's name. Nothing about kinds of characters.</summary>
public static class PasswordRules
{
    /// <summary>Least number of characters.</summary>
    public const int Least = 12;
    private const int Most = 1000;
    private static readonly Lazy<HashSet<string>> Common = new(() =>
    {
        using var stream = typeof(PasswordRules).Assembly.GetManifestResourceStream("Liaison.Access.Users.common-passwords.txt")!;
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
    });

    /// <summary>Adds what is wrong with the password to the field "New".</summary>
    public static void Check(string password, User user, Problems problems)
    {
        if (password.Length < Least) problems.Add("New", "access.password.short", Least);
        else if (password.Length > Most) problems.Add("New", "access.password.long", Most);
        else if (IsCommon(password) || IsNamed(password, user)) problems.Add("New", "access.password.common");
    }

    private static bool IsCommon(string password)
    {
        var lower = password.ToLowerInvariant();
        return lower.Distinct().Count() < 5 || IsRepeated(lower) || Common.Value.Contains(lower) || Common.Value.Contains(lower.TrimEnd("0123456789!?.*$#@".ToCharArray()));
    }

    // "azertyazerty", "liaisonliaison": a short text said twice or more often.
    private static bool IsRepeated(string text) =>
        Enumerable.Range(1, text.Length / 2).Any(n => text.Length % n == 0 && n <= 6 && string.Concat(Enumerable.Repeat(text[..n], text.Length / n)) == text);

    // A name with some digits or signs around it is still the name.
    private static bool IsNamed(string password, User user)
    {
        var letters = Letters(password);
        return new[] { user.UserName, user.Email, user.Email?.Split('@')[0], user.Name, "liaison", "liaisoncrm", "motdepasse", "password" }
            .Select(n => Letters(n ?? "")).Any(n => n.Length >= 3 && letters == n) || letters.Length == 0 && password.Length < 16;
    }

    private static string Letters(string text) => new([.. text.ToLowerInvariant().Where(char.IsLetter)]);
}
