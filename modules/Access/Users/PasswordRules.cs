using System.Text;
using Liaison.Kernel.Data;
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
        else if (IsEasy(password, user)) problems.Add("New", "access.password.common");
    }

    // "P@ssw0rd2026!" is "password" with ornaments: what is left without them must not be a common word or a name.
    private static bool IsEasy(string password, User user)
    {
        var lower = SearchText.Normal(password, NormalizationForm.FormKC).ToLowerInvariant();
        if (lower.Distinct().Count() < 5 || (lower.Length < 16 && !lower.Any(char.IsLetter))) return true;
        var plain = new string([.. lower.Select(Unornamented)]);
        string[] forms = [lower, Trimmed(lower), Letters(lower), plain, Trimmed(plain), Letters(plain), Letters(new string([.. Trimmed(lower).Select(Unornamented)]))];
        var names = new[] { user.UserName, user.Email, user.Email?.Split('@')[0], user.Name }.Select(n => Letters((n ?? "").ToLowerInvariant())).Where(n => n.Length >= 3).ToHashSet();
        return forms.Any(f => Common.Value.Contains(Once(f)) || names.Contains(Once(f)));
    }

    // "azertyazerty" is "azerty".
    private static string Once(string text)
    {
        for (var n = 1; n <= text.Length / 2; n++)
            if (text.Length % n == 0 && text.AsSpan(n).SequenceEqual(text.AsSpan(0, text.Length - n))) return text[..n];
        return text;
    }

    private static char Unornamented(char c) => c switch { '@' or '4' => 'a', '0' => 'o', '1' or '!' => 'i', '3' => 'e', '$' or '5' => 's', '7' => 't', _ => c };

    private static string Trimmed(string text) => text.Trim("0123456789!?.,;:*$#@&-_+=/()[]{}<>'\" ".ToCharArray());

    private static string Letters(string text) => new([.. text.Where(char.IsLetter)]);
}
