namespace Liaison.Kernel.Ui;

/// <summary>Addresses of stylesheet, scripts, icons and images; they change with the content, so browsers keep them for ever.</summary>
public static class Assets
{
    /// <summary>Folder that holds them.</summary>
    public static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "wwwroot", "lib");

    /// <summary>Name of the present content.</summary>
    public static readonly string Version = File.Exists(Path.Combine(Folder, "version")) ? File.ReadAllText(Path.Combine(Folder, "version")).Trim() : "0";

    /// <summary>The address of a file such as "app.css".</summary>
    public static string Url(string name) => $"/a/{Version}/{name}";
}
