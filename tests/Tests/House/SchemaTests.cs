using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Liaison.Kernel.Data.Migrations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Liaison.Tests.House;

/// <summary>The tables that the migrations make are those that the entities are mapped to.</summary>
public sealed class SchemaTests
{
    // What search needs (trigram indexes, full-text tables) is written in migrations only.
    private const string Sqlite = """
        WITH tables AS (
            SELECT name, sql FROM sqlite_master AS t WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '\_\_EF%' ESCAPE '\' AND sql NOT LIKE 'CREATE VIRTUAL%'
              AND NOT EXISTS (SELECT 1 FROM sqlite_master AS v WHERE v.sql LIKE 'CREATE VIRTUAL%' AND t.name LIKE v.name || '\_%' ESCAPE '\'))
        SELECT 'column ' || t.name || '.' || c.name || ' ' || c.type || iif(c."notnull" = 1, ' not null', '') || iif(c.pk > 0, ' key ' || c.pk, '')
               || iif(c.pk > 0 AND t.sql LIKE '%AUTOINCREMENT%', ' numbered', '') AS Value
        FROM tables AS t JOIN pragma_table_info(t.name) AS c
        UNION ALL
        SELECT 'index ' || t.name || ' (' || (SELECT group_concat(coalesce(c.name, 'expression') || iif(c."desc" = 1, ' desc', ''), ', ') FROM pragma_index_xinfo(i.name) AS c WHERE c.key = 1) || ')'
               || iif(i."unique" = 1, ' unique', '') || iif(i.partial = 1, ' where ' || (SELECT replace(substr(m.sql, instr(m.sql, ' WHERE ') + 7), '"', '') FROM sqlite_master AS m WHERE m.name = i.name), '')
        FROM tables AS t JOIN pragma_index_list(t.name) AS i WHERE i.origin <> 'pk'
        UNION ALL
        SELECT 'reference ' || t.name || '.' || f."from" || ' to ' || f."table" || '.' || f."to" || ' on delete ' || f.on_delete
        FROM tables AS t JOIN pragma_foreign_key_list(t.name) AS f
        """;

    private const string PostgreSql = """
        WITH tables AS (SELECT oid, relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname NOT LIKE '\_\_EF%')
        SELECT 'column ' || t.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END
               || CASE WHEN a.attidentity <> '' THEN ' numbered' ELSE '' END || coalesce(' collate ' || (SELECT collname FROM pg_collation AS c WHERE c.oid = a.attcollation AND collname <> 'default'), '') AS "Value"
        FROM tables AS t JOIN pg_attribute AS a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
        UNION ALL
        SELECT 'index ' || regexp_replace(pg_get_indexdef(i.indexrelid), 'INDEX \S+ ON', 'INDEX ON')
        FROM tables AS t JOIN pg_index AS i ON i.indrelid = t.oid JOIN pg_class AS c ON c.oid = i.indexrelid JOIN pg_am AS m ON m.oid = c.relam WHERE m.amname <> 'gin' AND NOT i.indisprimary
        UNION ALL
        -- An entity does not say when a reference may be looked for.
        SELECT 'constraint ' || t.relname || ' ' || regexp_replace(pg_get_constraintdef(c.oid), ' DEFERRABLE$', '') FROM tables AS t JOIN pg_constraint AS c ON c.conrelid = t.oid
        """;

    [Fact]
    public async Task The_migrated_schema_is_the_one_that_the_entities_are_mapped_to()
    {
        var migrated = await DescribeAsync(async (services, _) => await services.GetRequiredService<Migrator>().RunAsync());
        var mapped = await DescribeAsync(async (_, db) =>
        {
            if (db.Engine == Engine.PostgreSql) await db.Database.ExecuteSqlRawAsync("CREATE EXTENSION IF NOT EXISTS pg_trgm");
            await db.GetService<IRelationalDatabaseCreator>().CreateTablesAsync();
        });
        // Indexes that only make queries fast are the migrations' affair, as long as one begins with what a mapped one has.
        var missing = mapped.Except(migrated, StringComparer.Ordinal).Where(line => !IsPlainIndex(line) || !migrated.Exists(m => m.StartsWith(line[..line.IndexOf(')', StringComparison.Ordinal)], StringComparison.Ordinal)))
            .Select(line => "a migration lacks   " + line);
        var extra = migrated.Except(mapped, StringComparer.Ordinal).Where(line => !IsPlainIndex(line)).Select(line => "no entity maps      " + line);
        Assert.Equal("", string.Join('\n', missing.Concat(extra).OrderBy(l => l[20..], StringComparer.Ordinal)));
    }

    private static bool IsPlainIndex(string line) => line.StartsWith("index ", StringComparison.Ordinal) && !line.Contains("unique", StringComparison.OrdinalIgnoreCase);

    private static async Task<List<string>> DescribeAsync(Func<IServiceProvider, LiaisonDb, Task> make)
    {
        await using var database = await TestDatabase.EmptyAsync();
        await using var app = database.Build();
        await using var db = app.Services.GetRequiredService<Databases>().Open(Viewer.System);
        await make(app.Services, db);
        return await db.Database.SqlQueryRaw<string>(db.Engine == Engine.Sqlite ? Sqlite : PostgreSql).ToListAsync();
    }
}
