using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Liaison.Kernel.Api;

/// <summary>Looks through a body before it is read into a class, so that what is wrong is named: unknown fields, broken text, nulls in lists.</summary>
internal static class BodyCheck
{
    /// <summary>Checks the object; a null for a list, or for a choice that has a "none", is taken out, which clears it.</summary>
    public static void Check(JsonObject node, Type type, JsonSerializerOptions options, bool keepNulls = false)
    {
        try { Look(node, type, "", options, keepNulls); }
        catch (InvalidOperationException) { throw new BadFieldException("", "api.error.badText"); } // a name that is no text
    }

    private static void Look(JsonNode node, Type type, string path, JsonSerializerOptions options, bool keepNulls)
    {
        switch (node)
        {
            case JsonObject fields: LookAtFields(fields, options.GetTypeInfo(type), path, options, keepNulls); break;
            case JsonArray list:
                var element = options.GetTypeInfo(type).ElementType ?? typeof(object);
                for (var i = 0; i < list.Count; i++)
                    Look(list[i] ?? throw Bad($"{path}[{i}]", "api.error.badValue"), element, $"{path}[{i}]", options, false);
                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String: LookAtText(value, path); break;
        }
    }

    private static void LookAtFields(JsonObject fields, JsonTypeInfo info, string path, JsonSerializerOptions options, bool keepNulls)
    {
        if (info.Kind == JsonTypeInfoKind.Dictionary)
        {
            foreach (var (name, value) in fields) if (value is not null) Look(value, info.ElementType ?? typeof(object), path.Length == 0 ? name : $"{path}.{name}", options, false);
            return;
        }
        if (info.Kind != JsonTypeInfoKind.Object) throw Bad(path, "api.error.badValue");
        var empty = info.Type.GetCustomAttribute<MayBeEmptyAttribute>()?.Fields ?? [];
        foreach (var (name, value) in fields.ToList())
        {
            var full = path.Length == 0 ? name : $"{path}.{name}";
            if (empty.Contains(name))
            {
                if (value is not (null or JsonObject { Count: 0 } or JsonArray { Count: 0 })) throw Bad(full, "api.error.notEmpty");
                fields.Remove(name);
                continue;
            }
            var property = info.Properties.FirstOrDefault(p => p.Name == name && p.Set is not null) ?? throw Bad(full, "api.error.unknownField");
            if (value is not null) Look(value, property.PropertyType, full, options, false);
            else if (!keepNulls && ClearsByAbsence(property.PropertyType)) fields.Remove(name);
        }
    }

    private static void LookAtText(JsonValue value, string path)
    {
        try { if (value.GetValue<string>().Contains('\0', StringComparison.Ordinal)) throw Bad(path, "api.error.badText"); }
        catch (InvalidOperationException) { throw Bad(path, "api.error.badText"); } // half a surrogate pair, bytes that are no UTF-8
    }

    internal static bool ClearsByAbsence(Type type) =>
        type.IsEnum ? Enum.IsDefined(type, Enum.ToObject(type, 0)) : type != typeof(string) && typeof(System.Collections.IEnumerable).IsAssignableFrom(type);

    private static BadFieldException Bad(string path, string text) => new(path, text, path);
}
