using Liaison.Kernel.Data;
using Liaison.Kernel.Journal;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Access;

/// <summary>The account "admin" of an empty database, with a random password that is shown once and kept in a file until it is changed.</summary>
public static class FirstAdministrator
{
    /// <summary>Name of the account.</summary>
    public const string UserName = "admin";

    /// <summary>Creates it when there is no account at all. Called under the lock of the migrations.</summary>
    public static async Task CreateAsync(LiaisonDb db, DatabaseSettings settings, Passwords passwords, CancellationToken cancel)
    {
        if (await db.Set<User>().AnyAsync(cancel)) return;
        var user = new User { UserName = UserName, NormalizedUserName = User.Normalize(UserName), Name = "Admin", Level = Level.Administrator };
        var password = Passwords.Random();
        passwords.Set(user, password, mustChange: true);
        await WriteAsync(settings, password, cancel);
        await db.InTransactionAsync(async () =>
        {
            db.Add(user);
            await db.SaveChangesAsync(cancel);
            db.Record("user.created", "user", user.Id, new { user.UserName, user.Level });
            await db.SaveChangesAsync(cancel);
        }, cancel);
        await Console.Error.WriteLineAsync($"First administrator: {UserName}, password: {password} (also in {FileName(settings)} until it is changed)");
    }

    /// <summary>Removes the file with the first password.</summary>
    public static void Forget(DatabaseSettings settings) => File.Delete(FileName(settings));

    private static string FileName(DatabaseSettings settings) => Path.Combine(settings.DataFolder, "initial-password.txt");

    private static async Task WriteAsync(DatabaseSettings settings, string password, CancellationToken cancel)
    {
        Directory.CreateDirectory(settings.DataFolder);
        Forget(settings); // the mode counts only for a new file
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using var file = new StreamWriter(FileName(settings), options);
        await file.WriteLineAsync(password.AsMemory(), cancel);
    }
}
