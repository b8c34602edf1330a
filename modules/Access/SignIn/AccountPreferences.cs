using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Liaison.Kernel.Ui;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Access;

/// <summary>Keeps language and theme chosen in the user menu with the account.</summary>
internal sealed class AccountPreferences(LiaisonDb db, CurrentViewer current, Sessions sessions) : IKeepPreferences
{
    public async Task KeepAsync(string? language, string? theme, CancellationToken cancel)
    {
        if (await db.Set<User>().FirstOrDefaultAsync(u => u.Id == current.Viewer.UserId, cancel) is not { } user) return;
        user.Language = language ?? user.Language;
        user.Theme = theme ?? user.Theme;
        await db.SaveChangesAsync(cancel);
        sessions.Forget(user.Id);
    }
}
