using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
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
        /// <summary>
        /// Whether another request did something at the same moment: saved the same record, took the same key, deleted what this one refers to, or each waited for the
        /// other. Done again, it goes through or is refused with a reason.
        /// </summary>
        public static bool IsCollision(Exception? e) => e is DbUpdateConcurrencyException or SqliteException { SqliteExtendedErrorCode: 787 or 1555 or 2067 }
            or PostgresException { SqlState: PostgresErrorCodes.ForeignKeyViolation or PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure }
            || (e is not null && IsCollision(e.InnerException));

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
