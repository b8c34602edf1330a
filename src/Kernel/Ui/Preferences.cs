namespace Liaison.Kernel.Ui;

/// <summary>Slot: keeps a choice made in the user menu with the account, beyond the cookie of this browser.</summary>
public interface IKeepPreferences
{
    /// <summary>Keeps the interface language ("fr", "en") of the viewer's account.</summary>
    Task KeepLanguageAsync(string language, CancellationToken cancel);
}
