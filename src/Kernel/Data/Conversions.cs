using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Liaison.Kernel.Data;

/// <summary>Money and other exact numbers as a 64-bit integer of millionths: sorts and sums in both databases.</summary>
public sealed class MillionthsConverter() : ValueConverter<decimal, long>(
    value => (long)decimal.Round(value * 1_000_000m, 0, MidpointRounding.AwayFromZero), stored => stored / 1_000_000m);

/// <summary>UTC moments as microseconds since 1970 on SQLite: short, sortable, exact.</summary>
public sealed class MicrosecondsConverter() : ValueConverter<DateTime, long>(
    value => (value.Ticks - DateTime.UnixEpoch.Ticks) / 10,
    stored => new DateTime((stored * 10) + DateTime.UnixEpoch.Ticks, DateTimeKind.Utc));

/// <summary>UTC moments on PostgreSQL (timestamptz).</summary>
public sealed class UtcConverter() : ValueConverter<DateTime, DateTime>(
    value => DateTime.SpecifyKind(value, DateTimeKind.Utc), stored => DateTime.SpecifyKind(stored, DateTimeKind.Utc));

/// <summary>Names of tables and columns.</summary>
public static class Naming
{
    /// <summary>"LastActivityAt" becomes "last_activity_at".</summary>
    public static string Snake(string name)
    {
        var text = new System.Text.StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            if (char.IsUpper(name[i]) && i > 0 && name[i - 1] != '_' && (char.IsLower(name[i - 1]) || char.IsDigit(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])))) text.Append('_');
            text.Append(char.ToLowerInvariant(name[i]));
        }
        return text.ToString();
    }
}
