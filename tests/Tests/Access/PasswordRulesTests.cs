using Liaison.Access;
using Liaison.Kernel.Validation;

namespace Liaison.Tests.Access;

public sealed class PasswordRulesTests
{
    [Theory]
    [InlineData("short")]
    [InlineData("elevenchars")]
    [InlineData("aaaaaaaaaaaaaaa")]
    [InlineData("123456789012")]
    [InlineData("Password2026!")]
    [InlineData("P@ssw0rd2026!")]
    [InlineData("motdepasse123")]
    [InlineData("azertyazerty")]
    [InlineData("azertyuiop123")]
    [InlineData("Liaison2026!!")]
    [InlineData("liaisonliaison")]
    [InlineData("Anna.Martin2026")]
    [InlineData("anna@acme.example")]
    [InlineData("Bienvenue2026")]
    public void Easy_ones_are_refused(string password) => Assert.NotEmpty(Problems(password));

    [Theory]
    [InlineData("correct horse battery")]
    [InlineData("mon chat dort au soleil")]
    [InlineData("k7mp-q2rt-9xwz-h4cd")]
    [InlineData("été à la plage")]
    [InlineData("密码必须足够长才能安全使用吧")]
    public void Long_ones_of_ones_own_are_taken(string password) => Assert.Empty(Problems(password));

    private static IReadOnlyList<Problem> Problems(string password)
    {
        var problems = new Problems();
        PasswordRules.Check(password, new User { UserName = "anna", Email = "anna@acme.example", Name = "Anna Martin", Level = Level.User }, problems);
        return problems.All;
    }
}
