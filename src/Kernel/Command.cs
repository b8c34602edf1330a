using Liaison.Kernel.Texts;
using System.Text.RegularExpressions;

namespace Liaison.Kernel;

/// <summary>A command-line verb, such as "user add".</summary>
/// <param name="Name">Words that call it.</param>
/// <param name="Usage">
/// Shown by <c>liaison help</c>; its first line names every option, "[--dry-run] [--tag TAG,…]": those with a word behind them take a value, those with a comma in it
/// may be given several times. A command takes words of its own only when one stands behind its name.
/// </param>
/// <param name="RunAsync">The work; returns the exit code.</param>
public sealed partial record Command(string Name, string Usage, Func<IServiceProvider, Arguments, Task<int>> RunAsync)
{
    /// <summary>Takes apart what follows the command's name.</summary>
    /// <exception cref="FormatException">A word or an option that the command does not have, an option without its value, one with a value that takes none, or one given twice.</exception>
    public Arguments Parse(IEnumerable<string> words)
    {
        var usage = Usage.Split('\n')[0];
        var options = Option().Matches(usage).DistinctBy(m => m.Groups["name"].Value).ToDictionary(m => m.Groups["name"].Value, m => m.Groups["value"].Value, StringComparer.Ordinal);
        var arguments = new Arguments(words, options, Name);
        return arguments.Words is [var word, ..] && usage[Name.Length..].TrimStart() is "" or ['-' or '[', ..] ? throw new FormatException($"\"{Name}\" does not know the word \"{word}\": liaison {usage}") : arguments;
    }

    [GeneratedRegex(@"--(?<name>[a-z][a-z-]*)(?<value> [^\s\[\]]+)?", RegexOptions.CultureInvariant)]
    private static partial Regex Option();
}

/// <summary>Parsed command-line arguments: positional words and <c>--name value</c> options.</summary>
public sealed class Arguments
{
    private readonly Dictionary<string, string> _options = new(StringComparer.Ordinal);

    // Every command may be asked for JSON. A list given twice has both values, separated by a comma.
    internal Arguments(IEnumerable<string> words, Dictionary<string, string> known, string command)
    {
        known.TryAdd("json", "");
        var positional = new List<string>();
        using var all = words.GetEnumerator();
        while (all.MoveNext())
        {
            if (!all.Current.StartsWith("--", StringComparison.Ordinal)) { positional.Add(all.Current); continue; }
            var equals = all.Current.IndexOf('=', StringComparison.Ordinal);
            var name = equals > 0 ? all.Current[2..equals] : all.Current[2..];
            if (!known.TryGetValue(name, out var wanted))
                throw new FormatException($"\"{command}\" has no option --{name}; it has {string.Join(", ", known.Keys.Order(StringComparer.Ordinal).Select(o => "--" + o))}.");
            if (wanted.Length == 0 && equals > 0) throw new FormatException($"--{name} takes no value: write it without one, or leave it out.");
            if (_options.ContainsKey(name) && !wanted.Contains(',', StringComparison.Ordinal)) throw new FormatException($"Give --{name} once.");
            var value = equals > 0 ? all.Current[(equals + 1)..] : wanted.Length == 0 ? "true" : all.MoveNext() ? all.Current : throw new FormatException($"Say what after --{name}.");
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
