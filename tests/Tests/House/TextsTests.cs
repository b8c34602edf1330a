using System.Text.RegularExpressions;
using Liaison.Host;
using Liaison.Kernel;
using Liaison.Kernel.Texts;

namespace Liaison.Tests.House;

/// <summary>Whatever a person reads exists in French and in English.</summary>
public sealed partial class TextsTests
{
    private static readonly ModuleList Modules = new(LiaisonHost.BuiltIn);
    private static readonly Localizer Texts = new(Modules);

    [Fact]
    public void Both_languages_have_the_same_texts() =>
        Assert.Equal(Texts.Keys("en").Order(StringComparer.Ordinal), Texts.Keys("fr").Order(StringComparer.Ordinal));

    [Fact]
    public void Both_languages_have_the_same_placeholders_and_plurals()
    {
        var bad = Texts.Keys("fr").Where(key => Texts.Find(key, "en") is { } english && Shape(english) != Shape(Texts.Find(key, "fr")!)).ToList();
        Assert.Equal("", string.Join('\n', bad));
    }

    [Fact]
    public void French_is_set_as_French_is()
    {
        // A straight apostrophe, or an ordinary space where a narrow one belongs.
        var bad = Texts.Keys("fr").Where(key => BadFrench().IsMatch(Texts.Find(key, "fr")!)).Select(key => $"{key}: {Texts.Find(key, "fr")}").ToList();
        Assert.Equal("", string.Join('\n', bad));
    }

    [Fact]
    public void Every_text_that_is_asked_for_exists()
    {
        var used = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (path, text) in Repository.Files(".cs", ".cshtml").Where(f => !f.Path.StartsWith("tests/", StringComparison.Ordinal) && !f.Path.StartsWith("extensions/", StringComparison.Ordinal)))
        {
            foreach (Match match in Asked().Matches(text))
                if (Texts.Find(match.Groups["key"].Value, "fr") is null) used.Add($"{match.Groups["key"].Value} in {path}");
            foreach (Match match in Recorded().Matches(text))
                if (Texts.Find("journal." + match.Groups["key"].Value, "fr") is null) used.Add($"journal.{match.Groups["key"].Value} in {path}");
        }
        foreach (var permission in Modules.Permissions.Keys)
            if (Texts.Find("permission." + permission, "fr") is null) used.Add("permission." + permission);
        foreach (var entry in Modules.All.SelectMany(m => m.Menu))
            if (Texts.Find(entry.Text, "fr") is null) used.Add(entry.Text);
        Assert.Equal("", string.Join('\n', used));
    }

    private static string Shape(string text) =>
        string.Join(',', Placeholder().Matches(text).Select(m => m.Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)) + (text.Contains(" | ", StringComparison.Ordinal) ? " plural" : "");

    [GeneratedRegex(@"\{\d+", RegexOptions.None, 1000)]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"\w'\w| [;:?!»]|« |\w[;?!](\s|$)", RegexOptions.None, 1000)]
    private static partial Regex BadFrench();

    // T["key"], texts["key", …], problems.Add("Field", "key"), new BadFieldException("field", "key"), Answers.Problem(http, 404, "key").
    [GeneratedRegex(@"(?:\b(?:T|texts|Texts|_texts)\[|\.Add\(""[\w\[\].]*"", |BadFieldException\([^,()]+, |\bProblem\(\w+, \d+, )""(?<key>[a-z]\w*(?:\.\w+)+)""(?!\s*\+)", RegexOptions.None, 1000)]
    private static partial Regex Asked();

    [GeneratedRegex(@"\.Record\(""(?<key>[\w.]+)""", RegexOptions.None, 1000)]
    private static partial Regex Recorded();
}
