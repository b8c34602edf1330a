using Liaison.Kernel.Texts;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Liaison.Host.ApiDocs;

/// <summary>The headers of the replies: ETag where a record can be changed under If-Match, Location where one was created, Retry-After where to wait.</summary>
internal static class ApiHeaders
{
    public static Task Add(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancel)
    {
        var texts = ApiDescription.Texts(context.ApplicationServices);
        bool IsVersioned(string path) => document.Paths.TryGetValue(path, out var item) && (item.Operations ?? []).Values.Any(o => o.Responses?.ContainsKey("412") == true);
        foreach (var (path, item) in document.Paths)
        {
            var isVersioned = IsVersioned(path);
            // What is created below another record has its address by itself: activities/{id}/responses, responses/{id}.
            var makesVersioned = IsVersioned($"/api/v1/{path[(path.LastIndexOf('/') + 1)..]}/{{id}}");
            foreach (var (method, operation) in item.Operations ?? [])
            {
                if (isVersioned && method != HttpMethod.Delete && method != HttpMethod.Post) Add(operation, texts, "200", "ETag", JsonSchemaType.String);
                if (makesVersioned) Add(operation, texts, "201", "ETag", JsonSchemaType.String);
                Add(operation, texts, "201", "Location", JsonSchemaType.String);
                Add(operation, texts, "429", "Retry-After", JsonSchemaType.Integer);
            }
        }
        return Task.CompletedTask;
    }

    private static void Add(OpenApiOperation operation, Localizer texts, string status, string name, JsonSchemaType type)
    {
        if (operation.Responses?.GetValueOrDefault(status) is not OpenApiResponse response) return;
        response.Headers ??= new Dictionary<string, IOpenApiHeader>(StringComparer.Ordinal);
        response.Headers[name] = new OpenApiHeader { Description = texts.Find("apiDoc.header." + name), Schema = new OpenApiSchema { Type = type } };
    }
}
