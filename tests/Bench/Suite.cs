using System.Globalization;

namespace Liaison.Bench;

/// <summary>Everything that is measured on one base.</summary>
internal static class Suite
{
    private static readonly Dictionary<string, double> Medians = new(StringComparer.Ordinal);
    private static readonly Dictionary<(string Engine, int Contacts), double> Bares = [];

    public static IEnumerable<Result> Run(Options options, Base @base)
    {
        var before = Plain.Measure(options);
        yield return PlainPage(@base, before, "before");
        yield return Bulk.Memory(@base);
        foreach (var result in Rows(options, @base)) yield return result with { Slower = before.Cpu / Plain.Reference };
        yield return PlainPage(@base, Plain.Measure(options), "after");
        yield return Bulk.Memory(@base);
    }

    private static Result PlainPage(Base @base, Measured plain, string when) => new($"plain page of the framework, {when}", @base.Engine, @base.Contacts) { P50 = plain.P50, P99 = plain.P99, PerSecond = plain.PerSecond, Cpu = plain.Cpu };

    private static IEnumerable<Result> Rows(Options options, Base @base)
    {
        // First, since the others are told in it.
        if (options.Wants("bare")) yield return Bare(options, @base);
        using var sql = new Statements(options, @base);
        foreach (var result in Pages(options, @base, Requests.Reading, @base.All, sql)) yield return result;
        if (options.Wants("rest")) foreach (var result in Bulk.Rest(options, @base)) yield return result;
        if (options.Wants("export")) foreach (var result in Bulk.Export(options, @base)) yield return result;
        if (!options.Wants("few") && !options.Wants("create") && !options.Wants("import") && !options.Wants("story")) yield break;
        sql.LetGo();
        var copy = @base.Copy();
        if (options.Wants("story")) foreach (var result in Pages(options, copy, Requests.LongStory, copy.All, sql, all: true)) yield return result;
        if (options.Wants("create")) yield return Bulk.Disk(copy);
        if (options.Wants("create")) foreach (var result in Pages(options, copy, Requests.Creating, copy.All, sql, all: true)) yield return result;
        if (options.Wants("import")) foreach (var result in Bulk.Import(options, copy, options.Quick ? 5_000 : @base.Contacts < 100_000 ? 50_000 : 200_000)) yield return result;
        if (!options.Wants("few")) yield break;
        sql.LetGo();
        copy = @base.Copy();
        copy.Narrow();
        foreach (var result in Pages(options, copy, Requests.ForFew, copy.Few, sql, all: true)) yield return result;
    }

    private static IEnumerable<Result> Pages(Options options, Base @base, Func<Base, Browser, IReadOnlyList<Row>> rows, Login login, Statements sql, bool all = false)
    {
        using var server = new Server(options, @base);
        var browser = new Browser(server.Port);
        browser.SignIn(login.Email, login.Password);
        foreach (var row in rows(@base, browser))
        {
            if (!all && !options.Wants(row.Name)) continue;
            Settle(options, server, row.Ask);
            var alone = Load.Run(server, 1, options.Alone, row.Ask);
            var together = Load.Run(server, 8, options.Together, row.Ask);
            var ask = System.Text.Encoding.ASCII.GetString(row.Ask(0).Request);
            yield return new(row.Name, @base.Engine, @base.Contacts)
            {
                Alone = alone.P50, P50 = together.P50, P99 = together.P99, PerSecond = together.PerSecond, Cpu = together.Cpu, Sql = ask.StartsWith("GET ", StringComparison.Ordinal) ? sql.Of(ask.Split(' ')[1], login) : null,
                Target = @base.Contacts == 100_000 ? row.PerSecond : null, Note = Note(row.Name, @base, alone, together),
                Bare = Bares.TryGetValue((@base.Engine, @base.Contacts), out var bare) ? bare : null,
            };
        }
    }

