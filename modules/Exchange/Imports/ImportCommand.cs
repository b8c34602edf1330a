using System.Globalization;
using System.Text.Json;
using Liaison.Exchange.Reading;
using Liaison.Kernel;
using Liaison.Kernel.Access;
using Liaison.Kernel.Api;
using Liaison.Kernel.Data;
using Liaison.Kernel.Jobs;
using Liaison.Kernel.Texts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Liaison.Exchange.Imports;

/// <summary>liaison import contacts FILE: the same steps as the wizard, beside a running server or without one.</summary>
internal static class ImportCommand
{
    public static readonly Command Command = new("import",
        "import contacts FILE [--dry-run] [--duplicates skip|update|create] [--tag TAG,…] [--access private|read|readWrite] [--type TYPE] [--status STATUS] [--user EMAIL] [--json]\n"
        + "        [--encoding NAME] [--delimiter CHARACTER] [--header-row ROW]\n"
        + "    Imports a CSV or vCard file; refused rows are written beside it as FILE.errors.csv.", RunAsync);

    private static async Task<int> RunAsync(IServiceProvider services, Arguments arguments)
    {
        if (arguments.Words is not [var target, var path]) return Fail("Say what and from where: liaison import contacts FILE");
        if (!File.Exists(path)) return Fail($"There is no file {path}.");
        var viewer = await services.GetRequiredService<IViewerOfName>().FindAsync(arguments["user"], CancellationToken.None);
        if (viewer is null) return Fail(arguments["user"] is { } name ? $"There is no open account {name}." : "There is no administrator to import for: give --user EMAIL.");
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentViewer>().Viewer = viewer;
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = viewer.Culture;
        try { return await RunAsync(scope.ServiceProvider, arguments, target, path); }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { return Fail($"{path} cannot be read: {e.Message}"); }
    }

    private static async Task<int> RunAsync(IServiceProvider services, Arguments arguments, string target, string path)
    {
        var (start, texts) = (services.GetRequiredService<StartImport>(), services.GetRequiredService<Localizer>());
        if (start.Target(target) is not { } into) return Fail($"\"{target}\" cannot be imported, or not by this account.");
        Import import;
        try
        {
            await using var file = File.OpenRead(path);
            import = await start.UploadAsync(target, Path.GetFileName(path), file, CancellationToken.None);
        }
        catch (UnreadableFileException e) { return Fail($"{path}: {texts["import.file." + e.Problem.Kind]}"); }
        var problems = await start.SetAsync(import, InputOf(arguments), CancellationToken.None);
        if (problems.Any) return Fail(string.Join('\n', problems.All.Select(p => p.Message(texts))));
        await Console.Error.WriteLineAsync($"{import.FileName}: {import.Rows} rows, {StartImport.OptionsOf(import).Mapping.Count(m => !m.Target.StartsWith(ImportFields.Ignore, StringComparison.Ordinal))} columns taken");
        if (arguments.Has("dry-run")) await start.CheckAsync(import, CancellationToken.None);
        else await start.RunAsync(import, CancellationToken.None);
        await WaitAsync(services, import);
        if (import.State == ImportState.Failed) return Fail($"The import stopped: {import.Error}");
        var errors = await ErrorsAsync(services, import, into, path);
        Tell(arguments.Json, import, errors);
        return 0;
    }

    private static ImportInput InputOf(Arguments arguments) => new()
    {
        Duplicates = arguments["duplicates"], Access = arguments["access"], Type = arguments["type"], Status = arguments["status"], Encoding = arguments["encoding"], Delimiter = arguments["delimiter"],
        HeaderRow = arguments["header-row"] is { } row ? int.TryParse(row, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0 : null,
        Tags = arguments["tag"]?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToList(),
    };

    // Whoever claims the job first does it: this process, or a server that runs beside it; the other one waits.
    private static async Task WaitAsync(IServiceProvider services, Import import)
    {
        var (worker, db) = (services.GetRequiredService<JobWorker>(), services.GetRequiredService<LiaisonDb>());
        var key = $"import:{import.Id}:";
        using var done = new CancellationTokenSource();
        var telling = TellProgressAsync(services.GetRequiredService<Databases>(), import.Id, done.Token);
        while (true)
        {
            var job = await db.Set<Job>().AsNoTracking().Where(j => j.Key != null && j.Key.StartsWith(key)).OrderByDescending(j => j.Id).Select(j => j.Id).FirstAsync();
            var ran = await worker.RunAsync(job, CancellationToken.None);
            await db.Entry(import).ReloadAsync();
            if (import.State is not (ImportState.Checking or ImportState.Running)) break;
            if (!ran) await Task.Delay(300);
        }
        await done.CancelAsync();
        await telling;
    }

    private static async Task TellProgressAsync(Databases databases, long id, CancellationToken done)
    {
        while (!done.IsCancellationRequested)
        {
            try { await Task.Delay(1000, done); }
            catch (OperationCanceledException) { return; }
            await using var db = databases.Open(Viewer.System);
            var import = await db.Set<Import>().AsNoTracking().SingleAsync(i => i.Id == id, CancellationToken.None);
            await Console.Error.WriteLineAsync($"{import.Decided} of {import.Rows}");
        }
    }

    private static async Task<string?> ErrorsAsync(IServiceProvider services, Import import, ImportTarget target, string path)
    {
        if (import.Failed == 0) return null;
        var file = path + (StartImport.ShapeOf(import).Format == FileFormat.VCard ? ".errors.vcf" : ".errors.csv");
        await using var output = File.Create(file);
        await services.GetRequiredService<ErrorFile>().WriteAsync(import, target, output, CancellationToken.None);
        return file;
    }

    private static void Tell(bool json, Import import, string? errorsFile)
    {
        if (json) Console.WriteLine(JsonSerializer.Serialize(new { import.Rows, import.Created, import.Updated, import.Skipped, import.Failed, errorsFile }, ApiJson.Options));
        else Console.WriteLine($"rows {import.Rows}, created {import.Created}, updated {import.Updated}, skipped {import.Skipped}, failed {import.Failed}{(errorsFile is null ? "" : $"; the refused rows are in {errorsFile}")}");
    }

    private static int Fail(string message)
    {
        Console.Error.WriteLine(message);
        return 1;
    }
}
