using Liaison.Kernel.Texts;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Liaison.Kernel.Validation;

/// <summary>What is wrong with an input, by field. The same list becomes messages beside form fields, "errors" of the API and reasons of an import.</summary>
public sealed class Problems
{
    private readonly List<Problem> _all = [];

    /// <summary>All problems in the order found.</summary>
    public IReadOnlyList<Problem> All => _all;
    /// <summary>Whether there is any.</summary>
    public bool Any => _all.Count > 0;

    /// <summary>Adds a problem.</summary>
    /// <param name="path">Property path of the input class: "LastName", "Emails[0].Value"; "" for the whole.</param>
    /// <param name="text">Key of the message.</param>
    /// <param name="arguments">Values for the message's placeholders.</param>
    public void Add(string path, string text, params object?[] arguments) => _all.Add(new(path, text, arguments));

    /// <summary>Puts the messages beside the form's fields, whose names start with <paramref name="prefix"/>.</summary>
    /// <param name="state">The form's state.</param>
    /// <param name="texts">The messages.</param>
    /// <param name="prefix">What the names of its fields begin with.</param>
    /// <param name="field">The form's field for a path, where it has another name.</param>
    public void CopyTo(ModelStateDictionary state, Localizer texts, string prefix = "Input.", Func<string, string>? field = null)
    {
        foreach (var problem in _all) state.AddModelError(problem.Path.Length == 0 ? "" : prefix + (field?.Invoke(problem.Path) ?? problem.Path), problem.Message(texts));
    }

    /// <summary>Messages by camel-case field path, for the API.</summary>
    public Dictionary<string, string[]> ByField(Localizer texts) =>
        _all.GroupBy(p => p.ApiPath, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Select(p => p.Message(texts)).ToArray(), StringComparer.Ordinal);
}

/// <summary>One thing that is wrong.</summary>
/// <param name="Path">Property path.</param>
/// <param name="Text">Key of the message.</param>
/// <param name="Arguments">Values for its placeholders.</param>
public sealed record Problem(string Path, string Text, object?[] Arguments)
{
    /// <summary>"Emails[0].Value" as the API writes it: "emails[0].value".</summary>
    public string ApiPath => string.Join('.', Path.Split('.').Select(System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName));

    /// <summary>The message in the current language.</summary>
    public string Message(Localizer texts) => Arguments.Length == 0 ? texts[Text] : texts[Text, Arguments];
}
