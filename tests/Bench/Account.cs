using System.Globalization;

namespace Liaison.Bench;

/// <summary>What the operating system says a process has used.</summary>
internal static class Account
{
    private const double TicksPerSecond = 100;

    /// <summary>User and system seconds of a process.</summary>
    public static double Cpu(int pid)
    {
        try
        {
            var fields = After(File.ReadAllText($"/proc/{pid}/stat"));
            return (Number(fields[11]) + Number(fields[12])) / TicksPerSecond;
        }
        catch (IOException) { return 0; }
    }

    /// <summary>User and system seconds of a process and of all it has started, also of those that ended.</summary>
    public static double CpuOfFamily(int parent)
    {
        var total = 0.0;
        foreach (var place in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(place), NumberStyles.None, CultureInfo.InvariantCulture, out var pid)) continue;
            try
            {
                var fields = After(File.ReadAllText($"/proc/{pid}/stat"));
                if (pid == parent) total += (Number(fields[11]) + Number(fields[12]) + Number(fields[13]) + Number(fields[14])) / TicksPerSecond;
                else if (Number(fields[1]) == parent) total += (Number(fields[11]) + Number(fields[12])) / TicksPerSecond;
            }
            catch (IOException) { } // it ended meanwhile
        }
        return total;
    }

    /// <summary>Seconds that the thread took which compiles what a .NET process calls often; 0 when it has none at the moment.</summary>
    public static double Compiling(int pid)
    {
        var total = 0.0;
        foreach (var task in Directory.EnumerateDirectories($"/proc/{pid}/task"))
        {
            try
            {
                var stat = File.ReadAllText(task + "/stat");
                if (!stat.Contains("(.NET Tiered Com", StringComparison.Ordinal)) continue; // Linux keeps fifteen letters of a name
                var fields = After(stat);
                total += (Number(fields[11]) + Number(fields[12])) / TicksPerSecond;
            }
            catch (IOException) { } // it ended meanwhile
        }
        return total;
    }

    /// <summary>Megabytes of "VmRSS" or "VmHWM".</summary>
    public static double Megabytes(int pid, string name)
    {
        try
        {
            var line = File.ReadLines($"/proc/{pid}/status").FirstOrDefault(l => l.StartsWith(name + ":", StringComparison.Ordinal));
            return line is null ? 0 : Number(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2].Split('\t')[^1]) / 1024;
        }
        catch (IOException) { return 0; }
    }

    // The name in brackets may hold blanks; the fields after it start with the state.
    private static string[] After(string stat) => stat[(stat.LastIndexOf(')') + 2)..].Split(' ');

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
