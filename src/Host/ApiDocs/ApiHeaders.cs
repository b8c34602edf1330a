using Liaison.Kernel.Api;
using Liaison.Kernel.Texts;
using Microsoft.OpenApi;

namespace Liaison.Host.ApiDocs;

/// <summary>The headers of the replies: ETag where a record comes with one, Location where one was created, Idempotency-Replayed where it was already, WWW-Authenticate and Retry-After with what is refused.</summary>
internal static class ApiHeaders
{
    public static void Add(OpenApiOperation operation, Localizer texts, Microsoft.AspNetCore.Mvc.ApiExplorer.ApiDescription api)
    {
        if (api.ActionDescriptor.EndpointMetadata.OfType<ETagSent>().LastOrDefault() is { IsSent: true })
            foreach (var status in new[] { "200", "201" }) Add(operation, texts, status, "ETag", JsonSchemaType.String);
        Add(operation, texts, "201", "Location", JsonSchemaType.String);
        if (api.HttpMethod == "POST")
            foreach (var status in new[] { "200", "201" }) Add(operation, texts, status, "Idempotency-Replayed", JsonSchemaType.Boolean);
        Add(operation, texts, "401", "WWW-Authenticate", JsonSchemaType.String);
        Add(operation, texts, "429", "Retry-After", JsonSchemaType.Integer);
    }

    private static void Add(OpenApiOperation operation, Localizer texts, string status, string name, JsonSchemaType type)
    {
        if (operation.Responses?.GetValueOrDefault(status) is not OpenApiResponse response) return;
        response.Headers ??= new Dictionary<string, IOpenApiHeader>(StringComparer.Ordinal);
        response.Headers[name] = new OpenApiHeader { Description = texts.Find("apiDoc.header." + name), Schema = new OpenApiSchema { Type = type } };
    }
}
