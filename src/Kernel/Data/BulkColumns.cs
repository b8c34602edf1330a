using System.Linq.Expressions;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;
using NpgsqlTypes;
using SQLitePCL;

namespace Liaison.Kernel.Data;

/// <summary>The columns of an entity for bulk inserts: a compiled function hands their values to the database without a box.</summary>
internal sealed class BulkColumns<T> where T : class
{
    public BulkColumns(IEntityType entity, Engine engine, bool withoutId)
    {
        var properties = entity.GetProperties().Where(p => !p.IsShadowProperty() && !(withoutId && p.Name == "Id")).ToList();
        Table = entity.GetTableName()!;
        Names = string.Join(',', properties.Select(p => p.GetColumnName()));
        InsertText = $"INSERT INTO {Table} ({Names}) VALUES ({string.Join(',', properties.Select(_ => "?"))})";
        Id = Getter<long>(entity, "Id");
        SearchText = Id is null ? null : Getter<string>(entity, "SearchText");
        if (engine == Engine.Sqlite) Bind = Binding(properties);
        else Write = Writing(properties);
    }

    public string Table { get; }
    /// <summary>Reads the id; null when the entity has none.</summary>
    public Func<T, long>? Id { get; }
    /// <summary>Reads the text by which the record is found; null when it has none.</summary>
    public Func<T, string>? SearchText { get; }
    public string Names { get; }
    public string InsertText { get; }
    /// <summary>Binds a row to the statement; of the row before it, which the statement still holds, only what differs.</summary>
    public Action<sqlite3_stmt, T?, T>? Bind { get; }
    public Action<NpgsqlBinaryImporter, T>? Write { get; }

    private static Func<T, TValue>? Getter<TValue>(IEntityType entity, string name) =>
        entity.FindProperty(name) is { PropertyInfo: { } property } && property.PropertyType == typeof(TValue) ? property.GetMethod!.CreateDelegate<Func<T, TValue>>() : null;

    private static Action<sqlite3_stmt, T?, T> Binding(List<IProperty> properties)
    {
        var (statement, before, row) = (Expression.Parameter(typeof(sqlite3_stmt)), Expression.Parameter(typeof(T)), Expression.Parameter(typeof(T)));
        var isFirst = Expression.ReferenceEqual(before, Expression.Constant(null, typeof(T)));
        Expression Bound(IProperty property, int index)
        {
            var put = Put(property, row, value => Expression.Call(typeof(SqliteBinding), nameof(SqliteBinding.Put), null, statement, Expression.Constant(index + 1), value));
            var (old, now) = (Expression.Property(before, property.PropertyInfo!), Expression.Property(row, property.PropertyInfo!));
            return now.Type == typeof(byte[]) ? put : Expression.IfThen(Expression.OrElse(isFirst, Expression.NotEqual(old, now)), put);
        }
        return Expression.Lambda<Action<sqlite3_stmt, T?, T>>(Expression.Block(properties.Select(Bound)), statement, before, row).Compile();
    }

    private static Action<NpgsqlBinaryImporter, T> Writing(List<IProperty> properties)
    {
        var (writer, row) = (Expression.Parameter(typeof(NpgsqlBinaryImporter)), Expression.Parameter(typeof(T)));
        return Expression.Lambda<Action<NpgsqlBinaryImporter, T>>(Expression.Block(properties.Select(p =>
            Put(p, row, value => Expression.Call(typeof(CopyWriting), nameof(CopyWriting.Put), null, writer, value)))), writer, row).Compile();
    }

    // put(converted value of the property)
    private static Expression Put(IProperty property, ParameterExpression row, Func<Expression, Expression> put)
    {
        Expression value = Expression.Property(row, property.PropertyInfo!);
        var type = Nullable.GetUnderlyingType(value.Type);
        var converter = property.GetTypeMapping().Converter;
        var bare = type is null ? value : Expression.Property(value, "Value");
        if (converter is not null && converter.ModelClrType == bare.Type) bare = Expression.Invoke(converter.ConvertToProviderExpression, bare);
        if (bare.Type.IsEnum) bare = Expression.Convert(bare, typeof(int));
        var call = put(bare);
        return type is null ? call : Expression.IfThenElse(Expression.Property(value, "HasValue"), call, put(Expression.Constant(null, typeof(string))));
    }
}

/// <summary>Binding values to a prepared statement of SQLite.</summary>
internal static class SqliteBinding
{
    public static void Put(sqlite3_stmt statement, int index, long value) => raw.sqlite3_bind_int64(statement, index, value);
    public static void Put(sqlite3_stmt statement, int index, int value) => raw.sqlite3_bind_int(statement, index, value);
    public static void Put(sqlite3_stmt statement, int index, bool value) => raw.sqlite3_bind_int(statement, index, value ? 1 : 0);
    public static void Put(sqlite3_stmt statement, int index, double value) => raw.sqlite3_bind_double(statement, index, value);
    public static void Put(sqlite3_stmt statement, int index, DateOnly value) => Put(statement, index, value.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));

    public static void Put(sqlite3_stmt statement, int index, byte[]? value)
    {
        if (value is null) raw.sqlite3_bind_null(statement, index);
        else raw.sqlite3_bind_blob(statement, index, value);
    }

    public static void Put(sqlite3_stmt statement, int index, string? value)
    {
        if (value is null) { raw.sqlite3_bind_null(statement, index); return; }
        if (value.Length > 300) { raw.sqlite3_bind_text(statement, index, Encoding.UTF8.GetBytes(value).AsSpan()); return; }
        Span<byte> bytes = stackalloc byte[904];
        raw.sqlite3_bind_text(statement, index, (ReadOnlySpan<byte>)bytes[..Encoding.UTF8.GetBytes(value, bytes)]);
    }
}

/// <summary>Writing values into a binary COPY of PostgreSQL.</summary>
internal static class CopyWriting
{
    public static void Put(NpgsqlBinaryImporter writer, long value) => writer.Write(value, NpgsqlDbType.Bigint);
    public static void Put(NpgsqlBinaryImporter writer, int value) => writer.Write(value, NpgsqlDbType.Integer);
    public static void Put(NpgsqlBinaryImporter writer, bool value) => writer.Write(value, NpgsqlDbType.Boolean);
    public static void Put(NpgsqlBinaryImporter writer, DateTime value) => writer.Write(value, NpgsqlDbType.TimestampTz);
    public static void Put(NpgsqlBinaryImporter writer, DateOnly value) => writer.Write(value, NpgsqlDbType.Date);

    public static void Put(NpgsqlBinaryImporter writer, byte[]? value)
    {
        if (value is null) writer.WriteNull();
        else writer.Write(value, NpgsqlDbType.Bytea);
    }

    public static void Put(NpgsqlBinaryImporter writer, string? value)
    {
        if (value is null) writer.WriteNull();
        else writer.Write(value, NpgsqlDbType.Text);
    }
}