    // .NET compiles what is called often, and compiles it again when it has watched it, on a thread beside the requests; on two busy cores that takes a minute or two. A server runs for
    // weeks: what it costs shows when that thread has nothing left to do for a while.
    private static void Settle(Options options, Server server, Func<int, Ask> ask)
    {
        var quiet = 0;
        for (var round = 0; quiet < 3 && round < (options.Quick ? 2 : 100); round++)
        {
            var before = Account.Compiling(server.Pid);
            Load.Run(server, 8, options.Warm, ask);
            var after = Account.Compiling(server.Pid);
            // The thread ends when it has been idle for some seconds, and another starts.
            quiet = (after < before ? after : after - before) < options.Warm.TotalSeconds * 0.02 ? quiet + 1 : 0;
        }
    }

    private static string Note(string name, Base @base, Measured alone, Measured together)
    {
        var note = together.DatabaseCpu > 0 ? string.Create(CultureInfo.InvariantCulture, $"{together.DatabaseCpu:0.00} of it the database") : "";
        if (@base.Contacts == 10_000) Medians[@base.Engine + name] = alone.P50;
        else if (Medians.TryGetValue(@base.Engine + name, out var small) && small > 0) note += string.Create(CultureInfo.InvariantCulture, $" median {alone.P50 / small:0.00} × that at 10,000");
        if (alone.Wrong + together.Wrong > 0) note += $" {alone.Wrong + together.Wrong} WRONG ANSWERS: {alone.FirstWrong ?? together.FirstWrong}";
        return note.Trim();
    }

    // The list and the same rows on a page that does nothing else, in the same process: how much the list's comfort costs.
    private static Result Bare(Options options, Base @base)
    {
        using var server = new Server(options, @base, development: true);
        var browser = new Browser(server.Port);
        browser.SignIn(@base.All.Email, @base.All.Password);
        var first = @base.Query("SELECT id FROM contact WHERE deleted_at IS NULL ORDER BY sort_name, id LIMIT 1")[0][0];
        var list = Requests.Always(Requests.Get(browser, "/contacts", $"contact-{first}\""));
        var bare = Requests.Always(Requests.Get(browser, "/about/bare", $"/contacts/{first}\""));
        foreach (var ask in new[] { bare, list, bare }) Settle(options, server, ask);
        var one = Load.Run(server, 8, options.Together, bare);
        var other = Load.Run(server, 8, options.Together, list);
        Bares[(@base.Engine, @base.Contacts)] = one.Cpu;
        return Result.Of(@base, "list against the bare page, CPU", other.Cpu / one.Cpu, "×", 3, atLeast: false) with
        {
            Cpu = one.Cpu, PerSecond = one.PerSecond, Note = string.Create(CultureInfo.InvariantCulture, $"list {other.Cpu:0.000} ms, bare {one.Cpu:0.000} ms {one.FirstWrong} {other.FirstWrong}").Trim(),
        };
    }
}

/// <summary>How many statements a page sends, told by a server in development.</summary>
internal sealed class Statements(Options options, Base @base) : IDisposable
{
    private readonly Dictionary<string, int?> _known = new(StringComparer.Ordinal);
    private Server? _server;

    public int? Of(string path, Login login)
    {
        if (_known.TryGetValue(path + login.Email, out var count)) return count;
        _server ??= new Server(options, @base, development: true);
        var browser = new Browser(_server.Port);
        browser.SignIn(login.Email, login.Password);
        browser.Send(browser.Get(path));
        var head = browser.Send(browser.Get(path, "X-Count-Sql: 1\r\n")).Head;
        var line = head.Split("\r\n").FirstOrDefault(l => l.StartsWith("X-Sql: ", StringComparison.OrdinalIgnoreCase));
        return _known[path + login.Email] = line is null ? null : int.Parse(line[7..], CultureInfo.InvariantCulture);
    }

    /// <summary>Stops its server: PostgreSQL copies only a database that nobody uses.</summary>
    public void LetGo()
    {
        _server?.Dispose();
        _server = null;
    }

    public void Dispose() => LetGo();
}
