using Liaison.Kernel.Texts;
using System.Text.RegularExpressions;

namespace Liaison.Kernel;

/// <summary>A command-line verb, such as "user add".</summary>
/// <param name="Name">Words that call it.</param>
/// <param name="Usage">Shown by <c>liaison help</c>; its first line names every option, "[--dry-run] [--tag TAG]": those with a word behind them take a value.</param>
/// <param name="RunAsync">The work; returns the exit code.</param>
public sealed partial record Command(string Name, string Usage, Func<IServiceProvider, Arguments, Task<int>> RunAsync)
{
    /// <summary>Takes apart what follows the command's name.</summary>
    /// <exception cref="FormatException">An option that the command does not have, or one without its value.</exception>
    public Arguments Parse(IEnumerable<string> words) => new(words,
        Option().Matches(Usage.Split('\n')[0]).ToDictionary(m => m.Groups["name"].Value, m => m.Groups["value"].Success, StringComparer.Ordinal), Name);

    [GeneratedRegex(@"--(?<name>[a-z][a-z-]*)(?<value> [^\s\[\]]+)?", RegexOptions.CultureInvariant)]
    private static partial Regex Option();
}

/// <summary>Parsed command-line arguments: positional words and <c>--name value</c> options.</summary>
public sealed class Arguments
{
    private readonly Dictionary<string, string> _options = new(StringComparer.Ordinal);

    // Every command may be asked for JSON. An option given twice has both values, separated by a comma.
    internal Arguments(IEnumerable<string> words, Dictionary<string, bool> takesValue, string command)
    {
        takesValue.TryAdd("json", false);
        var positional = new List<string>();
        using var all = words.GetEnumerator();
        while (all.MoveNext())
        {
            if (!all.Current.StartsWith("--", StringComparison.Ordinal)) { positional.Add(all.Current); continue; }
            var equals = all.Current.IndexOf('=', StringComparison.Ordinal);
            var name = equals > 0 ? all.Current[2..equals] : all.Current[2..];
            if (!takesValue.TryGetValue(name, out var takes))
                throw new FormatException($"\"{command}\" has no option --{name}; it has {string.Join(", ", takesValue.Keys.Order(StringComparer.Ordinal).Select(o => "--" + o))}.");
            var value = equals > 0 ? all.Current[(equals + 1)..] : !takes ? "true" : all.MoveNext() ? all.Current : throw new FormatException($"Say what after --{name}.");
            _options[name] = _options.TryGetValue(name, out var before) ? before + "," + value : value;
        }
        Words = positional;
    }

    /// <summary>Words that are no options.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>The option's value, or null.</summary>
    public string? this[string option] => _options.GetValueOrDefault(option);

    /// <summary>The option's values, separated by commas; null when it was not given.</summary>
    public List<string>? Many(string option) => this[option] is { } text ? WordList.Split(text) : null;

    /// <summary>Whether the option was given.</summary>
    public bool Has(string option) => _options.ContainsKey(option);

    /// <summary>Whether the answer is wanted as JSON.</summary>
    public bool Json => Has("json");
}
