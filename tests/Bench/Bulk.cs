using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Liaison.Bench;

/// <summary>Whole files in and out, start, memory and bytes over the wire.</summary>
internal static class Bulk
{
    /// <summary>
    /// Exports everything over HTTP; rows a second, CPU a row and the peak of the server's memory. A server's first export compiles what it runs through; the target is for
    /// one that has been at work, as it is for pages.
    /// </summary>
    public static IEnumerable<Result> Export(Options options, Base @base)
    {
        using var server = new Server(options, @base);
        var browser = new Browser(server.Port);
        browser.SignIn(@base.All.Email, @base.All.Password);
        browser.Send(browser.Get("/exports/contacts?ids=1,2,3"));
        var (first, _) = Export(server, browser, @base);
        yield return new("export, first after the start", @base.Engine, @base.Contacts) { Value = first, Unit = "rows/s" };
        // As many as it takes to be at work for some seconds.
        for (var rows = @base.Contacts; rows < 200_000; rows += @base.Contacts) Export(server, browser, @base);
        var (speed, cpu) = Export(server, browser, @base);
        yield return Result.Of(@base, "export", speed, "rows/s", 50_000, atLeast: true) with { Cpu = cpu * 1000, Note = string.Create(CultureInfo.InvariantCulture, $"{cpu * 1e6:0.0} µs CPU a row") };
        yield return Result.Of(@base, "export, peak memory", Account.Megabytes(server.Pid, "VmHWM"), "MB", 400, atLeast: false);
    }

    private static (double Speed, double Cpu) Export(Server server, Browser browser, Base @base)
    {
        var (app, database) = (server.Cpu, server.DatabaseCpu);
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var rows = Drain(server.Port, browser.Get("/exports/contacts")) - 1;
        var seconds = clock.Elapsed.TotalSeconds;
        if (rows != @base.Contacts) throw new InvalidOperationException($"The export has {rows} rows instead of {@base.Contacts}.");
        return (rows / seconds, (server.Cpu - app + server.DatabaseCpu - database) / rows);
    }

    /// <summary>Imports a generated file of twelve columns.</summary>
    public static IEnumerable<Result> Import(Options options, Base copy, int rows)
    {
        var file = Path.Combine(copy.Folder, "import.csv");
        WriteFile(file, rows);
        var before = (long)copy.Query("SELECT count(*) FROM contact")[0][0]!;
        var database = copy.DatabaseCpu;
        var (_, seconds, peak, cpu) = Server.Command(options, copy, "import", "contacts", file);
        var made = (long)copy.Query("SELECT count(*) FROM contact")[0][0]! - before;
        if (made < rows) throw new InvalidOperationException($"The import made {made} contacts of {rows} rows.");
        cpu += copy.DatabaseCpu - database;
        yield return Result.Of(copy, "import", rows / seconds, "rows/s", copy.Engine == "sqlite" ? 10_000 : 8_000, atLeast: true) with { Cpu = cpu * 1000 / rows, Note = string.Create(CultureInfo.InvariantCulture, $"{rows:N0} rows, {cpu * 1e6 / rows:0} µs CPU a row") };
        yield return Result.Of(copy, "import, peak memory", peak, "MB", 400, atLeast: false);
    }

    /// <summary>Start to first page (the best of three), memory at rest, bytes of the first visit and of the next page.</summary>
    public static IEnumerable<Result> Rest(Options options, Base @base)
    {
        var best = double.MaxValue;
        for (var i = 0; i < 3; i++)
        {
            using var again = new Server(options, @base);
            best = Math.Min(best, again.StartSeconds);
        }
        using var server = new Server(options, @base);
        yield return Result.Of(@base, "start to first page", best, "s", 2, atLeast: false);
        var browser = new Browser(server.Port);
        browser.SignIn(@base.All.Email, @base.All.Password);
        var (first, next) = Wire(browser);
        server.LeaveAlone(TimeSpan.FromSeconds(options.Quick ? 1 : 10));
        yield return Result.Of(@base, "memory at rest", Account.Megabytes(server.Pid, "VmRSS"), "MB", 200, atLeast: false);
        yield return Result.Of(@base, "first visit, compressed", first, "KB", 90, atLeast: false);
        yield return Result.Of(@base, "next page, compressed", next, "KB", 20, atLeast: false);
    }

    /// <summary>
    /// How long one read takes of 8 MB, which a program of Liaison's size uses at once and the plain page does not: where neighbours of the machine fill the
    /// processor's cache it is that of memory, and everything is slower but the plain page.
    /// </summary>
    public static Result Memory(Base @base)
    {
        const int line = 16, lines = 8 * 1024 * 1024 / (line * sizeof(int));
        var next = new int[lines * line];
        var order = Enumerable.Range(0, lines).ToArray();
        new Random(1).Shuffle(order);
        for (var i = 0; i < lines; i++) next[order[i] * line] = order[(i + 1) % lines] * line;
        var (at, reads, clock) = (0, 0L, System.Diagnostics.Stopwatch.StartNew());
        for (; clock.Elapsed < TimeSpan.FromSeconds(1); reads += lines) for (var i = 0; i < lines; i++) at = next[at];
        return new("a read of 8 MB at random", @base.Engine, @base.Contacts) { Value = clock.Elapsed.TotalNanoseconds / reads, Unit = "ns", Note = at < 0 ? "?" : "" };
    }

