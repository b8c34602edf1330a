namespace Liaison.Kernel.Ui;

/// <summary>Slot: keeps a choice made in the user menu with the account, beyond the cookie of this browser.</summary>
public interface IKeepPreferences
{
    /// <summary>Keeps the language ("fr", "en") and the theme ("auto", "light", "dark") of the viewer's account; null leaves one as it is.</summary>
    Task KeepAsync(string? language, string? theme, CancellationToken cancel);
}
