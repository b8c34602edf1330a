using System.Text.Json;
using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Liaison.Kernel.Data.Migrations;
using Liaison.Kernel.Journal;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Host;

/// <summary>One thing looked at by <c>liaison check</c>.</summary>
internal sealed record Checked(string Name, bool Ok, string Message);

/// <summary>liaison check: one line per thing looked at, or with --json an object; exit code 1 when one is wrong.</summary>
internal static class Check
{
    public static async Task<int> RunAsync(IServiceProvider services, Configuration configuration, string[] words)
    {
        if (words is not ([] or ["--json"])) throw new FormatException("\"check\" has no option but --json.");
        List<Checked> checks =
        [
            new("languages", System.Globalization.CultureInfo.GetCultureInfo("fr-FR").NumberFormat.NumberDecimalSeparator == ",", "language data (ICU)"),
            new("timeZones", TimeZoneInfo.TryFindSystemTimeZoneById("Europe/Paris", out _), "time zones"),
            new("configuration", true, $"listens on {configuration.Url}, data in {configuration.Database.DataFolder}"),
            .. await DatabaseAsync(services, configuration),
        ];
        var ok = checks.TrueForAll(c => c.Ok);
        if (words.Length > 0) Console.WriteLine(JsonSerializer.Serialize(new { ok, checks }, Journaling.Json));
        else foreach (var check in checks) Console.WriteLine($"{(check.Ok ? "ok   " : "WRONG")} {check.Message}");
        return ok ? 0 : 1;
    }

    private static async Task<List<Checked>> DatabaseAsync(IServiceProvider services, Configuration configuration)
    {
        var found = new List<Checked>();
        try
        {
            await using var db = services.GetRequiredService<Databases>().Open(Viewer.System);
            if (configuration.Database.File is { } file && !File.Exists(file)) return [new("database", false, Missing(file))];
            await db.Database.OpenConnectionAsync();
            var (applied, known) = ((await db.Database.GetAppliedMigrationsAsync()).ToList(), db.Database.GetMigrations().ToList());
            if ((applied.Count == 0 ? await Migrator.ForeignAsync(db, CancellationToken.None) : Migrator.Newer(applied, known)) is { } other) return [new("database", false, other)];
            var pending = known.Except(applied, StringComparer.Ordinal).Count();
            found.Add(new("database", true, $"database reached ({db.Engine})"));
            found.Add(new("schema", pending == 0, pending == 0 ? "schema is up to date" : $"{pending} migrations are missing: run liaison migrate"));
            if (db.Engine == Engine.Sqlite)
            {
                var integrity = (await db.Database.SqlQueryRaw<string>("SELECT integrity_check AS Value FROM pragma_integrity_check").ToListAsync())[0];
                found.Add(new("integrity", integrity == "ok", integrity == "ok" ? "integrity of the database file" : $"the database file is damaged ({integrity}): restore the last backup"));
            }
        }
        catch (Exception e) when (DatabaseTrouble.Explain(e, configuration.Database) is { } why) { found.Add(new(found.Count == 0 ? "database" : "integrity", false, why)); }
        return found;
    }

    // Whatever stands where its folder has to be, migrate cannot make it.
    private static string Missing(string file)
    {
        if (Directory.Exists(file)) return $"{file} is a folder: name a file in it, in LIAISON_DATABASE";
        for (var folder = Path.GetDirectoryName(file); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(folder)) return $"{folder} is a file, not a folder: set LIAISON_DATA or LIAISON_DATABASE";
        }
        return $"{file} does not exist yet: run liaison migrate";
    }
}
