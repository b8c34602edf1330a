using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace Liaison.Kernel.Data.Migrations;

/// <summary>Writing tables once for both engines, with the types that the model maps to.</summary>
public static class Schema
{
    /// <summary>Whether the migration runs on SQLite.</summary>
    public static bool OnSqlite(this MigrationBuilder builder) => builder.ActiveProvider!.EndsWith("Sqlite", StringComparison.Ordinal);

    /// <summary>Creates a table; columns and indexes are declared in <paramref name="declare"/>.</summary>
    public static void Table(this MigrationBuilder builder, string name, Action<Table> declare)
    {
        var table = new Table(builder.OnSqlite(), name);
        declare(table);
        builder.Operations.Add(table.Operation);
        foreach (var index in table.Indexes) builder.Operations.Add(index);
    }

    /// <summary>Asks for work to be done in the background, when a table has rows that need it; once, where an earlier migration asked for it and it has not begun.</summary>
    public static void Enqueue(this MigrationBuilder builder, string kind, string table, string payload = "{}")
    {
        var now = builder.OnSqlite() ? "CAST(strftime('%s', 'now') AS INTEGER) * 1000000" : "now()";
        builder.Sql($"INSERT INTO job (kind, payload, user_id, created_at, due_at, state, attempts, fence) SELECT '{kind}', '{payload}', 0, {now}, {now}, 0, 0, 0 WHERE EXISTS (SELECT 1 FROM {table}) AND NOT EXISTS (SELECT 1 FROM job WHERE kind = '{kind}' AND payload = '{payload}' AND state = 0 AND progress IS NULL);");
    }

    /// <summary>Adds columns and indexes to a table; what is added must be nullable or have a default.</summary>
    public static void Extend(this MigrationBuilder builder, string name, Action<Table> declare)
    {
        var table = new Table(builder.OnSqlite(), name);
        declare(table);
        foreach (var column in table.Operation.Columns) builder.Operations.Add(column);
        foreach (var index in table.Indexes) builder.Operations.Add(index);
    }
}

/// <summary>Declares the columns, keys and indexes of one table.</summary>
public sealed class Table
{
    private readonly bool _sqlite;

    internal Table(bool sqlite, string name)
    {
        _sqlite = sqlite;
        Operation = new CreateTableOperation { Name = name };
    }

    internal CreateTableOperation Operation { get; }
    internal List<CreateIndexOperation> Indexes { get; } = [];

    /// <summary>The identity key "id".</summary>
    public Table Id()
    {
        var column = Column("id", typeof(long), _sqlite ? "INTEGER" : "bigint", false, null);
        if (_sqlite) column.AddAnnotation("Sqlite:Autoincrement", true);
        else column.AddAnnotation("Npgsql:ValueGenerationStrategy", Npgsql.EntityFrameworkCore.PostgreSQL.Metadata.NpgsqlValueGenerationStrategy.IdentityByDefaultColumn);
        return Key("id");
    }

    /// <summary>The primary key, when it is not "id".</summary>
    public Table Key(params string[] columns)
    {
        Operation.PrimaryKey = new AddPrimaryKeyOperation { Table = Operation.Name, Name = "pk_" + Operation.Name, Columns = columns };
        return this;
    }

    /// <summary>Text. <paramref name="binary"/>: compared byte by byte (sort keys, identifiers).</summary>
    public Table Text(string name, bool nullable = false, string? or = null, bool binary = false)
    {
        var column = Column(name, typeof(string), _sqlite ? "TEXT" : "text", nullable, or);
        if (binary && !_sqlite) column.Collation = "C";
        return this;
    }

    /// <summary>64-bit integer.</summary>
    public Table Long(string name, bool nullable = false, long? or = null) { Column(name, typeof(long), _sqlite ? "INTEGER" : "bigint", nullable, or); return this; }
    /// <summary>32-bit integer, also for enums.</summary>
    public Table Int(string name, bool nullable = false, int? or = null) { Column(name, typeof(int), _sqlite ? "INTEGER" : "integer", nullable, or); return this; }
    /// <summary>True or false.</summary>
    public Table Bool(string name, bool nullable = false, bool? or = null) { Column(name, typeof(bool), _sqlite ? "INTEGER" : "boolean", nullable, or); return this; }
    /// <summary>A UTC moment.</summary>
    public Table Moment(string name, bool nullable = false) { Column(name, _sqlite ? typeof(long) : typeof(DateTime), _sqlite ? "INTEGER" : "timestamp with time zone", nullable, null); return this; }
    /// <summary>A calendar day.</summary>
    public Table Day(string name, bool nullable = false) { Column(name, typeof(DateOnly), _sqlite ? "TEXT" : "date", nullable, null); return this; }
    /// <summary>An exact number, stored in millionths.</summary>
    public Table Money(string name, bool nullable = false) { Column(name, typeof(long), _sqlite ? "INTEGER" : "bigint", nullable, null); return this; }
    /// <summary>Bytes.</summary>
    public Table Bytes(string name, bool nullable = false) { Column(name, typeof(byte[]), _sqlite ? "BLOB" : "bytea", nullable, null); return this; }

    /// <summary>A reference to another table's id, with its index unless an index that starts with it is declared apart.</summary>
    public Table Ref(string name, string table, bool nullable = false, ReferentialAction onDelete = ReferentialAction.Cascade, bool index = true)
    {
        Long(name, nullable);
        Operation.ForeignKeys.Add(new AddForeignKeyOperation
        {
            Table = Operation.Name, Name = $"fk_{Operation.Name}_{name}", Columns = [name], PrincipalTable = table, PrincipalColumns = ["id"], OnDelete = onDelete,
        });
        if (index) Index([name]);
        return this;
    }

    /// <summary>An index; <paramref name="descending"/> names the columns kept in descending order, <paramref name="filter"/> makes it partial.</summary>
    public Table Index(string[] columns, bool unique = false, string? filter = null, string[]? descending = null, string? name = null)
    {
        Indexes.Add(new CreateIndexOperation
        {
            Table = Operation.Name, Name = name ?? $"ix_{Operation.Name}_{string.Join('_', columns)}", Columns = columns, IsUnique = unique, Filter = filter,
            IsDescending = descending is null ? null : [.. columns.Select(c => descending.Contains(c))],
        });
        return this;
    }

    private AddColumnOperation Column(string name, Type type, string storeType, bool nullable, object? or)
    {
        var column = new AddColumnOperation
        {
            Table = Operation.Name, Name = name, ClrType = type, ColumnType = storeType, IsNullable = nullable, DefaultValue = or,
        };
        Operation.Columns.Add(column);
        return column;
    }
}
