using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Liaison.Kernel.Data.Migrations;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Host;

/// <summary>liaison check: one line per thing looked at; exit code 1 when one is wrong.</summary>
internal static class Check
{
    public static async Task<int> RunAsync(IServiceProvider services, Configuration configuration)
    {
        var bad = 0;
        void Say(bool good, string what) { if (!good) bad++; Console.WriteLine($"{(good ? "ok   " : "WRONG")} {what}"); }
        Say(System.Globalization.CultureInfo.GetCultureInfo("fr-FR").NumberFormat.NumberDecimalSeparator == ",", "language data (ICU)");
        Say(TimeZoneInfo.TryFindSystemTimeZoneById("Europe/Paris", out _), "time zones");
        Say(true, $"listens on {configuration.Url}, data in {configuration.Database.DataFolder}");
        try
        {
            await using var db = services.GetRequiredService<Databases>().Open(Viewer.System);
            if (configuration.Database.File is { } file && !File.Exists(file)) { Say(false, $"{file} does not exist yet: run liaison migrate"); return 1; }
            await db.Database.OpenConnectionAsync();
            var pending = (await db.Database.GetPendingMigrationsAsync()).Count();
            Say(true, $"database reached ({db.Engine})");
            Say(pending == 0, pending == 0 ? "schema is up to date" : $"{pending} migrations are missing: run liaison migrate");
            if (db.Engine == Engine.Sqlite)
            {
                var integrity = (await db.Database.SqlQueryRaw<string>("SELECT integrity_check AS Value FROM pragma_integrity_check").ToListAsync())[0];
                Say(integrity == "ok", integrity == "ok" ? "integrity of the database file" : $"the database file is damaged ({integrity}): restore the last backup");
            }
        }
        catch (Exception e) when (DatabaseTrouble.Explain(e, configuration.Database) is { } why) { Say(false, why); }
        return bad == 0 ? 0 : 1;
    }
}
