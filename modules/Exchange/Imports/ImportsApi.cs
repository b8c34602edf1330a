using Liaison.Exchange.Reading;
using Liaison.Kernel.Access;
using Liaison.Kernel.Api;
using Liaison.Kernel.Data;
using Liaison.Kernel.Texts;
using Liaison.Kernel.Validation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Liaison.Exchange.Imports;

/// <summary>/api/v1/imports</summary>
internal static class ImportsApi
{
    /// <summary>Bytes a file may have.</summary>
    public const long MostBytes = 1_000_000_000;

    private const string Permission = "contacts.import";
    private const string Order = "id";

    public static void Map(RouteGroupBuilder api)
    {
        var imports = api.MapGroup("/imports").Permission(Permission).WithTags("imports");
        imports.MapPost("", UploadAsync).WithMetadata(new RequestSizeLimitAttribute(MostBytes)).DisableAntiforgery().Creates<ImportUpload, ImportReply>("createImport", "multipart/form-data");
        imports.MapGet("", ListAsync).Lists<ImportReply>("listImports");
        imports.MapGet("/{id:long}", (HttpContext http, long id, Imports all, CancellationToken cancel) => WithAsync(http, all, id, (i, _) => Task.FromResult<IResult?>(null), cancel)).Gives<ImportReply>("getImport");
        imports.MapPut("/{id:long}/mapping", MappingAsync).Changes<ImportInput, ImportReply>("mapImport").ProducesProblem(409);
        imports.MapGet("/{id:long}/rows", RowsAsync).Lists<RowResult>("listImportRows", "result").ProducesProblem(404);
        imports.MapGet("/{id:long}/kept", KeptAsync).Lists<KeptRecord>("listImportKept").ProducesProblem(404);
        imports.MapGet("/{id:long}/errors", ErrorsAsync).GivesFile("getImportErrors", "text/csv", "text/vcard").ProducesProblem(410);
        Verb("dry-run", "checkImport", (start, import, cancel) => start.CheckAsync(import, cancel));
        Verb("run", "runImport", (start, import, cancel) => start.RunAsync(import, cancel));
        Verb("resumption", "resumeImport", (start, import, cancel) => start.ResumeAsync(import, cancel));
        Verb("cancellation", "cancelImport", (start, import, cancel) => start.CancelAsync(import, cancel));
        Verb("undo", "undoImport", async (start, import, cancel) => await start.UndoAsync(import, cancel));

        void Verb(string name, string described, Func<StartImport, Import, CancellationToken, Task> act) => imports.MapPost("/{id:long}/" + name,
            (HttpContext http, long id, Imports all, StartImport start, CancellationToken cancel) => WithAsync(http, all, id, async (import, _) =>
            {
                if (name == "undo" && import.State is not (ImportState.Undoing or ImportState.Undone) && !start.CanUndo(import)) return Answers.Problem(http, 409, "imports.error.noUndo");
                if (name is "dry-run" && !StartImport.CanSet(import)) return Answers.Problem(http, 409, "imports.error.begun");
                if (name is "run" && import.State is ImportState.Cancelled or ImportState.Failed or ImportState.Undoing or ImportState.Undone) return Answers.Problem(http, 409, "imports.error.begun");
                await act(start, import, cancel);
                return null;
            }, cancel)).Gives<ImportReply>(described).ProducesProblem(409);
    }

    /// <summary>The downloads of the wizard: the refused rows, and a file to begin with.</summary>
    public static void MapDownloads(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/imports/{id:long}/errors", ErrorsAsync).Permission(Permission);
        routes.MapGet("/imports/sample/{target}", SampleAsync).Permission(Permission);
    }

