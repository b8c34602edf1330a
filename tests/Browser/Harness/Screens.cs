namespace Liaison.Browser.Harness;

/// <summary>Pictures of a page on a desk and on a phone, light and dark, in artifacts/screens.</summary>
public static class Screens
{
    public static string Folder { get; } = Path.Combine(Repository.Root, "artifacts", "screens");

    public static async Task ShootAsync(IPage page, string name)
    {
        foreach (var look in Look.All)
        {
            await page.SetViewportSizeAsync(look.Width, look.Height);
            await page.EmulateMediaAsync(new() { ColorScheme = look.IsDark ? ColorScheme.Dark : ColorScheme.Light });
            await page.ScreenshotAsync(new() { Path = Path.Combine(Folder, $"{name}-{look}.png") });
        }
        await page.SetViewportSizeAsync(Look.All[0].Width, Look.All[0].Height);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
    }
}
