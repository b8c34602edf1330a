using System.Globalization;
using System.Linq.Expressions;
using System.Text;
using Liaison.Kernel.Data.Engines;
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
        InsertText = $"INSERT INTO {Table} ({Names}) VALUES ({string.Join(',', properties.Select((_, i) => engine == Engine.Sqlite ? "?" : string.Create(CultureInfo.InvariantCulture, $"${i + 1}")))})";
        Id = Getter<long>(entity, "Id");
        SearchText = Id is null ? null : Getter<string>(entity, "SearchText");
        if (engine == Engine.Sqlite) Bind = Binding(properties);
        else (Write, Add) = (Copying(properties), Adding(properties));
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
    /// <summary>Puts a row's values into a COPY of <see cref="Names"/>.</summary>
    public Action<CopyBuffer, T>? Write { get; }
    /// <summary>Adds a row's values to those of <see cref="InsertText"/>.</summary>
    public Action<NpgsqlParameterCollection, T>? Add { get; }

    private static Func<T, TValue>? Getter<TValue>(IEntityType entity, string name) =>
        entity.FindProperty(name) is { PropertyInfo: { } property } && property.PropertyType == typeof(TValue) ? property.GetMethod!.CreateDelegate<Func<T, TValue>>() : null;

    private static Action<sqlite3_stmt, T?, T> Binding(List<IProperty> properties)
    {
        var (statement, before, row) = (Expression.Parameter(typeof(sqlite3_stmt)), Expression.Parameter(typeof(T)), Expression.Parameter(typeof(T)));
        var isFirst = Expression.ReferenceEqual(before, Expression.Constant(null, typeof(T)));
        Expression Bound(IProperty property, int index)
        {
            Expression PutValue(Expression value) => Expression.Call(typeof(SqliteBinding), nameof(SqliteBinding.Put), null, statement, Expression.Constant(index + 1), value);
            var put = Put(property, row, PutValue, _ => PutValue(Expression.Constant(null, typeof(string))));
            var (old, now) = (Expression.Property(before, property.PropertyInfo!), Expression.Property(row, property.PropertyInfo!));
            return now.Type == typeof(byte[]) ? put : Expression.IfThen(Expression.OrElse(isFirst, Expression.NotEqual(old, now)), put);
        }
        return Expression.Lambda<Action<sqlite3_stmt, T?, T>>(Expression.Block(properties.Select(Bound)), statement, before, row).Compile();
    }

    private static Action<CopyBuffer, T> Copying(List<IProperty> properties)
    {
        var (buffer, row) = (Expression.Parameter(typeof(CopyBuffer)), Expression.Parameter(typeof(T)));
        return Expression.Lambda<Action<CopyBuffer, T>>(Expression.Block(properties.Select(p => Put(p, row,
            value => Expression.Call(buffer, nameof(CopyBuffer.Put), null, value), _ => Expression.Call(buffer, nameof(CopyBuffer.PutNone), null)))), buffer, row).Compile();
    }

    private static Action<NpgsqlParameterCollection, T> Adding(List<IProperty> properties)
    {
        var (parameters, row) = (Expression.Parameter(typeof(NpgsqlParameterCollection)), Expression.Parameter(typeof(T)));
        return Expression.Lambda<Action<NpgsqlParameterCollection, T>>(Expression.Block(properties.Select(p => Put(p, row,
            value => Expression.Call(typeof(ParameterWriting), nameof(ParameterWriting.Put), null, parameters, value),
            type => Expression.Call(typeof(ParameterWriting), nameof(ParameterWriting.PutNone), [type], parameters)))), parameters, row).Compile();
    }

    // put(converted value of the property)
    private static Expression Put(IProperty property, ParameterExpression row, Func<Expression, Expression> put, Func<Type, Expression> none)
    {
        Expression value = Expression.Property(row, property.PropertyInfo!);
        var type = Nullable.GetUnderlyingType(value.Type);
        var converter = property.GetTypeMapping().Converter;
        var bare = type is null ? value : Expression.Property(value, "Value");
        if (converter is not null && converter.ModelClrType == bare.Type) bare = Expression.Invoke(converter.ConvertToProviderExpression, bare);
        if (bare.Type.IsEnum) bare = Expression.Convert(bare, typeof(int));
        var call = put(bare);
        return type is null ? call : Expression.IfThenElse(Expression.Property(value, "HasValue"), call, none(bare.Type));
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

/// <summary>Adding values to a statement of PostgreSQL. A value that is none has its type all the same: a prepared statement is one for its types.</summary>
internal static class ParameterWriting
{
    public static void Put(NpgsqlParameterCollection parameters, long value) => Add(parameters, value);
    public static void Put(NpgsqlParameterCollection parameters, int value) => Add(parameters, value);
    public static void Put(NpgsqlParameterCollection parameters, bool value) => Add(parameters, value);
    public static void Put(NpgsqlParameterCollection parameters, DateTime value) => Add(parameters, value);
    public static void Put(NpgsqlParameterCollection parameters, DateOnly value) => Add(parameters, value);

    public static void Put(NpgsqlParameterCollection parameters, byte[]? value)
    {
        if (value is null) PutNone<byte[]>(parameters);
        else Add(parameters, value);
    }

    public static void Put(NpgsqlParameterCollection parameters, string? value)
    {
        if (value is null) PutNone<string>(parameters);
        else Add(parameters, value);
    }

    public static void PutNone<T>(NpgsqlParameterCollection parameters) => parameters.Add(new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = TypeOf<T>.Value });

    private static void Add<T>(NpgsqlParameterCollection parameters, T value) => parameters.Add(new NpgsqlParameter<T> { TypedValue = value, NpgsqlDbType = TypeOf<T>.Value });

    private static class TypeOf<T>
    {
        public static readonly NpgsqlDbType Value = Type.GetTypeCode(typeof(T)) switch
        {
            TypeCode.Int64 => NpgsqlDbType.Bigint,
            TypeCode.Int32 => NpgsqlDbType.Integer,
            TypeCode.Boolean => NpgsqlDbType.Boolean,
            TypeCode.DateTime => NpgsqlDbType.TimestampTz,
            TypeCode.String => NpgsqlDbType.Text,
            _ => typeof(T) == typeof(DateOnly) ? NpgsqlDbType.Date : typeof(T) == typeof(byte[]) ? NpgsqlDbType.Bytea : throw new NotSupportedException($"No column holds {typeof(T).Name}."),
        };
    }
}