    private static async Task<IResult> SampleAsync(HttpContext http, string target, StartImport start, Localizer texts, CancellationToken cancel)
    {
        if (start.Target(target) is not { Sample: { Count: > 0 } rows }) return Answers.Missing(http);
        using var file = new MemoryStream();
        using (var csv = new CsvWriter(file, System.Globalization.CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "fr" ? ';' : ','))
        {
            foreach (var row in rows) csv.Write(row);
            await csv.FlushAsync(cancel);
        }
        return Results.File(file.ToArray(), "text/csv; charset=utf-8", texts["imports.sample.file"]);
    }

    private static async Task<IResult> UploadAsync(HttpContext http, StartImport start, Localizer texts, CancellationToken cancel)
    {
        await using var upload = await MultipartUpload.ReadAsync(http.Request, cancel);
        string[] known = ["target", "encoding", "delimiter", "sheet", "header", "headerRow", "duplicates", "matchBy", "tags", "responsibles", "access", "type", "company", "status", "dateOrder"];
        if (upload.Fields.FirstOrDefault(f => !known.Contains(f)) is { } unknown) throw new BadFieldException(unknown, "api.error.unknownField", unknown);
        if (upload.File is null) throw new BadFieldException("file", "imports.error.noFile");
        var key = upload["target"] is { Length: > 0 } named ? named : "contacts";
        if (start.Target(key) is null) throw new BadFieldException("target", "imports.error.oneOf", key, "contacts");
        var input = InputOf(upload);
        Import? import;
        Problems problems;
        try { (import, problems) = await start.UploadAsync(key, upload.FileName, upload.File, input, cancel); }
        catch (UnreadableFileException e) { return Answers.Problem(http, 422, "imports.error.unreadable", new Dictionary<string, string[]> { ["file"] = [texts["import.file." + e.Problem.Kind]] }); }
        if (import is null) return Answers.Invalid(http, problems);
        http.Response.Headers.Location = $"/api/v1/imports/{import.Id}";
        return Tagged(http, import, start, 201);
    }

    private static ImportInput InputOf(MultipartUpload upload) => new()
    {
        Encoding = upload["encoding"], Delimiter = upload["delimiter"], Sheet = upload["sheet"],
        Header = upload["header"] switch { null => null, "true" or "1" => true, "false" or "0" => false, _ => throw new BadFieldException("header", "api.error.badValue", "header") },
        HeaderRow = upload["headerRow"] is { } row ? (int)Math.Min(IdOf("headerRow", row), int.MaxValue) : null,
        Duplicates = upload["duplicates"], MatchBy = upload.Many("matchBy"), Tags = upload.Many("tags"), Access = upload["access"], Type = upload["type"], Status = upload["status"], DateOrder = upload["dateOrder"],
        Responsibles = upload.Many("responsibles")?.ConvertAll(r => IdOf("responsibles", r)), Company = upload["company"] is { } company ? IdOf("company", company) : null,
    };

