using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Liaison.Bench;

/// <summary>Signs in and makes the bytes of requests with the cookies it was given.</summary>
internal sealed partial class Browser(int port)
{
    public int Port => port;
    private readonly Dictionary<string, string> _cookies = new(StringComparer.Ordinal);

    public byte[] Get(string path, string more = "") => Bytes("GET", path, more, null);

    public byte[] Post(string path, string type, string body, string more = "") => Bytes("POST", path, more + $"Content-Type: {type}\r\n", body);

    /// <summary>Sends once and returns status and body.</summary>
    public (int Status, string Body, string Head) Send(byte[] request)
    {
        using var client = new Client(port);
        client.Send(request, keepHead: true);
        foreach (Match cookie in SetCookie().Matches(client.Head)) _cookies[cookie.Groups[1].Value] = cookie.Groups[2].Value;
        return (client.Status, client.Text, client.Head);
    }

    /// <summary>The token of the forms on a page.</summary>
    public string Token(string path) => Token().Match(Send(Get(path)).Body) is { Success: true } match ? WebUtility.HtmlDecode(match.Groups[1].Value) : "";

    public void SignIn(string login, string password)
    {
        var token = Token("/sign-in");
        var answer = Send(Post("/sign-in", Form, Fields(("Input.Login", login), ("Input.Password", password), ("__RequestVerificationToken", token))));
        if (answer.Status != 303) throw new InvalidOperationException($"Signing in as {login} was answered {answer.Status}.");
    }

    public const string Form = "application/x-www-form-urlencoded";

    public static string Fields(params (string Name, string Value)[] fields) => string.Join('&', fields.Select(f => Uri.EscapeDataString(f.Name) + "=" + Uri.EscapeDataString(f.Value)));

    private byte[] Bytes(string method, string path, string more, string? body)
    {
        var text = new StringBuilder($"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}\r\nUser-Agent: bench\r\n{more}");
        if (_cookies.Count > 0) text.Append("Cookie: ").AppendJoin("; ", _cookies.Select(c => c.Key + "=" + c.Value)).Append("\r\n");
        if (body is not null) text.Append(CultureInfo.InvariantCulture, $"Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n");
        return Encoding.UTF8.GetBytes(text.Append("\r\n").Append(body).ToString());
    }

    [GeneratedRegex(@"Set-Cookie: ([^=]+)=([^;\r\n]*)", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex SetCookie();

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"", RegexOptions.None, 1000)]
    private static partial Regex Token();
}
