using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Liaison.Bench;

/// <summary>A PostgreSQL cluster of the measurement's own: durable, 1 GB of shared buffers, kept between runs and stopped at the end.</summary>
internal sealed class Postgres : IDisposable
{
    private static Postgres? _running;
    private readonly string _programs, _folder;
    private readonly int _port;

    private Postgres(string folder)
    {
        _folder = Path.Combine(folder, "postgres");
        _port = 25_432;
        _programs = Directory.EnumerateDirectories("/usr/lib/postgresql").OrderDescending(StringComparer.Ordinal).Select(d => Path.Combine(d, "bin")).FirstOrDefault(Directory.Exists)
            ?? throw new InvalidOperationException("PostgreSQL is not installed: apt-get install postgresql");
        if (!File.Exists(Path.Combine(_folder, "PG_VERSION")))
        {
            Directory.CreateDirectory(_folder);
            if (IsRoot) Run("chown", "postgres", _folder);
            AsPostgres("initdb", "-D", _folder, "--username=liaison", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8");
        }
        AsPostgres("pg_ctl", "-D", _folder, "-w", "-l", Path.Combine(_folder, "log"), "start", "-o",
            $"-p {_port.ToString(CultureInfo.InvariantCulture)} -c listen_addresses=127.0.0.1 -c unix_socket_directories={_folder} -c shared_buffers=1GB -c max_wal_size=4GB -c max_connections=200");
        Pid = int.Parse(File.ReadLines(Path.Combine(_folder, "postmaster.pid")).First(), CultureInfo.InvariantCulture);
    }

    private static bool IsRoot => Environment.UserName == "root";
    public int Pid { get; }

    public static Postgres Start(string folder) => _running ??= new(folder);

    public static void Stop() => _running?.Dispose();

    public string Url(string database) => string.Create(CultureInfo.InvariantCulture, $"postgres://liaison@127.0.0.1:{_port}/{database}");

    public IReadOnlyList<object?[]> Query(string database, string sql, Func<DbConnection, string, List<object?[]>> read)
    {
        using var connection = new NpgsqlConnection(string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={_port};Username=liaison;Database={database};Pooling=false"));
        connection.Open();
        return read(connection, sql);
    }

    public void Dispose()
    {
        AsPostgres("pg_ctl", "-D", _folder, "-m", "fast", "-w", "stop");
        _running = null;
    }

    // PostgreSQL refuses to run as root.
    private void AsPostgres(string program, params string[] words)
    {
        if (IsRoot) Run("setpriv", ["--reuid=postgres", "--regid=postgres", "--init-groups", Path.Combine(_programs, program), .. words]);
        else Run(Path.Combine(_programs, program), words);
    }

    private static void Run(string program, params string[] words)
    {
        // pg_ctl hands its output on to the server: a pipe would never end.
        var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = "/" };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add("exec \"$@\" >/dev/null 2>&1 </dev/null");
        start.ArgumentList.Add("sh");
        start.ArgumentList.Add(program);
        foreach (var word in words) start.ArgumentList.Add(word);
        using var process = Process.Start(start)!;
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} {string.Join(' ', words)} ended with {process.ExitCode}.");
    }
}