    /// <summary>How many small writes a second the disk makes durable one after the other: the limit of what one writer can commit.</summary>
    public static Result Disk(Base @base)
    {
        var page = new byte[8192];
        var place = Path.Combine(@base.Folder, "disk.tmp");
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var writes = 0;
        using (var file = new FileStream(place, FileMode.Create, FileAccess.Write, FileShare.None, 1))
            for (; clock.Elapsed < TimeSpan.FromSeconds(2); writes++) { file.Write(page); file.Flush(flushToDisk: true); }
        File.Delete(place);
        return new("durable writes of the disk alone", @base.Engine, @base.Contacts) { PerSecond = writes / clock.Elapsed.TotalSeconds };
    }

    // The home page with everything it names, then the list; as a browser that takes Brotli gets them.
    private static (double First, double Next) Wire(Browser browser)
    {
        const string accept = "Accept-Encoding: gzip, deflate, br\r\n";
        using var client = new Client(browser.Port);
        client.Send(browser.Get("/", accept), keepHead: true);
        double bytes = client.Received;
        var html = Plain(client);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var waiting = new Queue<string>(Links(html, "<link[^>]+(?:stylesheet|modulepreload|icon)[^>]+href=\"([^\"]+)\"").Concat(Links(html, "<script[^>]+src=\"([^\"]+)\"")).Concat(Links(html, "<use href=\"([^\"#]+)")));
        while (waiting.TryDequeue(out var path))
        {
            if (!path.StartsWith('/') || !seen.Add(path)) continue;
            client.Send(browser.Get(path, accept), keepHead: true);
            bytes += client.Received;
            if (!path.EndsWith(".js", StringComparison.Ordinal)) continue;
            foreach (var import in Links(Plain(client), "(?:from|import)\\s*\\(?[\"'](\\.{1,2}/[^\"']+|/[^\"']+)[\"']")) waiting.Enqueue(new Uri(new Uri("http://x" + path), import).AbsolutePath);
        }
        client.Send(browser.Get("/contacts", accept));
        return (bytes / 1024, client.Received / 1024.0);
    }

    private static string Plain(Client client)
    {
        using var body = new MemoryStream(client.Body.ToArray());
        using Stream plain = client.Head.Contains("Content-Encoding: br", StringComparison.OrdinalIgnoreCase) ? new BrotliStream(body, CompressionMode.Decompress)
            : client.Head.Contains("Content-Encoding: gzip", StringComparison.OrdinalIgnoreCase) ? new GZipStream(body, CompressionMode.Decompress) : body;
        using var reader = new StreamReader(plain);
        return reader.ReadToEnd();
    }

    private static IEnumerable<string> Links(string text, string pattern) =>
        System.Text.RegularExpressions.Regex.Matches(text, pattern, System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(5)).Select(m => m.Groups[1].Value);

    // Counts the rows of an answer of any length: a row ends with CR LF, and the data hold none within cells.
    private static int Drain(int port, byte[] request)
    {
        using var client = new System.Net.Http.HttpClient { Timeout = TimeSpan.FromMinutes(30) };
        var lines = Encoding.UTF8.GetString(request).Split("\r\n");
        using var message = new System.Net.Http.HttpRequestMessage(System.Net.Http.HttpMethod.Get, $"http://127.0.0.1:{port}{lines[0].Split(' ')[1]}");
        message.Headers.Add("Cookie", lines.First(l => l.StartsWith("Cookie: ", StringComparison.Ordinal))[8..]);
        using var answer = client.Send(message, System.Net.Http.HttpCompletionOption.ResponseHeadersRead);
        using var stream = answer.EnsureSuccessStatusCode().Content.ReadAsStream();
        var buffer = new byte[1 << 17];
        int read, rows = 0;
        while ((read = stream.Read(buffer)) > 0) rows += buffer.AsSpan(0, read).Count((byte)'\n');
        return rows;
    }

    public static void WriteFile(string file, int rows)
    {
        using var writer = new StreamWriter(file, append: false, new UTF8Encoding(true));
        writer.WriteLine("Prénom;Nom;Entreprise;Fonction;E-mail;Téléphone;Mobile;Adresse;Code postal;Ville;Pays;Description");
        for (var n = 0; n < rows; n++)
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Zoé{n % 97};Importée-{n};Société {n / 6};Acheteuse;zoe{n}@import{n / 6}.example;+33 1 {n / 1000000 % 100:00} {n / 10000 % 100:00} {n / 100 % 100:00} {n % 100:00};06 {n / 1000000 % 100:00} {n / 10000 % 100:00} {n / 100 % 100:00} {n % 100:00};{n % 200} rue des Érables;{10000 + (n % 80000)};Lyon;France;Rencontrée au salon, souhaite un échantillon"));
    }
}
