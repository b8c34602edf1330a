using System.Runtime.Loader;
using Liaison.Kernel;

namespace Liaison.Host;

/// <summary>Loads modules that the Host does not reference: each subfolder NAME of the extensions folder holds NAME.dll.</summary>
internal static class Extensions
{
    public static IEnumerable<Module> Load(string? folder)
    {
        if (folder is null || !Directory.Exists(folder)) yield break;
        foreach (var place in Directory.GetDirectories(folder).Order(StringComparer.Ordinal))
        {
            var file = Path.Combine(place, Path.GetFileName(place) + ".dll");
            if (!File.Exists(file)) continue;
            var assembly = AssemblyLoadContext.Default.LoadFromAssemblyPath(file);
            foreach (var type in assembly.GetExportedTypes().Where(t => t.IsSubclassOf(typeof(Module)) && !t.IsAbstract))
                yield return (Module)Activator.CreateInstance(type)!;
        }
    }
}
