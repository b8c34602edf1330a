using System.Text;
using System.Text.RegularExpressions;
using Liaison.Kernel.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Liaison.Tests.Harness;

/// <summary>
/// Looks at how the database answers queries: none that a page sends may read a whole table that grows. PostgreSQL is told to
/// avoid reading whole tables, so one is read only when no index helps, however few rows the test has.
/// </summary>
public static partial class Plans
{
    /// <summary>Fails when a query sent while <paramref name="action"/> runs reads one of these tables from end to end.</summary>
    public static async Task AssertNoScanAsync(LiaisonServer server, IReadOnlyCollection<string> tables, Func<Task> action)
    {
        var queries = await server.Sql.DuringAsync(action);
        Assert.NotEmpty(queries);
        await using var db = server.Db();
        var bad = new StringBuilder();
        foreach (var query in queries.DistinctBy(q => q.Text))
        {
            if (!query.Text.TrimStart().StartsWith("SELECT", StringComparison.OrdinalIgnoreCase) && !query.Text.StartsWith("WITH", StringComparison.OrdinalIgnoreCase)) continue;
            var plan = await ExplainAsync(db, query);
            if (tables.Any(table => Scans(db.Engine, query.Text, plan, table))) bad.AppendLine(query.Text).AppendLine(plan).AppendLine();
        }
        if (bad.Length > 0) Assert.Fail($"A growing table is read whole:\n{bad}");
    }

    /// <summary>The plan of one query, a line a step.</summary>
    public static async Task<string> ExplainAsync(LiaisonDb db, Query query)
    {
        await db.Database.OpenConnectionAsync();
        var connection = db.Database.GetDbConnection();
        if (db.Engine == Engine.PostgreSql) await db.Database.ExecuteSqlRawAsync("SET enable_seqscan = off");
        await using var command = connection.CreateCommand();
        command.CommandText = (db.Engine == Engine.Sqlite ? "EXPLAIN QUERY PLAN " : "EXPLAIN (COSTS OFF) ") + query.Text;
        foreach (var parameter in query.Parameters) command.Parameters.Add(parameter is NpgsqlParameter p ? p.Clone() : new SqliteParameter(parameter.ParameterName, parameter.Value));
        var lines = new StringBuilder();
        await using (var reader = await command.ExecuteReaderAsync())
            while (await reader.ReadAsync()) lines.AppendLine(reader.GetString(db.Engine == Engine.Sqlite ? 3 : 0));
        if (db.Engine == Engine.PostgreSql) await db.Database.ExecuteSqlRawAsync("RESET enable_seqscan");
        return lines.ToString();
    }

    private static bool Scans(Engine engine, string sql, string plan, string table)
    {
        if (engine == Engine.PostgreSql) return Regex.IsMatch(plan, $@"Seq Scan on {table}\b", RegexOptions.None, Limit);
        if (sql.Contains("WHERE 0\n", StringComparison.Ordinal)) return false; // reads nothing
        var names = Aliases().Matches(sql).Where(m => m.Groups[1].Value == table).Select(m => m.Groups[2].Value).Append(table);
        // Walking an index in order is no scan of the table when the query stops after some rows.
        var stops = sql.Contains("LIMIT", StringComparison.OrdinalIgnoreCase);
        return names.Any(name => Regex.IsMatch(plan, $@"SCAN {name}\b{(stops ? "(?! USING)" : "")}", RegexOptions.None, Limit));
    }

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    [GeneratedRegex(@"""?(\w+)""? AS ""?(\w+)""?", RegexOptions.None, 1000)]
    private static partial Regex Aliases();
}
