using System.Text.Json;
using Liaison.Kernel.Api;
using Liaison.Kernel.Texts;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Liaison.Host.ApiDocs;

/// <summary>
/// The OpenAPI description of the API, generated from its routes and the classes they take and give; texts in the reader's language. It holds
/// no data of anybody, so it needs no sign-in: a generator of clients can read it.
/// </summary>
internal static class ApiDescription
{
    public static IServiceCollection AddApiDescription(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.ShouldInclude = api => api.RelativePath?.StartsWith("api/v1/", StringComparison.Ordinal) == true;
        options.AddDocumentTransformer(About);
        options.AddDocumentTransformer(Held);
        options.AddOperationTransformer(Operation);
        options.AddSchemaTransformer(ApiSchemas.Describe);
    });

    internal static Localizer Texts(IServiceProvider services) => services.GetRequiredService<Localizer>();

    private static Task About(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancel)
    {
        var texts = Texts(context.ApplicationServices);
        document.Info = new() { Title = "Liaison", Version = "v1", Description = texts["apiDoc.about"], License = new() { Name = "Apache-2.0", Identifier = "Apache-2.0" } };
        document.Servers = [new() { Url = context.ApplicationServices.GetRequiredService<Configuration>().PublicUrl }];
        document.AddComponent<IOpenApiSecurityScheme>("token", new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = texts["apiDoc.token"] });
        document.Security = [new() { [new OpenApiSecuritySchemeReference("token", document)] = [] }];
        return Task.CompletedTask;
    }

    private static Task Operation(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancel)
    {
        var texts = Texts(context.ApplicationServices);
        operation.Summary = operation.OperationId is { } name ? texts.Find("apiDoc." + name) : null;
        ApiParameters.Add(operation, context.ApplicationServices, context.Description);
        ApiHeaders.Add(operation, texts, context.Description);
        // An address in which nothing can be wrong is always there.
        if (context.Description.RelativePath?.Contains('{', StringComparison.Ordinal) != true) operation.Responses?.Remove("404");
        foreach (var (status, response) in operation.Responses ?? []) response.Description = texts.Find("apiDoc.status." + status) ?? response.Description;
        return Task.CompletedTask;
    }

    private static async Task Held(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancel)
    {
        foreach (var held in context.ApplicationServices.GetServices<MayHold>())
        {
            var holds = await context.GetOrCreateSchemaAsync(held.Holds, null, cancel);
            foreach (var (name, value) in holds.Properties?.ToList() ?? []) holds.Properties![name] = Named(value, document);
            document.AddComponent(held.Holds.Name, holds);
            var property = JsonNamingPolicy.CamelCase.ConvertName(held.Property);
            if (document.Components!.Schemas![held.Type.Name].Properties?[property] is OpenApiSchema schema) schema.OneOf = [.. schema.OneOf ?? [], new OpenApiSchemaReference(held.Holds.Name, document)];
        }
    }

    // What has a place of its own is referred to, not repeated.
    private static IOpenApiSchema Named(IOpenApiSchema schema, OpenApiDocument document)
    {
        if (schema is not OpenApiSchema whole) return schema;
        if (whole.Metadata?.TryGetValue("x-schema-id", out var id) == true && id is string name && document.Components!.Schemas!.ContainsKey(name)) return new OpenApiSchemaReference(name, document);
        if (whole.Items is not null) whole.Items = Named(whole.Items, document);
        return whole;
    }
}
