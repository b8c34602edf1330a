using Liaison.Kernel.Access;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Liaison.Host.ApiDocs;

/// <summary>GET /api/docs: the description of the API as a page.</summary>
[SignedIn]
public sealed class DocsModel([FromKeyedServices("v1")] IOpenApiDocumentProvider provider) : PageModel
{
    /// <summary>Endpoints by resource.</summary>
    public IReadOnlyList<IGrouping<string, ApiOperation>> Resources { get; private set; } = [];

    /// <summary>Classes by name.</summary>
    public IReadOnlyList<(string Name, IReadOnlyList<ApiField> Fields, string? Example)> Schemas { get; private set; } = [];

    /// <summary>Reads the description.</summary>
    public async Task OnGetAsync(CancellationToken cancel)
    {
        var document = await provider.GetOpenApiDocumentAsync(cancel);
        Resources = [.. document.Paths.SelectMany(p => p.Value.Operations ?? [], (p, o) => ApiOperation.Of(p.Key, o.Key.Method, o.Value))
            .GroupBy(o => o.Path.Split('/')[3], StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal)];
        Schemas = [.. (document.Components?.Schemas ?? new Dictionary<string, IOpenApiSchema>()).Where(s => s.Value.Properties is { Count: > 0 } && !s.Key.StartsWith("ListReply", StringComparison.Ordinal))
            .OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => (s.Key, ApiField.Of(s.Value), s.Value.Examples?.FirstOrDefault()?.ToJsonString(Indented)))];
    }

    private static readonly System.Text.Json.JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}

/// <summary>An endpoint as the page shows it.</summary>
public sealed record ApiOperation(string Path, string Method, string? Summary, IReadOnlyList<ApiField> Parameters, string? Takes, IReadOnlyList<(string Status, string Text, string? Gives)> Answers)
{
    internal static ApiOperation Of(string path, string method, OpenApiOperation operation) => new(path, method, operation.Summary,
        [.. (operation.Parameters ?? []).Select(p => new ApiField(p.Name ?? "", ApiField.TypeOf(p.Schema), p.Description))],
        operation.RequestBody?.Content?.Values.Select(c => ApiField.TypeOf(c.Schema)).FirstOrDefault(),
        [.. (operation.Responses ?? []).OrderBy(r => r.Key, StringComparer.Ordinal).Select(r => (r.Key, r.Value.Description ?? "", r.Value.Content?.Values.Select(c => ApiField.TypeOf(c.Schema)).FirstOrDefault()))]);
}

/// <summary>A field or parameter as the page shows it.</summary>
public sealed record ApiField(string Name, string Type, string? Text)
{
    internal static IReadOnlyList<ApiField> Of(IOpenApiSchema schema) =>
        [.. (schema.Properties ?? new Dictionary<string, IOpenApiSchema>()).Select(p => new ApiField(p.Key, TypeOf(p.Value), p.Value.Description))];

    /// <summary>"string", "integer", "ContactInput", "TagReply[]", "lead | prospect".</summary>
    internal static string TypeOf(IOpenApiSchema? schema) => schema switch
    {
        null => "",
        OpenApiSchemaReference reference => reference.Reference.Id is { } id && id.StartsWith("ListReplyOf", StringComparison.Ordinal) ? "{ items: " + id["ListReplyOf".Length..] + "[] … }" : reference.Reference.Id ?? "",
        { OneOf: { Count: > 0 } choices } => string.Join(" | ", choices.Select(TypeOf).Where(t => t != "null")),
        { Enum: { Count: > 0 } values } => string.Join(" | ", values.Select(v => v?.ToString() ?? "null")),
        { Items: { } items } => TypeOf(items) + "[]",
        { Format: "date-time" } => "date-time",
        { Type: { } type } => (type & ~JsonSchemaType.Null).ToString().ToLowerInvariant(),
        _ => "any",
    };
}
