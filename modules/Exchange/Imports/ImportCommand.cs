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
        "import contacts FILE [--dry-run] [--duplicates skip|update|create] [--match email,phone,name] [--tag TAG,…] [--responsible EMAIL,…] [--access private|read|readWrite] [--type TYPE] [--company ID] [--status STATUS] "
        + "[--map COLUMN=FIELD,…] [--header yes|no] [--header-row ROW] [--encoding NAME] [--delimiter CHARACTER] [--sheet NAME] [--dates dmy|mdy] [--user EMAIL] [--json]\n"
        + "    Imports a CSV file, an Excel or LibreOffice workbook, or a vCard file; refused rows are written beside it as FILE.errors.csv. A column is named by its heading or its number.", RunAsync);

    private static async Task<int> RunAsync(IServiceProvider services, Arguments arguments)
    {
        if (arguments.Words is not [var target, var path]) return Fail("Say what and from where: liaison import contacts FILE");
        if (Directory.Exists(path)) return Fail($"{path} is a folder: name a file in it.");
        if (!File.Exists(path)) return Fail(path.Length == 0 ? "Say from where: liaison import contacts FILE" : $"There is no file {path}.");
        var viewer = await services.GetRequiredService<IViewerOfName>().FindAsync(arguments["user"], CancellationToken.None);
        if (viewer is null) return Fail(arguments["user"] is { } name ? $"There is no open account {name}." : "There is no administrator to import for: give --user EMAIL.");
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentViewer>().Viewer = viewer;
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = viewer.Culture;
        return await RunAsync(scope.ServiceProvider, arguments, target, path);
    }

    private static async Task<int> RunAsync(IServiceProvider services, Arguments arguments, string target, string path)
    {
        var (start, texts) = (services.GetRequiredService<StartImport>(), services.GetRequiredService<Localizer>());
        if (start.Target(target) is not { } into) return Fail(texts["imports.command.target", target]);
        Import? import;
        try
        {
            await using var content = File.OpenRead(path);
            await using var file = await StartImport.OpenAsync(content, CancellationToken.None);
            var input = await ImportArguments.ReadAsync(services, arguments, file, CancellationToken.None);
            (import, var problems) = await start.UploadAsync(target, Path.GetFileName(path), file, input, CancellationToken.None);
            if (import is null) return Fail(string.Join('\n', problems.All.Select(p => $"{ImportArguments.OptionOf(p)}: {p.Message(texts)}")));
        }
        catch (UnreadableFileException e) { return Fail($"{path}: {texts["import.file." + e.Problem.Kind]}"); }
        catch (FormatException e) { return Fail(e.Message); }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { return Fail(texts["imports.command.unreadable", path, e.Message]); }
        Announce(import, into, texts);
        var isDry = arguments.Has("dry-run");
        if (isDry) await start.CheckAsync(import, CancellationToken.None);
        else await start.RunAsync(import, CancellationToken.None);
        using var interruption = new Interruption();
        await WaitAsync(services, import, texts, interruption.Token);
        var isDone = import.State == (isDry ? ImportState.Checked : ImportState.Done);
        if (!isDone && interruption.Token.IsCancellationRequested)
        {
            Fail(isDry ? texts["imports.command.interruptedDry"] : texts["imports.command.interrupted", import.Decided, import.Rows, import.Id]);
            return Interruption.ExitCode;
        }
        if (!isDone && import.Decided == 0) return Fail(texts["imports.command.stopped", import.Error]);
        foreach (var (notice, rows) in services.GetRequiredService<ImportRows>().Notices(import, start)) await Console.Error.WriteLineAsync($"{(notice.Label.Length == 0 ? notice.Message : texts["imports.errors.reason", notice.Label, notice.Message])} ({texts["imports.shape.rows", rows, rows]})");
        Tell(arguments.Json, import, texts, await ErrorsAsync(services, import, into, path));
        return isDone ? 0 : Fail(texts["imports.command.stopped", import.Error]);
    }

    // What is odd about the file, and what of it will not be imported.
    private static void Announce(Import import, ImportTarget target, Localizer texts)
    {
        var (shape, mapping) = (StartImport.ShapeOf(import), StartImport.OptionsOf(import).Mapping);
        bool IsLeftOut(ColumnMapping column) => ImportFields.Parse(column.Target) is null or { Kind: FieldKind.Ignore };
        var taken = mapping.Count(m => !IsLeftOut(m));
        var columns = mapping.Count == 0 ? "" : ", " + texts["imports.columns.taken", taken, taken, mapping.Count];
        Console.Error.WriteLine(texts["imports.errors.reason", import.FileName, texts["imports.shape.rows", import.Rows, import.Rows] + columns]);
        foreach (var problem in shape.Problems.Take(20)) Console.Error.WriteLine(Wizard.WizardWords.Problem(problem, texts));
        foreach (var group in mapping.Where(IsLeftOut).GroupBy(m => m.Target).OrderBy(g => g.Key, StringComparer.Ordinal))
            Console.Error.WriteLine(texts["imports.errors.reason", target.LabelOf(group.Key), string.Join(", ", group.Select(m => m.Header.Length > 0 ? m.Header : (m.Column + 1).ToString(CultureInfo.InvariantCulture)))]);
    }

    // Whoever claims the job first does it: this process, or a server that runs beside it; the other one waits.
    private static async Task WaitAsync(IServiceProvider services, Import import, Localizer texts, CancellationToken interrupted)
    {
        var (worker, db) = (services.GetRequiredService<JobWorker>(), services.GetRequiredService<LiaisonDb>());
        var key = $"import:{import.Id}:";
        using var done = new CancellationTokenSource();
        // As the button of the wizard does: left running, it would go on by itself with the next server.
        var stopping = StopWhenAsync(services, import.Id, interrupted, done.Token);
        var telling = TellProgressAsync(services.GetRequiredService<Databases>(), import.Id, texts, done.Token);
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
        await stopping;
    }

    private static async Task StopWhenAsync(IServiceProvider services, long id, CancellationToken interrupted, CancellationToken done)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(interrupted, done);
        try { await Task.Delay(Timeout.Infinite, either.Token); }
        catch (OperationCanceledException) when (!interrupted.IsCancellationRequested) { return; }
        catch (OperationCanceledException) { }
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentViewer>().Viewer = services.GetRequiredService<CurrentViewer>().Viewer;
        var import = await scope.ServiceProvider.GetRequiredService<LiaisonDb>().Set<Import>().SingleAsync(i => i.Id == id, CancellationToken.None);
        await scope.ServiceProvider.GetRequiredService<StartImport>().CancelAsync(import, CancellationToken.None);
    }

    private static async Task TellProgressAsync(Databases databases, long id, Localizer texts, CancellationToken done)
    {
        while (!done.IsCancellationRequested)
        {
            try { await Task.Delay(1000, done); }
            catch (OperationCanceledException) { return; }
            await using var db = databases.Open(Viewer.System);
            var import = await db.Set<Import>().AsNoTracking().SingleAsync(i => i.Id == id, CancellationToken.None);
            await Console.Error.WriteLineAsync(texts["imports.busy.of", import.Decided, import.Rows]);
        }
    }

    // Never over a file that is there: it may hold rows that somebody has begun to correct.
    private static async Task<string?> ErrorsAsync(IServiceProvider services, Import import, ImportTarget target, string path)
    {
        if (import.Failed == 0) return null;
        var ending = StartImport.ShapeOf(import).Format == FileFormat.VCard ? ".vcf" : ".csv";
        var file = path + ".errors" + ending;
        for (var n = 2; File.Exists(file); n++) file = string.Create(CultureInfo.InvariantCulture, $"{path}.errors.{n}{ending}");
        try
        {
            await using var output = new FileStream(file, FileMode.CreateNew);
            await services.GetRequiredService<ErrorFile>().WriteAsync(import, target, output, CancellationToken.None);
            return file;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(services.GetRequiredService<Localizer>()["imports.command.noErrors", file, e.Message, import.Id]);
            return null;
        }
    }

    private static void Tell(bool json, Import import, Localizer texts, string? errorsFile)
    {
        if (json) Console.WriteLine(JsonSerializer.Serialize(new { import.Rows, import.Created, import.Updated, import.Skipped, import.Failed, import.Companies, errorsFile }, ApiJson.Options));
        else
        {
            Console.WriteLine(texts["imports.command.counts", import.Rows, import.Created, import.Updated, import.Skipped, import.Failed]);
            if (import.Companies > 0) Console.WriteLine(texts["imports.command.companies", import.Companies]);
            if (errorsFile is not null) Console.WriteLine(texts["imports.command.errors", errorsFile]);
        }
    }

    private static int Fail(string message)
    {
        Console.Error.WriteLine(message);
        return 1;
    }
}
