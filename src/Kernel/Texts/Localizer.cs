using System.Globalization;
using System.Text.Json;

namespace Liaison.Kernel.Texts;

/// <summary>
/// The texts of all modules in French and English. A key is "module.name"; a value may hold {0}, {1}… and, for plurals, two forms
/// separated by " | " (one, other), chosen by the first argument as the language does (in French 0 and 1 are singular).
/// </summary>
public sealed class Localizer
{
    private readonly Dictionary<string, Dictionary<string, string>> _texts = new(StringComparer.Ordinal);

    /// <summary>Reads Texts/fr.json and Texts/en.json of every assembly given.</summary>
    public Localizer(ModuleList modules) : this(modules.All.Select(m => m.Assembly).Prepend(typeof(Localizer).Assembly).Distinct()) { }

    private Localizer(IEnumerable<System.Reflection.Assembly> assemblies)
    {
        foreach (var code in Access.Cultures.Codes) _texts[code] = new(StringComparer.Ordinal);
        foreach (var assembly in assemblies)
        {
            foreach (var name in assembly.GetManifestResourceNames())
            {
                var code = Access.Cultures.Codes.FirstOrDefault(c => name.EndsWith($".Texts.{c}.json", StringComparison.Ordinal));
                if (code is null) continue;
                using var stream = assembly.GetManifestResourceStream(name)!;
                foreach (var (key, value) in JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!)
                    if (!_texts[code].TryAdd(key, value)) throw new InvalidOperationException($"The text {key} stands twice ({name}).");
            }
        }
    }

    /// <summary>The text in the current language; the key itself when it is missing (a test finds those).</summary>
    public string this[string key] => Find(key) ?? key;

    /// <summary>The text with its placeholders filled by the current culture's formats; a plural by its first argument.</summary>
    public string this[string key, params object?[] arguments]
    {
        get
        {
            var text = Find(key);
            if (text is null) return key;
            var bar = text.IndexOf(" | ", StringComparison.Ordinal);
            if (bar >= 0) text = IsOne(arguments[0]) ? text[..bar] : text[(bar + 3)..];
            return string.Format(CultureInfo.CurrentCulture, text, arguments);
        }
    }

    /// <summary>The text, or null when there is none.</summary>
    public string? Find(string key) => Find(key, CultureInfo.CurrentUICulture.TwoLetterISOLanguageName);

    /// <summary>The text in a given language ("fr", "en"), or null.</summary>
    public string? Find(string key, string language) =>
        _texts.TryGetValue(language, out var texts) && texts.TryGetValue(key, out var text) ? text : null;

    /// <summary>All keys of a language.</summary>
    public IReadOnlyCollection<string> Keys(string language) => _texts[language].Keys;

    private static bool IsOne(object? count)
    {
        var n = Convert.ToDecimal(count, CultureInfo.InvariantCulture);
        return CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "fr" ? n < 2 : n == 1;
    }
}
