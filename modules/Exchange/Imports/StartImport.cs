using System.Text.Json;
using Liaison.Exchange.Reading;
using Liaison.Kernel.Data;
using Liaison.Kernel.Files;
using Liaison.Kernel.Jobs;
using Liaison.Kernel.Journal;
using Liaison.Kernel.Time;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Exchange.Imports;

/// <summary>The file cannot be imported at all; the kind of problem has a text "import.file.{Kind}".</summary>
public sealed class UnreadableFileException(FileProblem problem) : Exception(problem.Kind.ToString())
{
    /// <summary>What is wrong with the file.</summary>
    public FileProblem Problem => problem;
}

/// <summary>The steps of an import, called by the wizard, the API and the command line alike.</summary>
public sealed class StartImport(LiaisonDb db, IEnumerable<ImportTarget> targets)
{
    private const int SampleRows = 200;

    /// <summary>The target of this key, or null.</summary>
    public ImportTarget? Target(string key) => targets.FirstOrDefault(t => t.Key == key);

    /// <summary>Stores the file, finds out how to read it and suggests what its columns are.</summary>
    /// <exception cref="UnreadableFileException">Empty, an Excel workbook, an image…</exception>
    public async Task<Import> UploadAsync(string target, string fileName, Stream content, CancellationToken cancel)
    {
        await using var copy = new FileStream(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
        await content.CopyToAsync(copy, cancel);
        copy.Position = 0;
        var shape = ShapeDetection.Detect(copy);
        if (shape.Fatal is { } problem) throw new UnreadableFileException(problem);
        copy.Position = 0;
        var stored = await db.StoreAsync(fileName, shape.Format == FileFormat.VCard ? "text/vcard" : "text/csv", copy, cancel);
        var options = new ImportOptions { Mapping = Suggest(Target(target)!, copy, shape) };
        var import = new Import
        {
            Target = target, FileId = stored.Id, FileName = stored.Name, Rows = shape.Records,
            Shape = JsonSerializer.Serialize(shape, Journaling.Json), Options = JsonSerializer.Serialize(options, Journaling.Json),
        };
        db.Add(import);
        await db.SaveChangesAsync(cancel);
        return import;
    }

    /// <summary>Reads the file another way (the user overrode a guess) and suggests the columns anew.</summary>
    public async Task ReshapeAsync(Import import, FileShape shape, CancellationToken cancel)
    {
        await using var file = await OpenAsync(import, cancel);
        shape = ShapeDetection.Count(file, shape with { Columns = 0 });
        import.Shape = JsonSerializer.Serialize(shape, Journaling.Json);
        import.Rows = shape.Records;
        import.Options = JsonSerializer.Serialize(OptionsOf(import) with { Mapping = Suggest(Target(import.Target)!, file, shape) }, Journaling.Json);
        import.State = ImportState.Mapping;
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>Sets options and mapping and starts the dry run.</summary>
    public Task CheckAsync(Import import, ImportOptions options, CancellationToken cancel) => BeginAsync(import, options, dryRun: true, cancel);

    /// <summary>Starts writing.</summary>
    public Task RunAsync(Import import, CancellationToken cancel) => BeginAsync(import, OptionsOf(import), dryRun: false, cancel);

    /// <summary>Stops a run; what was written stays and can be undone.</summary>
    public Task CancelAsync(Import import, CancellationToken cancel) => db.InTransactionAsync(async () =>
    {
        await StopJobsAsync(import.Id, cancel);
        import.State = import.State == ImportState.Checking ? ImportState.Mapping : ImportState.Cancelled;
        import.FinishedAt = db.Clock.Now();
        await db.SaveChangesAsync(cancel);
    }, cancel);

    /// <summary>Starts taking everything back.</summary>
    public Task UndoAsync(Import import, CancellationToken cancel) => db.InTransactionAsync(async () =>
    {
        import.State = ImportState.Undoing;
        import.UndoPlace = null;
        import.Kept = 0;
        db.Enqueue("import.undo", new ImportTask(import.Id, false), key: Key(import.Id, "undo"));
        await db.SaveChangesAsync(cancel);
    }, cancel);

    /// <summary>Whether the import can be taken back now.</summary>
    public bool CanUndo(Import import) => import.State is ImportState.Done or ImportState.Cancelled or ImportState.Failed
        && import.Created + import.Updated > 0 && import.StartedAt > db.Clock.Now().AddDays(-Import.UndoDays);

    /// <summary>The import's options.</summary>
    public static ImportOptions OptionsOf(Import import) => JsonSerializer.Deserialize<ImportOptions>(import.Options, Journaling.Json)!;

    /// <summary>The import's file shape.</summary>
    public static FileShape ShapeOf(Import import) => JsonSerializer.Deserialize<FileShape>(import.Shape, Journaling.Json)!;

    /// <summary>The import's file, seekable; dispose it.</summary>
    public async Task<Stream> OpenAsync(Import import, CancellationToken cancel)
    {
        var stored = await db.Set<StoredFile>().AsNoTracking().SingleAsync(f => f.Id == import.FileId, cancel);
        return db.OpenFile(stored);
    }

    private Task BeginAsync(Import import, ImportOptions options, bool dryRun, CancellationToken cancel) => db.InTransactionAsync(async () =>
    {
        // A second click, or a second person, finds the import under way or ended and starts nothing.
        await db.Entry(import).ReloadAsync(cancel);
        if (import.State is not (ImportState.Mapping or ImportState.Checked or ImportState.Checking) || (import.State == ImportState.Checking && !dryRun)) return;
        import.Options = JsonSerializer.Serialize(options, Journaling.Json);
        import.State = dryRun ? ImportState.Checking : ImportState.Running;
        import.Created = import.Updated = import.Skipped = import.Failed = 0;
        import.StartedAt = db.Clock.Now();
        import.FinishedAt = null;
        import.Error = null;
        await StopJobsAsync(import.Id, cancel);
        await db.Set<ImportedRow>().Where(r => r.ImportId == import.Id).ExecuteDeleteAsync(cancel);
        db.Enqueue("import.run", new ImportTask(import.Id, dryRun), key: Key(import.Id, dryRun ? "check" : "run"));
        await db.SaveChangesAsync(cancel);
    }, cancel);

    // One import has one job at a time: the key is unique, and earlier ones are ended first, so two clicks cannot start two runs.
    private async Task StopJobsAsync(long importId, CancellationToken cancel)
    {
        var prefix = $"import:{importId}:";
        await db.Set<Job>().Where(j => j.Key != null && j.Key.StartsWith(prefix) && (j.State == JobState.Waiting || j.State == JobState.Running))
            .ExecuteUpdateAsync(s => s.SetProperty(j => j.State, JobState.Cancelled).SetProperty(j => j.Fence, j => j.Fence + 1), cancel);
    }

    private string Key(long importId, string what) => $"import:{importId}:{what}:{db.Clock.Now().Ticks}";

    private static IReadOnlyList<ColumnMapping> Suggest(ImportTarget target, Stream file, FileShape shape)
    {
        if (shape.Format == FileFormat.VCard) return [];
        var headers = CsvRows.Header(file, shape);
        return target.Suggest(headers, [.. CsvRows.Read(file, shape).Take(SampleRows)]);
    }
}
