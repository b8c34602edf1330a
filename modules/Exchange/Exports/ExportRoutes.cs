using Liaison.Kernel.Access;
using Liaison.Kernel.Api;
using Liaison.Kernel.Data;
using Liaison.Kernel.Time;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Liaison.Exchange.Exports;

/// <summary>GET …/exports/{target}?format=csv|xlsx|vcf|vcf3&amp;fields=a,b plus the filters of the list; the same for browsers and the API.</summary>
internal static class ExportRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var export = routes.MapGet("/exports/{target}", RunAsync).Permission("exchange.export");
        if (routes is not RouteGroupBuilder) return;
        export.WithTags("exports").GivesFile("apiExport", "text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "text/vcard")
            .WithMetadata(new QueryParameters(["format", "fields*"]) { OfLists = services => services.GetServices<ExportSource>().Select(s => (s.Key, s.Filters)) });
    }

    private static async Task RunAsync(string target, HttpContext http)
    {
        var export = http.RequestServices.GetRequiredService<WriteExport>();
        var db = http.RequestServices.GetRequiredService<LiaisonDb>();
        if (export.Source(target) is not { } source) { await Answers.Missing(http).ExecuteAsync(http); return; }
        if (!db.Viewer.May(source.Permission)) { http.Response.StatusCode = 403; return; }
        var query = http.Request.Query;
        // A filter that is not understood must not let everything out.
        if (query.Keys.FirstOrDefault(k => k is not ("format" or "fields") && !source.Filters.Contains(k)) is { } unknown) throw new BadFieldException(unknown, "api.error.unknownParameter", unknown);
        var format = WriteExport.FormatOf(query["format"].FirstOrDefault());
        var fields = query["fields"].OfType<string>().SelectMany(f => f.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Distinct(StringComparer.Ordinal).ToList();
        var (type, name) = WriteExport.Names(target, format, db.Viewer.ToLocal(db.Clock.Now()));
        await export.RunAsync(source, query, format, fields.Count == 0 ? null : fields, () =>
        {
            http.Response.ContentType = type;
            http.Response.Headers.ContentDisposition = $"attachment; filename=\"{name}\"";
            http.Response.Headers.CacheControl = "no-store";
            return http.Response.Body;
        }, http.RequestAborted);
    }
}
