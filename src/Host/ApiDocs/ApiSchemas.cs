using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Liaison.Kernel.Api;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Liaison.Host.ApiDocs;

/// <summary>The classes of the description: what their fields mean and hold, and which are always there.</summary>
internal static class ApiSchemas
{
    private static readonly JsonObject Examples = ReadExamples();

    public static Task Describe(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancel)
    {
        var type = context.JsonTypeInfo.Type;
        if (type == typeof(ProblemDetails)) Problem(schema);
        if (context.JsonPropertyInfo is { } property) Field(schema, property, context.ApplicationServices);
        else if (schema.Type is { } kind && kind.HasFlag(JsonSchemaType.Object))
        {
            if (Examples.TryGetPropertyValue(type.Name, out var example)) schema.Examples = [example!.DeepClone()];
            foreach (var name in type.GetCustomAttribute<MayBeEmptyAttribute>()?.Fields ?? [])
                (schema.Properties ??= new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal))[name] = new OpenApiSchema { Type = JsonSchemaType.Object | JsonSchemaType.Array | JsonSchemaType.Null, MaxProperties = 0, MaxItems = 0 };
            if (type == typeof(ProblemDetails)) return Task.CompletedTask;
            if (Taken(context.ApplicationServices).Contains(type)) Asked(schema, context);
            else Given(schema, context);
        }
        return Task.CompletedTask;
    }

    private static void Field(OpenApiSchema schema, System.Text.Json.Serialization.Metadata.JsonPropertyInfo property, IServiceProvider services)
    {
        // Most fields of a name mean the same wherever they stand.
        var texts = ApiDescription.Texts(services);
        if (property.DeclaringType != typeof(ProblemDetails) && (texts.Find($"apiDoc.{property.DeclaringType.Name}.{property.Name}") ?? texts.Find("apiDoc.field." + property.Name)) is { } text) schema.Description = text;
        // Moments have a way of their own to be written, of which the generator knows no type.
        if (schema is { Format: "date-time", Type: null }) schema.Type = Nullable.GetUnderlyingType(property.PropertyType) is null ? JsonSchemaType.String : JsonSchemaType.String | JsonSchemaType.Null;
    }

    // What is given has all of its fields, but for those that are left out when there is nothing to say.
    private static void Given(OpenApiSchema schema, OpenApiSchemaTransformerContext context)
    {
        var fields = context.JsonTypeInfo.Properties.Where(p => p.AttributeProvider?.IsDefined(typeof(JsonIgnoreAttribute), true) != true).Select(p => p.Name);
        schema.Required = fields.Where(f => schema.Properties?.ContainsKey(f) == true).ToHashSet(StringComparer.Ordinal);
    }

    // What is taken needs what its class cannot be made without; a null empties a list and clears a word, also where none is kept.
    private static void Asked(OpenApiSchema schema, OpenApiSchemaTransformerContext context)
    {
        foreach (var property in context.JsonTypeInfo.Properties)
        {
            if (property.AssociatedParameter is { HasDefaultValue: false, IsMemberInitializer: false }) (schema.Required ??= new HashSet<string>(StringComparer.Ordinal)).Add(property.Name);
            if (!ApiJson.TakesNullAsEmpty(property.PropertyType) || schema.Properties?.TryGetValue(property.Name, out var held) != true) continue;
            if (property.PropertyType.IsEnum) schema.Properties[property.Name] = new OpenApiSchema { OneOf = [new OpenApiSchema { Type = JsonSchemaType.Null }, held!] };
            else if (held is OpenApiSchema { Type: { } kind } list) list.Type = kind | JsonSchemaType.Null;
        }
    }

    // Problems carry more than the framework's class says.
    private static void Problem(OpenApiSchema schema)
    {
        var text = new OpenApiSchema { Type = JsonSchemaType.String };
        schema.Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
        {
            ["type"] = text, ["title"] = text, ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32" }, ["traceId"] = text,
            ["errors"] = new OpenApiSchema { Type = JsonSchemaType.Object, AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.Array, Items = text } },
        };
        schema.Required = new HashSet<string>(["type", "title", "status", "traceId"], StringComparer.Ordinal);
    }

    // The classes that endpoints take, and those that these hold.
    private static HashSet<Type> Taken(IServiceProvider services)
    {
        var taken = new HashSet<Type>();
        foreach (var accepts in services.GetRequiredService<EndpointDataSource>().Endpoints.SelectMany(e => e.Metadata.GetOrderedMetadata<IAcceptsMetadata>())) Take(accepts.RequestType);
        return taken;

        void Take(Type? type)
        {
            if (type is null) return;
            foreach (var part in type.GetGenericArguments().Append(type.GetElementType())) Take(part);
            if (type.IsEnum || type.Namespace?.StartsWith("Liaison", StringComparison.Ordinal) != true || !taken.Add(type)) return;
            foreach (var property in type.GetProperties()) Take(property.PropertyType);
        }
    }

    private static JsonObject ReadExamples()
    {
        using var stream = typeof(ApiSchemas).Assembly.GetManifestResourceStream("Liaison.Host.ApiDocs.examples.json")!;
        return JsonNode.Parse(stream)!.AsObject();
    }
}
