using System.Text.Json;
using System.Text.RegularExpressions;

namespace Liaison.Tests.Api;

/// <summary>Compares answers of the API with its description: status, headers and body.</summary>
internal sealed partial class DescribedAnswers(JsonElement document)
{
    // Those that are always sent where they are described, and those that are only sometimes.
    private static readonly string[] Always = ["ETag", "Location"];
    private static readonly string[] Sometimes = ["Idempotency-Replayed", "WWW-Authenticate", "Retry-After"];
    private readonly JsonSchema _schema = new(document);

    /// <summary>What is not as described.</summary>
    public List<string> Bad { get; } = [];
    /// <summary>Operations with the status that was seen of them: "get /api/v1/contacts 200".</summary>
    public HashSet<string> Seen { get; } = new(StringComparer.Ordinal);

    /// <summary>The operations: "get /api/v1/contacts/{id}" with what is described of each.</summary>
    public IEnumerable<(string Name, JsonElement Value)> Operations =>
        document.GetProperty("paths").EnumerateObject().SelectMany(p => p.Value.EnumerateObject().Select(o => ($"{o.Name} {p.Name}", o.Value)));

    /// <summary>The operation of a request such as "PATCH contacts/7".</summary>
    public (string Name, JsonElement Value) OperationOf(string request)
    {
        var (method, address) = (request.Split(' ')[0].ToLowerInvariant(), "/api/v1/" + request.Split(' ')[1].Split('?')[0]);
        return Operations.Where(o => o.Name.StartsWith(method + " ", StringComparison.Ordinal) && Regex.IsMatch(address, "^" + Placeholder().Replace(o.Name[(method.Length + 1)..], "[^/]+") + "$")).MinBy(o => o.Name.Count(c => c == '{'));
    }

    /// <summary>Whether a null is allowed there.</summary>
    public bool TakesNull(JsonElement schema) => !_schema.Problems(JsonElement.Parse("null"), schema).Any();

    /// <summary>Compares one answer.</summary>
    public ApiReply Check(ApiReply reply)
    {
        var (name, value) = OperationOf(reply.Request);
        var operation = $"{name} {reply.Status}";
        Seen.Add(operation);
        if (!value.GetProperty("responses").TryGetProperty($"{reply.Status}", out var described))
        {
            Bad.Add($"{operation} is not described");
            return reply;
        }
        foreach (var header in Always.Concat(Sometimes))
        {
            var isSaid = described.TryGetProperty("headers", out var headers) && headers.TryGetProperty(header, out _);
            if (isSaid != reply.Headers.ContainsKey(header) && (!isSaid || Always.Contains(header))) Bad.Add($"{operation} {(isSaid ? "lacks" : "has an undescribed")} {header}");
        }
        if (reply.Body.Length == 0) return reply;
        if (!described.TryGetProperty("content", out var content)) Bad.Add($"{operation} has a body");
        else if (content.EnumerateObject().FirstOrDefault(c => c.Name.EndsWith("json", StringComparison.Ordinal)) is { Value.ValueKind: JsonValueKind.Object } json)
            Bad.AddRange(_schema.Problems(reply.Json, json.Value.GetProperty("schema")).Select(p => $"{operation}: {p}"));
        return reply;
    }

    [GeneratedRegex(@"\{\w+\}", RegexOptions.None, 1000)]
    private static partial Regex Placeholder();
}
