using System.Text.Json;
using Liaison.Kernel.Data;

namespace Liaison.Host;

/// <summary>What is set from outside: environment variables (LIAISON_…) first, then liaison.json in the working folder, then defaults.</summary>
public sealed class Configuration
{
    /// <summary>Address to listen on (LIAISON_URL).</summary>
    public string Url { get; init; } = "http://127.0.0.1:5080";
    /// <summary>Address used in links (LIAISON_PUBLIC_URL).</summary>
    public string PublicUrl { get; init; } = "http://127.0.0.1:5080";
    /// <summary>Proxies whose forwarded headers are believed (LIAISON_PROXIES, separated by commas).</summary>
    public IReadOnlyList<string> Proxies { get; init; } = [];
    /// <summary>The database.</summary>
    public required DatabaseSettings Database { get; init; }
    /// <summary>Folder with extensions, one subfolder each.</summary>
    public string? ExtensionsFolder { get; init; }
    /// <summary>Folder with wwwroot.</summary>
    public string ContentRoot { get; init; } = AppContext.BaseDirectory;
    /// <summary>Developer pages and full error pages (LIAISON_DEVELOPMENT=1).</summary>
    public bool IsDevelopment { get; init; }
    /// <summary>Requests a minute that an API token may make (LIAISON_API_RATE); no limit unless set.</summary>
    public int? ApiRate { get; init; }
    /// <summary>Least level logged.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    /// <summary>Reads the configuration.</summary>
    /// <exception cref="FormatException">A value cannot be understood; the message names it.</exception>
    public static Configuration Read()
    {
        var file = ReadFile();
        string? Value(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } set ? set : file.GetValueOrDefault(name);
        var folder = Value("LIAISON_DATA") ?? "./data";
        var url = Value("LIAISON_URL") ?? "http://127.0.0.1:5080";
        var listen = Address("LIAISON_URL", url.Replace("//*", "//localhost", StringComparison.Ordinal).Replace("//+", "//localhost", StringComparison.Ordinal), url);
        if (listen.Scheme != Uri.UriSchemeHttp) throw new FormatException($"LIAISON_URL: \"{url}\": Liaison itself speaks plain HTTP; put a proxy in front for HTTPS and name its address in LIAISON_PUBLIC_URL.");
        var publicUrl = Value("LIAISON_PUBLIC_URL") ?? url;
        if (publicUrl != url) Address("LIAISON_PUBLIC_URL", publicUrl, publicUrl);
        return new Configuration
        {
            Url = url, PublicUrl = publicUrl.TrimEnd('/'), Proxies = ReadProxies(Value("LIAISON_PROXIES") ?? ""),
            Database = DatabaseSettings.Parse(Value("LIAISON_DATABASE"), folder),
            ExtensionsFolder = Path.Combine(Path.GetFullPath(folder), "extensions"),
            ApiRate = Value("LIAISON_API_RATE") is not { } rate ? null : int.TryParse(rate, System.Globalization.CultureInfo.InvariantCulture, out var perMinute) && perMinute > 0
                ? perMinute : throw new FormatException($"LIAISON_API_RATE: \"{rate}\" is not a number of requests a minute."),
            IsDevelopment = Value("LIAISON_DEVELOPMENT") is "1" or "true",
        };
    }

    private static Uri Address(string name, string text, string given) => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
        ? uri : throw new FormatException($"{name}: \"{given}\" is not an address such as http://127.0.0.1:5080.");

    private static string[] ReadProxies(string text)
    {
        var proxies = text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (Array.Find(proxies, p => !System.Net.IPAddress.TryParse(p, out _)) is { } odd) throw new FormatException($"LIAISON_PROXIES: \"{odd}\" is not an address such as 127.0.0.1; several are separated by commas.");
        return proxies;
    }

    private static Dictionary<string, string> ReadFile()
    {
        const string name = "liaison.json";
        if (!File.Exists(name)) return [];
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(name), new JsonSerializerOptions { ReadCommentHandling = JsonCommentHandling.Skip })
                ?? [];
        }
        catch (JsonException e) { throw new FormatException($"liaison.json cannot be read (line {e.LineNumber + 1}): it is one object of names and texts, such as {{ \"LIAISON_URL\": \"http://127.0.0.1:5080\" }}.", e); }
    }
}
