using System.Text.Json;
using System.Text.Json.Nodes;
using Liaison.Kernel.Api;
using Liaison.Kernel.Texts;
using Microsoft.OpenApi;

namespace Liaison.Host.ApiDocs;

/// <summary>The parameters of an endpoint as it declares them: those of the query with what they hold, and the headers that each of its kind reads.</summary>
internal static class ApiParameters
{
    private static readonly OpenApiSchema Limit = new() { Type = JsonSchemaType.Integer, Minimum = "1", Maximum = "500", Default = 50 };

    public static void Add(OpenApiOperation operation, IServiceProvider services, Microsoft.AspNetCore.Mvc.ApiExplorer.ApiDescription api)
    {
        var texts = ApiDescription.Texts(services);
        var declared = api.ActionDescriptor.EndpointMetadata;
        var parameters = declared.OfType<QueryParameters>().LastOrDefault();
        Add(operation, texts, parameters?.Names ?? [], declared.OfType<ParameterValues>());
        if (parameters?.OfLists is { } lists)
        {
            using var scope = services.CreateScope();
            foreach (var (list, names) in lists(scope.ServiceProvider)) OfList(operation, services, texts, list, names);
        }
        if (api.HttpMethod is "PUT" or "PATCH" or "DELETE") Add(operation, texts, "If-Match", ParameterLocation.Header, Schema(null), false);
        if (api.HttpMethod != "POST") return;
        Add(operation, texts, "Idempotency-Key", ParameterLocation.Header, Schema(null), false);
        // The same key with another body; a problem like every other.
        operation.Responses!.TryAdd("422", new OpenApiResponse { Content = (operation.Responses["429"] as OpenApiResponse)?.Content });
    }

    // What narrows a list is described where the list is.
    private static void OfList(OpenApiOperation operation, IServiceProvider services, Localizer texts, string list, IReadOnlyList<string> names)
    {
        var endpoint = services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().FirstOrDefault(e => e.RoutePattern.RawText?.TrimEnd('/') == "/api/v1/" + list
            && e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains("GET") == true);
        var known = endpoint?.Metadata.GetMetadata<QueryParameters>()?.Names ?? [];
        Add(operation, texts, [.. known.Where(n => names.Contains(n.TrimEnd('*')))], endpoint?.Metadata.GetOrderedMetadata<ParameterValues>() ?? []);
    }

    private static void Add(OpenApiOperation operation, Localizer texts, IReadOnlyList<string> names, IEnumerable<ParameterValues> held)
    {
        var values = held.ToDictionary(v => v.Name, StringComparer.Ordinal);
        foreach (var parameter in names)
        {
            var name = parameter.TrimEnd('*');
            Add(operation, texts, name, ParameterLocation.Query, name == "limit" ? Limit : Schema(values.GetValueOrDefault(name)), parameter != name);
        }
    }

    private static OpenApiSchema Schema(ParameterValues? values) => values switch
    {
        null => new() { Type = JsonSchemaType.String },
        { Words: { Count: > 0 } words } => OneOf(words),
        { Type.IsEnum: true } => OneOf(Enum.GetNames(values.Type).Select(JsonNamingPolicy.CamelCase.ConvertName)),
        { Type: var type } when type == typeof(DateOnly) => new() { Type = JsonSchemaType.String, Format = "date" },
        { Type: var type } => new() { Type = JsonSchemaType.Integer, Format = type == typeof(long) ? "int64" : "int32" },
    };

    private static OpenApiSchema OneOf(IEnumerable<string> words) => new() { Type = JsonSchemaType.String, Enum = [.. words.Select(w => (JsonNode)JsonValue.Create(w))] };

    private static void Add(OpenApiOperation operation, Localizer texts, string name, ParameterLocation place, OpenApiSchema one, bool many)
    {
        operation.Parameters ??= [];
        operation.Parameters.Add(new OpenApiParameter
        {
            Name = name, In = place, Description = texts.Find("apiDoc.parameter." + name),
            Schema = many ? new OpenApiSchema { Type = JsonSchemaType.Array, Items = one } : one, Explode = many,
        });
    }
}
