using System.Text.Json;
using Liaison.Exchange.Reading;
using Liaison.Kernel.Data;
using Liaison.Kernel.Files;
using Liaison.Kernel.Jobs;
using Liaison.Kernel.Journal;
using Liaison.Kernel.Time;
using Liaison.Kernel.Validation;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Exchange.Imports;

/// <summary>The file cannot be imported at all; the kind of problem has a text "import.file.{Kind}".</summary>
public sealed class UnreadableFileException(FileProblem problem) : Exception(problem.Kind.ToString())
{
    /// <summary>What is wrong with the file.</summary>
    public FileProblem Problem => problem;
}

/// <summary>The steps of an import, called by the wizard, the API and the command line alike. Each may be called twice and acts once.</summary>
public sealed class StartImport(LiaisonDb db, IEnumerable<ImportTarget> targets)
{
    /// <summary>The target of this key that the viewer may import into, or null.</summary>
    public ImportTarget? Target(string key) => targets.FirstOrDefault(t => t.Key == key && db.Viewer.May(t.Permission));

    /// <summary>Stores the file, finds out how to read it and suggests what its columns are.</summary>
    /// <exception cref="UnreadableFileException">Empty, protected by a password, an image…</exception>
    public async Task<Import> UploadAsync(string target, string fileName, Stream content, CancellationToken cancel) =>
        (await UploadAsync(target, fileName, content, new ImportInput(), cancel)).Import!;

    /// <summary>The same with options; when something is said against them, nothing is stored.</summary>
    /// <exception cref="UnreadableFileException">Empty, protected by a password, an image…</exception>
    public async Task<(Import? Import, Problems Problems)> UploadAsync(string target, string fileName, Stream content, ImportInput input, CancellationToken cancel)
    {
        await using var copy = content.CanSeek ? null : TemporaryFile.Create();
        if (copy is not null) await content.CopyToAsync(copy, cancel);
        await using var file = await OpenAsync(copy ?? content, cancel);
        return await UploadAsync(target, fileName, file, input, cancel);
    }

    /// <summary>Finds out how a file, which must be able to seek and stays open, is read.</summary>
    public static Task<ContactFile> OpenAsync(Stream file, CancellationToken cancel) => Task.Run(() => ContactFile.Open(file, ImportsApi.MostBytes, cancel), cancel);

    /// <summary>The same of a file that was looked at.</summary>
    /// <exception cref="UnreadableFileException">Empty, protected by a password, an image…</exception>
    public async Task<(Import? Import, Problems Problems)> UploadAsync(string target, string fileName, ContactFile contacts, ImportInput input, CancellationToken cancel)
    {
        var (file, shape) = (contacts.Text, contacts.Shape);
        if (shape.Fatal is { } problem) throw new UnreadableFileException(problem);
        shape = input.OnSheet(shape, file);
        var into = Target(target)!;
        var problems = await ProblemsAsync(input, shape, into, cancel);
        if (problems.Any) return (null, problems);
        var options = new ImportOptions { Mapping = await SuggestAsync(into, file, shape, cancel) };
        (shape, options) = await ReadAgainAsync(input, shape, options, into, file, cancel);
        if (BeginsBehindTheEnd(input, shape, problems)) return (null, problems);
        options = input.ApplyTo(options);
        file.Position = 0;
        var stored = await db.StoreAsync(fileName, shape.Format == FileFormat.VCard ? "text/vcard" : "text/csv", file, cancel);
        var import = new Import
        {
            Target = target, FileId = stored.Id, FileName = stored.Name, Rows = shape.Records,
            Shape = JsonSerializer.Serialize(shape, Journaling.Json), Options = JsonSerializer.Serialize(options, Journaling.Json),
        };
        db.Add(import);
        await db.SaveChangesAsync(cancel);
        return (import, problems);
    }

    /// <summary>Whether options and mapping can still be set.</summary>
    public static bool CanSet(Import import) => import.State is ImportState.Mapping or ImportState.Checking or ImportState.Checked && import.PurgedAt is null;

