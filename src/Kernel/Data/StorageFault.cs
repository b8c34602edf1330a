using Microsoft.Data.Sqlite;
using Npgsql;

namespace Liaison.Kernel.Data;

/// <summary>What keeps the database from doing its work; it is no defect of the program and may pass by itself.</summary>
public enum StorageFault
{
    /// <summary>Locked by another program, restarting, or out of reach.</summary>
    Busy,
    /// <summary>The disk is full.</summary>
    Full,
    /// <summary>The disk refuses to read or write.</summary>
    Disk,
}

/// <summary>Recognises them.</summary>
public static class StorageFaults
{
    extension(StorageFault)
    {
        /// <summary>Whether the database took a transaction back because it and another waited for each other: done again, it goes through.</summary>
        public static bool IsDeadlock(Exception? e) => e is PostgresException { SqlState: "40P01" or "40001" } || (e is not null && IsDeadlock(e.InnerException));

        /// <summary>The fault behind an exception, or null when it is another's.</summary>
        public static StorageFault? Of(Exception e) => e switch
        {
            SqliteException { SqliteErrorCode: 13 } or PostgresException { SqlState: "53100" } or IOException { HResult: 28 } => StorageFault.Full,
            SqliteException { SqliteErrorCode: 10 or 8 or 14 } or PostgresException { SqlState: "58030" } => StorageFault.Disk,
            SqliteException { SqliteErrorCode: 5 or 6 } or NpgsqlException { IsTransient: true } or TimeoutException => StorageFault.Busy,
            { InnerException: { } inner } => Of(inner),
            _ => null,
        };
    }
}
