using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace Liaison.Kernel.Api;

/// <summary>A request that cannot be understood: 400, naming the field.</summary>
public sealed class BadFieldException(string name, string text, params object?[] arguments) : Exception(name)
{
    /// <summary>The field's name in the request ("" for the body as a whole).</summary>
    public string Field { get; } = name;
    /// <summary>Key of the message.</summary>
    public string Text => text;
    /// <summary>Its placeholders.</summary>
    public object?[] Arguments => arguments;
    /// <summary>HTTP status to answer.</summary>
    public int Status { get; init; } = 400;
}

/// <summary>How the API reads and writes JSON.</summary>
public static class ApiJson
{
    /// <summary>Camel case, enums as camel-case words, unknown members refused.</summary>
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.Strict,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false), new MomentConverter() },
    };

    // Read more strictly than written: names in their exact case, no null where there cannot be none, and what a record cannot be without is there.
    private static readonly JsonSerializerOptions Reading = new(Options)
    {
        PropertyNameCaseInsensitive = false, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true, TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    /// <summary>Reads the body into an input class.</summary>
    /// <exception cref="BadFieldException">No JSON, an unknown or read-only field, or a value of the wrong kind.</exception>
    public static async Task<T> ReadAsync<T>(HttpRequest request, CancellationToken cancel) where T : class =>
        Convert<T>(await ReadNodeAsync(request, cancel));

    /// <summary>Merges the body into what is there (RFC 7396): a field not sent is unchanged, null clears.</summary>
    /// <exception cref="BadFieldException">As for <see cref="ReadAsync{T}"/>.</exception>
    public static async Task<T> PatchAsync<T>(HttpRequest request, T current, CancellationToken cancel) where T : class =>
        Merge(await ReadNodeAsync(request, cancel), current);

    /// <summary>The body as it was sent.</summary>
    /// <exception cref="BadFieldException">It is not a JSON object.</exception>
    public static async Task<JsonObject> ReadNodeAsync(HttpRequest request, CancellationToken cancel)
    {
        if (!request.HasJsonContentType()) throw new BadFieldException("", "api.error.notJson") { Status = 415 };
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancel);
        var json = body.GetBuffer().AsMemory(0, (int)body.Length);
        if (json.Span.StartsWith(Encoding.UTF8.Preamble)) json = json[Encoding.UTF8.Preamble.Length..];
        try
        {
            var node = JsonNode.Parse(json.Span, null, new JsonDocumentOptions { MaxDepth = MostNested, AllowDuplicateProperties = false });
            if (node is not JsonObject fields) throw new BadFieldException("", "api.error.notObject");
            _ = fields.Count; // reads the names: those that are no text are refused here, whoever looks at the object next
            return fields;
        }
        catch (JsonException) when (Twice(json) is { } field) { throw new BadFieldException(field, "api.error.twice", field); }
        catch (JsonException e) { throw new BadFieldException(Field(e.Path), "api.error.badJson", (e.LineNumber ?? 0) + 1, (e.BytePositionInLine ?? 0) + 1); }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException) { throw new BadFieldException("", "api.error.badText"); }
    }

    /// <summary>Merges what was sent into what is there.</summary>
    /// <exception cref="BadFieldException">As for <see cref="ReadAsync{T}"/>.</exception>
    public static T Merge<T>(JsonObject patch, T current) where T : class
    {
        BodyCheck.Check(patch, typeof(T), Reading, keepNulls: true);
        var merged = JsonSerializer.SerializeToNode(current, Options)!.AsObject();
        foreach (var (name, value) in patch) merged[name] = value?.DeepClone();
        return Convert<T>(merged);
    }

    /// <summary>Reads an object into an input class.</summary>
    /// <exception cref="BadFieldException">As for <see cref="ReadAsync{T}"/>.</exception>
    public static T Convert<T>(JsonObject node) where T : class
    {
        BodyCheck.Check(node, typeof(T), Reading);
        try { return node.Deserialize<T>(Reading)!; }
        catch (JsonException e) { throw new BadFieldException(Field(e.Path), "api.error.badValue", Field(e.Path)); }
    }

    /// <summary>Whether a null in a body means a list or table without anything in it, or the first of the words: none, private.</summary>
    public static bool TakesNullAsEmpty(Type type) => BodyCheck.ClearsByAbsence(type);

    private const int MostNested = 32;

    // The field that is given twice, when that is what is wrong.
    private static string? Twice(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MostNested });
            return Twice(document.RootElement, "");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException) { return null; }
    }

    private static string? Twice(JsonElement element, string path)
    {
        if (element.ValueKind == JsonValueKind.Array) return element.EnumerateArray().Select((e, i) => Twice(e, $"{path}[{i}]")).FirstOrDefault(p => p is not null);
        if (element.ValueKind != JsonValueKind.Object) return null;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var field in element.EnumerateObject())
        {
            var full = path.Length == 0 ? field.Name : $"{path}.{field.Name}";
            if (!seen.Add(field.Name)) return full;
            if (Twice(field.Value, full) is { } deeper) return deeper;
        }
        return null;
    }

    private static string Field(string? path) => path is null ? "" : path.TrimStart('$').TrimStart('.');

    // Instants are written with a Z and read with any offset; one without is refused, since nobody could know what it means.
    private sealed class MomentConverter : JsonConverter<DateTime>
    {
        public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var text = reader.GetString() ?? throw new JsonException();
            if (text.Length < 17 || !(text[^1] is 'Z' or 'z' || text.AsSpan(^6..).IndexOfAny('+', '-') == 0) || !reader.TryGetDateTimeOffset(out var moment)) throw new JsonException();
            return moment.UtcDateTime;
        }

        public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) =>
            writer.WriteStringValue(DateTime.SpecifyKind(value, DateTimeKind.Utc));
    }
}