    /// <summary>Sets how the file is read, what its columns are and the options. A dry run made before no longer counts.</summary>
    public async Task<Problems> SetAsync(Import import, ImportInput input, CancellationToken cancel)
    {
        var (before, options, target) = (ShapeOf(import), OptionsOf(import), Target(import.Target)!);
        var shape = before;
        Problems problems;
        await using (var file = await OpenAsync(import, cancel))
        {
            shape = input.OnSheet(before, file);
            problems = await ProblemsAsync(input, shape, target, cancel);
            if (!CanSet(import)) problems.Add("", "imports.error.begun");
            if (problems.Any) return problems;
            if (shape != before) options = options with { Mapping = await SuggestAsync(target, file, shape, cancel) };
            (shape, options) = await ReadAgainAsync(input, shape, options, target, file, cancel);
            if (BeginsBehindTheEnd(input, shape, problems)) return problems;
        }
        options = input.ApplyTo(options);
        var texts = (Shape: JsonSerializer.Serialize(shape, Journaling.Json), Options: JsonSerializer.Serialize(options, Journaling.Json));
        if (texts.Options == import.Options && texts.Shape == import.Shape) return problems;
        await db.InTransactionAsync(async () =>
        {
            await StopAsync(import.Id, "check", cancel);
            await MoveAsync(import, [ImportState.Mapping, ImportState.Checking, ImportState.Checked], ImportState.Mapping, cancel);
            await db.Set<Import>().Where(i => i.Id == import.Id && i.State == ImportState.Mapping)
                .ExecuteUpdateAsync(s => s.SetProperty(i => i.Shape, texts.Shape).SetProperty(i => i.Options, texts.Options).SetProperty(i => i.Rows, shape.Records), cancel);
        }, cancel);
        await db.Entry(import).ReloadAsync(cancel);
        return problems;
    }

    /// <summary>Starts the dry run.</summary>
    public Task CheckAsync(Import import, CancellationToken cancel) => BeginAsync(import, dryRun: true, cancel);

    /// <summary>Starts writing; no dry run is needed before.</summary>
    public Task RunAsync(Import import, CancellationToken cancel) => BeginAsync(import, dryRun: false, cancel);

    /// <summary>Goes on with a run that was stopped.</summary>
    public Task ResumeAsync(Import import, CancellationToken cancel) => ThenAsync(import, async () =>
    {
        if (CanResume(import) && await MoveAsync(import, [ImportState.Cancelled, ImportState.Failed], ImportState.Running, cancel)) Enqueue("import.run", import.Id, false, "run");
    }, cancel);

    /// <summary>Stops a run or a dry run; what was written stays and can be undone.</summary>
    public Task CancelAsync(Import import, CancellationToken cancel) => ThenAsync(import, async () =>
    {
        if (import.State is not (ImportState.Checking or ImportState.Running)) return;
        await StopAsync(import.Id, import.State == ImportState.Checking ? "check" : "run", cancel);
        await MoveAsync(import, [import.State], import.State == ImportState.Checking ? ImportState.Mapping : ImportState.Cancelled, cancel);
    }, cancel);

    /// <summary>Starts taking everything back.</summary>
    public Task UndoAsync(Import import, CancellationToken cancel) => ThenAsync(import, async () =>
    {
        if (!CanUndo(import) || !await MoveAsync(import, [ImportState.Done, ImportState.Cancelled, ImportState.Failed], ImportState.Undoing, cancel)) return;
        await db.Set<Import>().Where(i => i.Id == import.Id).ExecuteUpdateAsync(s => s.SetProperty(i => i.UndoPlace, (string?)null).SetProperty(i => i.Kept, 0), cancel);
        Enqueue("import.undo", import.Id, false, "undo");
    }, cancel);

    /// <summary>Whether a run that was stopped can go on; not once its rows began to be taken back.</summary>
    public static bool CanResume(Import import) => import.State is ImportState.Cancelled or ImportState.Failed && import.Decided < import.Rows && import.UndoPlace is null && import.PurgedAt is null;

    /// <summary>The imports whose work has not begun because that of another goes on.</summary>
    public async Task<IReadOnlySet<long>> BehindOthersAsync(CancellationToken cancel)
    {
        var keys = await db.BehindOthers().Where(j => j.Key != null && j.Key.StartsWith("import:")).Select(j => j.Key!).ToListAsync(cancel);
        return keys.Select(k => long.Parse(k.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture)).ToHashSet();
    }

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