    private static long IdOf(string field, string text) =>
        long.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var id) ? id : throw new BadFieldException(field, "api.error.badValue", field);

    private static async Task<IResult> ListAsync(HttpContext http, LiaisonDb db, StartImport start, ImportRows rows, CancellationToken cancel)
    {
        var limit = Answers.Limit(http);
        var imports = db.Set<Import>().AsNoTracking().OrderByDescending(i => i.Id).AsQueryable();
        if (Answers.Place(http, Order) is { Id: var last }) imports = imports.Where(i => i.Id < last);
        var page = await imports.Take(limit + 1).ToListAsync(cancel);
        var next = page.Count > limit ? Answers.After(http, Order, "", page[limit - 1].Id) : null;
        var count = await db.Set<Import>().Take(CappedCount.Limit + 1).CountAsync(cancel);
        return Answers.List(page.Take(limit).Select(i => ImportReply.Of(i, start, rows)).ToList(), next, CappedCount.Of(count));
    }

    private static async Task<IResult> MappingAsync(HttpContext http, long id, Imports all, StartImport start, CancellationToken cancel)
    {
        var input = await ApiJson.ReadAsync<ImportInput>(http.Request, cancel);
        return await WithAsync(http, all, id, async (import, _) =>
        {
            if (!Answers.MatchesTag(http, Stamp(import))) return Answers.Stale(http);
            if (!StartImport.CanSet(import)) return Answers.Problem(http, 409, "imports.error.begun");
            var problems = await start.SetAsync(import, input, cancel);
            return problems.Any ? Answers.Invalid(http, problems) : null;
        }, cancel);
    }

    private static async Task<IResult> RowsAsync(HttpContext http, long id, Imports all, ImportRows rows, CancellationToken cancel)
    {
        var limit = Answers.Limit(http);
        var cursor = Answers.Place(http, Order);
        var wanted = http.Request.Query["result"].ToString();
        ImportResult? result = wanted.Length == 0 ? null : EnumWords.Find<ImportResult>(wanted) ?? throw new BadFieldException("result", "imports.error.oneOf", wanted, "created, updated, skipped, failed");
        return await WithAsync(http, all, id, async (import, target) =>
        {
            var page = await rows.PageAsync(import, target, result, cursor, limit, cancel);
            var count = result switch { ImportResult.Created => import.Created, ImportResult.Updated => import.Updated, ImportResult.Skipped => import.Skipped, ImportResult.Failed => import.Failed, _ => import.Decided };
            var next = page.Next is null ? null : Answers.After(http, Order, "", page.Items[^1].Row);
            return Answers.Json(new ListReply<RowResult>(page.Items, next, (int)count, false));
        }, cancel);
    }

    private static async Task<IResult> KeptAsync(HttpContext http, long id, Imports all, ImportRows rows, CancellationToken cancel)
    {
        var (limit, after) = (Answers.Limit(http), Answers.Place(http, Order)?.Id ?? 0);
        return await WithAsync(http, all, id, async (import, _) =>
        {
            var (kept, last) = await rows.KeptAsync(import, after, limit, cancel);
            return Answers.Json(new ListReply<KeptRecord>(kept, last is { } place ? Answers.After(http, Order, "", place) : null, (int)import.Kept, false));
        }, cancel);
    }

    private static Task<IResult> ErrorsAsync(HttpContext http, long id, Imports all, ErrorFile errors, CancellationToken cancel) => WithAsync(http, all, id, (import, target) =>
    {
        if (import.PurgedAt is not null) return Task.FromResult<IResult?>(Answers.Problem(http, 410, "imports.error.purged"));
        var (name, type) = ErrorFile.Of(import);
        return Task.FromResult<IResult?>(Results.Stream(output => errors.WriteAsync(import, target, output, cancel), type, name));
    }, cancel);

    private static async Task<IResult> WithAsync(HttpContext http, Imports all, long id, Func<Import, ImportTarget, Task<IResult?>> act, CancellationToken cancel)
    {
        if (await all.FindAsync(id, cancel) is not var (import, target)) return Answers.Missing(http);
        return await act(import, target) ?? Tagged(http, import, all.Start);
    }

    private static IResult Tagged(HttpContext http, Import import, StartImport start, int status = 200) =>
        Answers.Tagged(http, ImportReply.Of(import, start, http.RequestServices.GetRequiredService<ImportRows>()), Stamp(import), status);

    // What PUT …/mapping changes; the counts move on while it runs.
    private static string Stamp(Import import) => $"{import.Shape} {import.Options}";
}

/// <summary>Finds an import that the viewer may see, with its target.</summary>
public sealed class Imports(LiaisonDb db, StartImport start)
{
    /// <summary>The steps.</summary>
    public StartImport Start => start;

    /// <summary>The import; null when it is missing, another's, or of a kind the viewer may not import.</summary>
    public async Task<(Import Import, ImportTarget Target)?> FindAsync(long id, CancellationToken cancel) =>
        await db.Set<Import>().FirstOrDefaultAsync(i => i.Id == id, cancel) is { } import && start.Target(import.Target) is { } target ? (import, target) : null;
}
