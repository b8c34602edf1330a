using Liaison.Kernel.Access;
using Liaison.Kernel.Data.Engines;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Liaison.Kernel.Data.Migrations;

/// <summary>The start must stop: the message is one line for the person who starts the program and says what to do.</summary>
public sealed class CannotStartException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>
/// Brings the database to this program's version before anything is served: under a lock, with a copy of the SQLite file first.
/// A database newer than the program is refused.
/// </summary>
public sealed class Migrator(Databases databases, DatabaseSettings settings, ModuleList modules, ILogger<Migrator> log)
{
    private const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const long LockKey = 0x4c696169736f6e; // "Liaison"

    /// <summary>Applies what is missing, then lets each module write its default data.</summary>
    /// <exception cref="CannotStartException">The database cannot be reached, is newer, or a migration failed.</exception>
    public async Task RunAsync(CancellationToken cancel = default)
    {
        try { await BringAsync(cancel); }
        catch (Exception e) when (e is not (CannotStartException or OperationCanceledException) && DatabaseTrouble.Explain(e, settings) is { } why) { throw new CannotStartException(why, e); }
    }

    private async Task BringAsync(CancellationToken cancel)
    {
        await using var db = databases.Open(Viewer.System);
        if (settings.Engine == Engine.Sqlite) MakeFile(settings.File!);
        await db.Database.OpenConnectionAsync(cancel);
        db.Database.SetCommandTimeout(TimeSpan.FromHours(1));
        using var only = await LockAsync(db, cancel);
        // EF's own lock on SQLite is a row that a killed program leaves behind; ours ends with the program, and we hold it.
        if (settings.Engine == Engine.Sqlite) await db.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS __EFMigrationsLock", cancel);
        var applied = (await db.Database.GetAppliedMigrationsAsync(cancel)).ToList();
        var known = db.Database.GetMigrations().ToHashSet(StringComparer.Ordinal);
        if (Newer(applied, known) is { } newer) throw new CannotStartException(newer);
        if (applied.Count == 0 && await ForeignAsync(db, cancel) is { } foreign) throw new CannotStartException(foreign);
        var missing = known.Except(applied, StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        if (missing.Count > 0) await ApplyAsync(db, missing, isNew: applied.Count == 0, cancel);
        foreach (var module in modules.All)
        {
            await module.SeedAsync(db, cancel);
            db.ChangeTracker.Clear();
        }
    }

    /// <summary>What is said of a database that has more than this program knows; null when it has not.</summary>
    public static string? Newer(IEnumerable<string> applied, IEnumerable<string> known) => applied.Except(known, StringComparer.Ordinal).FirstOrDefault() is not { } newer ? null
        : $"The database was written by a newer Liaison (it has {newer}): start that version, or restore a backup made with this one.";

    /// <summary>What is said of an SQLite file that is full of another program's tables; null for any other database, such as an empty one.</summary>
    public static async Task<string?> ForeignAsync(LiaisonDb db, CancellationToken cancel)
    {
        // A PostgreSQL may have tables of its extensions beside.
        if (db.Engine != Engine.Sqlite) return null;
        var table = await db.Database.SqlQueryRaw<string>("SELECT name AS Value FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~' AND name NOT LIKE '~_~_EFMigrations%' ESCAPE '~' ORDER BY name LIMIT 1").ToListAsync(cancel);
        return table is not [var first] ? null : $"{db.Database.GetDbConnection().DataSource} is the database of another program (it has the table {first}): set LIAISON_DATABASE to a file of its own.";
    }

    // Other accounts of the machine do not read the contacts; what SQLite keeps beside the file has the mode of the file.
    private static void MakeFile(string file)
    {
        var folder = Path.GetDirectoryName(file)!;
        if (OperatingSystem.IsWindows()) { Directory.CreateDirectory(folder); return; }
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        if (!File.Exists(file)) new FileStream(file, new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite, UnixCreateMode = Own }).Dispose();
    }

    private async Task<IDisposable> LockAsync(LiaisonDb db, CancellationToken cancel)
    {
        if (settings.Engine == Engine.PostgreSql)
        {
            await db.Database.ExecuteSqlRawAsync($"SELECT pg_advisory_lock({LockKey})", cancel);
            return new Unlock(() => db.Database.ExecuteSqlRaw($"SELECT pg_advisory_unlock({LockKey})"));
        }
        var path = settings.File + ".migrating";
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
                return file;
            }
            catch (IOException e) when (IsHeld(e))
            {
                if (attempt == 600) throw new CannotStartException($"Another Liaison has been bringing {settings.File} up to date for a minute: wait for it, or end it, then start again.", e);
                await Task.Delay(100, cancel);
            }
        }
    }

    // "Would block" on Linux and macOS, "sharing violation" on Windows: whatever else keeps the file from being made does not pass by waiting.
    private static bool IsHeld(IOException e) => e.HResult is 11 or 35 or unchecked((int)0x80070020);

    private async Task ApplyAsync(LiaisonDb db, List<string> missing, bool isNew, CancellationToken cancel)
    {
        var copy = isNew ? null : await CopyAsync(db, cancel);
        try
        {
            // Without a target: naming one would take back what a lower module's later migration did before an upper module's missing one.
            await db.Database.MigrateAsync(cancel);
            // Of an index that it knows nothing about SQLite expects too much; a sample of each is enough.
            if (!isNew && settings.Engine == Engine.Sqlite) await db.Database.ExecuteSqlRawAsync(SqliteTuning.Analysis + " ANALYZE;", cancel);
            log.LogInformation("Database brought to {Version}", missing[^1]);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            var advice = copy is null ? "nothing was changed by this step; report the error" : $"the copy made before is {copy}: put it back in place of {settings.File} to run the previous version";
            var applied = await db.Database.GetAppliedMigrationsAsync(cancel);
            throw new CannotStartException($"The migration {missing.Except(applied, StringComparer.Ordinal).FirstOrDefault()} failed ({e.Message.ReplaceLineEndings(" ").TrimEnd('.')}): {advice}.", e);
        }
    }

    private async Task<string?> CopyAsync(LiaisonDb db, CancellationToken cancel)
    {
        if (settings.Engine != Engine.Sqlite) return null;
        var copy = $"{settings.File}.before-{Time.Moments.Now(db.Clock):yyyyMMdd-HHmmss}";
        await db.Database.ExecuteSqlAsync($"VACUUM INTO {copy}", cancel);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(copy, File.GetUnixFileMode(settings.File!));
        return copy;
    }

    private sealed class Unlock(Action action) : IDisposable
    {
        public void Dispose() => action();
    }
}
