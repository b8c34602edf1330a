using System.Text.Json;

namespace Liaison.Tests.Api;

/// <summary>As much of JSON Schema as the description of the API uses.</summary>
internal sealed class JsonSchema(JsonElement document)
{
    /// <summary>What is wrong with a value, each with its place.</summary>
    public IEnumerable<string> Problems(JsonElement value, JsonElement schema, string path = "$")
    {
        if (schema.TryGetProperty("$ref", out var reference)) return Problems(value, At(reference.GetString()!), path);
        var found = new List<string>();
        if (schema.TryGetProperty("oneOf", out var choices))
        {
            var fitting = choices.EnumerateArray().Count(c => !Problems(value, c, path).Any());
            if (fitting != 1) found.Add($"{path} fits {fitting} of its choices");
        }
        if (schema.TryGetProperty("type", out var type) && !(type.ValueKind == JsonValueKind.Array ? type.EnumerateArray() : Enumerable.Repeat(type, 1)).Any(t => Is(value, t.GetString()!)))
            return [.. found, $"{path} is {value.ValueKind}, not {type}"];
        if (schema.TryGetProperty("enum", out var words) && !words.EnumerateArray().Any(w => JsonElement.DeepEquals(w, value))) found.Add($"{path} is {value}, none of {words}");
        if (value.ValueKind == JsonValueKind.String && schema.TryGetProperty("format", out var format) && format.GetString() == "date-time" && !value.TryGetDateTimeOffset(out _)) found.Add($"{path} is no moment");
        if (value.ValueKind == JsonValueKind.Array && schema.TryGetProperty("items", out var items))
            found.AddRange(value.EnumerateArray().SelectMany((v, i) => Problems(v, items, $"{path}[{i}]")));
        if (value.ValueKind == JsonValueKind.Object) found.AddRange(Fields(value, schema, path));
        return found;
    }

    private List<string> Fields(JsonElement value, JsonElement schema, string path)
    {
        var found = new List<string>();
        var known = schema.TryGetProperty("properties", out var properties) ? properties.EnumerateObject().ToDictionary(p => p.Name, p => p.Value, StringComparer.Ordinal) : [];
        if (schema.TryGetProperty("required", out var required)) found.AddRange(required.EnumerateArray().Where(r => !value.TryGetProperty(r.GetString()!, out _)).Select(r => $"{path} has no {r}"));
        var others = schema.TryGetProperty("additionalProperties", out var more) ? more : default;
        foreach (var field in value.EnumerateObject())
        {
            if (known.TryGetValue(field.Name, out var described)) found.AddRange(Problems(field.Value, described, $"{path}.{field.Name}"));
            else if (others.ValueKind == JsonValueKind.False) found.Add($"{path}.{field.Name} is not described");
            else if (others.ValueKind == JsonValueKind.Object) found.AddRange(Problems(field.Value, others, $"{path}.{field.Name}"));
        }
        return found;
    }

    private JsonElement At(string reference) => reference.Split('/').Skip(1).Aggregate(document, (place, name) => place.GetProperty(name));

    private static bool Is(JsonElement value, string type) => type switch
    {
        "null" => value.ValueKind == JsonValueKind.Null, "string" => value.ValueKind == JsonValueKind.String, "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _), "number" => value.ValueKind == JsonValueKind.Number,
        "array" => value.ValueKind == JsonValueKind.Array, "object" => value.ValueKind == JsonValueKind.Object, _ => false,
    };
}