    private Task BeginAsync(Import import, bool dryRun, CancellationToken cancel) => ThenAsync(import, async () =>
    {
        if (!CanSet(import)) return;
        await StopAsync(import.Id, "check", cancel);
        if (!await MoveAsync(import, [ImportState.Mapping, ImportState.Checked, ImportState.Checking], dryRun ? ImportState.Checking : ImportState.Running, cancel)) return;
        var now = db.Clock.Now();
        await db.Set<Import>().Where(i => i.Id == import.Id).ExecuteUpdateAsync(s => s.SetProperty(i => i.Created, 0).SetProperty(i => i.Updated, 0).SetProperty(i => i.Skipped, 0)
            .SetProperty(i => i.Failed, 0).SetProperty(i => i.Companies, 0).SetProperty(i => i.Notices, (string?)null).SetProperty(i => i.StartedAt, now), cancel);
        Enqueue("import.run", import.Id, dryRun, dryRun ? "check" : "run");
    }, cancel);

    private async Task ThenAsync(Import import, Func<Task> act, CancellationToken cancel)
    {
        await db.InTransactionAsync(async () =>
        {
            await db.Entry(import).ReloadAsync(cancel);
            await act();
            await db.SaveChangesAsync(cancel);
        }, cancel);
        await db.Entry(import).ReloadAsync(cancel);
    }

    // Of two clicks at the same moment only one finds the import in the state from which it may go on.
    private async Task<bool> MoveAsync(Import import, ImportState[] from, ImportState to, CancellationToken cancel)
    {
        var (now, viewer) = (db.Clock.Now(), db.ViewerId);
        DateTime? finished = to == ImportState.Cancelled ? now : null;
        return await db.Set<Import>().Where(i => i.Id == import.Id && from.Contains(i.State) && (i.PurgedAt == null || to == ImportState.Undoing)).ExecuteUpdateAsync(s => s.SetProperty(i => i.State, to)
            .SetProperty(i => i.FinishedAt, finished).SetProperty(i => i.Error, (string?)null).SetProperty(i => i.UpdatedAt, now).SetProperty(i => i.UpdatedById, viewer), cancel) == 1;
    }

    // Before the import's own row, as the running job does: two that lock the same rows in another order would wait for each other.
    private async Task StopAsync(long importId, string what, CancellationToken cancel)
    {
        var prefix = $"import:{importId}:{what}:";
        await db.Set<Job>().Where(j => j.Key != null && j.Key.StartsWith(prefix) && (j.State == JobState.Waiting || j.State == JobState.Running))
            .ExecuteUpdateAsync(s => s.SetProperty(j => j.State, JobState.Cancelled).SetProperty(j => j.Fence, j => j.Fence + 1), cancel);
    }

    private void Enqueue(string kind, long importId, bool dryRun, string what) =>
        db.Enqueue(kind, new ImportTask(importId, dryRun), key: string.Create(System.Globalization.CultureInfo.InvariantCulture, $"import:{importId}:{what}:{db.Clock.Now().Ticks}"));

    private static async Task<Problems> ProblemsAsync(ImportInput input, FileShape shape, ImportTarget target, CancellationToken cancel)
    {
        var problems = input.Validate(shape, target, await target.ChoicesAsync(cancel));
        if (input.Company is { } company && company != 0 && await target.CompanyAsync(company, cancel) is null) problems.Add(nameof(input.Company), "imports.error.company");
        return problems;
    }

    private static bool BeginsBehindTheEnd(ImportInput input, FileShape shape, Problems problems)
    {
        if (input.HeaderRow is not { } row || shape.Columns > 0) return false;
        problems.Add(nameof(input.HeaderRow), "imports.error.noSuchRow", row);
        return true;
    }

    // Read in another way, the file has other columns and other rows.
    private static async Task<(FileShape Shape, ImportOptions Options)> ReadAgainAsync(ImportInput input, FileShape shape, ImportOptions options, ImportTarget target, Stream file, CancellationToken cancel)
    {
        var wished = input.ApplyTo(shape);
        if (wished == shape) return (shape, options);
        file.Position = 0;
        if (shape.Format == FileFormat.VCard) return (ShapeDetection.Count(file, wished with { Decoded = true }), options);
        shape = ShapeDetection.Count(file, wished with { Columns = 0, Decoded = true });
        shape = shape with { Columns = CsvRows.Header(file, shape).Length };
        return (shape, options with { Mapping = await SuggestAsync(target, file, shape, cancel) });
    }

    private static async Task<IReadOnlyList<ColumnMapping>> SuggestAsync(ImportTarget target, Stream file, FileShape shape, CancellationToken cancel)
    {
        if (shape.Format == FileFormat.VCard) return [];
        var headers = CsvRows.Header(file, shape);
        return await target.SuggestAsync(headers, [.. CsvRows.Sample(file, shape)], cancel);
    }
}
