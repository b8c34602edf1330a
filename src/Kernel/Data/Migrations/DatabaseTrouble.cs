using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Liaison.Kernel.Data.Migrations;

/// <summary>Why the database cannot be used, for the person who starts a command: one line that names the cause and what to do.</summary>
public static class DatabaseTrouble
{
    /// <summary>The line, or null when the exception is not the database's.</summary>
    public static string? Explain(Exception? e, DatabaseSettings settings) => e switch
    {
        null => null,
        SqliteException or IOException or UnauthorizedAccessException when Directory.Exists(settings.File) => $"{settings.File} is a folder: name a file in it, such as LIAISON_DATABASE=sqlite:{Path.Combine(settings.File!, "liaison.db")}",
        SqliteException { SqliteErrorCode: 11 or 26 } => $"{settings.File} is damaged, or no database of Liaison ({Reason(e)}): restore the last backup in its place, or set LIAISON_DATABASE.",
        SqliteException or PostgresException or IOException when StorageFault.Of(e) == StorageFault.Full => "The disk of the database is full: make room, then start again.",
        SqliteException when StorageFault.Of(e) == StorageFault.Busy => $"{settings.File} is held by another program ({Reason(e)}): end it, then start again.",
        SqliteException or IOException or UnauthorizedAccessException when settings.Engine == Engine.Sqlite =>
            $"The database file {settings.File} cannot be opened ({Reason(e)}): check that the folder exists and may be written, or set LIAISON_DATA.",
        PostgresException { SqlState: "3D000" } missing => $"PostgreSQL runs but has no such database ({Reason(missing)}): create it, or correct LIAISON_DATABASE.",
        PostgresException { SqlState: "28000" or "28P01" } refused => $"PostgreSQL runs but lets nobody in this way ({Reason(refused)}): correct user and password in LIAISON_DATABASE.",
        NpgsqlException or SocketException or TimeoutException when settings.Engine == Engine.PostgreSql => $"PostgreSQL cannot be reached ({Reason(e)}): check LIAISON_DATABASE and that the server runs.",
        // The framework wraps what may pass by itself.
        _ => Explain(e.InnerException, settings),
    };

    private static string Reason(Exception e)
    {
        var said = new List<string>();
        for (var at = e; at is not null; at = at.InnerException) said.Add(at.Message.ReplaceLineEndings(" ").Trim().TrimEnd('.'));
        return string.Join(": ", said.Distinct());
    }
}
