using Microsoft.EntityFrameworkCore;

namespace Liaison.Kernel.Data;

/// <summary>Reading and writing the organisation's settings.</summary>
public static class Settings
{
    /// <summary>The setting's value, or null when it was never set.</summary>
    public static Task<string?> SettingAsync(this LiaisonDb db, string key, CancellationToken cancel = default) =>
        db.Set<Setting>().Where(s => s.Key == key).Select(s => s.Value).FirstOrDefaultAsync(cancel);

    /// <summary>Sets the value in the context; saved with the action.</summary>
    public static async Task SetAsync(this LiaisonDb db, string key, string value, CancellationToken cancel = default)
    {
        var setting = await db.Set<Setting>().FindAsync([key], cancel);
        if (setting is null) db.Add(new Setting { Key = key, Value = value });
        else setting.Value = value;
    }
}
