using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Liaison.Bench;

/// <summary>A row of the table: its name, what is asked, and the throughput wanted at 100,000 contacts.</summary>
internal sealed record Row(string Name, Func<int, Ask> Ask, double? PerSecond = null);

/// <summary>The pages of the daily work, each with a text that only the right answer holds.</summary>
internal static class Requests
{
    private static int _made;

    public static IReadOnlyList<Row> Reading(Base @base, Browser browser)
    {
        const string alive = "deleted_at IS NULL";
        var first = Ids(@base, $"SELECT id FROM contact WHERE {alive} ORDER BY sort_name, id LIMIT 1");
        var client = Ids(@base, $"SELECT c.id FROM contact c JOIN contact_tag ct ON ct.contact_id = c.id JOIN tag t ON t.id = ct.tag_id WHERE c.{alive} AND c.status = 5 AND t.key = 'tag07' ORDER BY c.sort_name, c.id LIMIT 1");
        var quandorf = Ids(@base, $"SELECT id FROM contact WHERE {alive} AND search_text LIKE '%quandorf%' ORDER BY sort_name, id LIMIT 1");
        var mine = Ids(@base, "SELECT min(user_id) FROM contact_responsible");
        var contacts = @base.Query($"SELECT id, primary_email FROM contact WHERE {alive} AND primary_email <> '' AND kind = 1 ORDER BY id % 7919, id LIMIT 2000");
        Ask[] pages = [.. contacts.Select(c => Get(browser, $"/contacts/{c[0]}", (string)c[1]!))];
        return
        [
            new("list", Always(Get(browser, "/contacts", $"contact-{first[0]}\"")), 1200),
            new("filter", Always(Get(browser, "/contacts?status=client&tag=tag07", $"contact-{client[0]}\"")), 1200),
            new("deep", Always(Deep(@base, browser)), 1200),
            new("search", Always(Get(browser, "/contacts?q=quandorf", $"contact-{quandorf[0]}\"")), 500),
            new("suggest", Always(Get(browser, "/search/suggest?q=quandorf", "Quandorf</mark>")), 500),
            new("contact", n => pages[n % pages.Length], 1500),
            new("home", Always(Get(browser, "/", "Bench administrator")), 650),
            new("mine", Always(Get(browser, $"/contacts?responsible={mine[0]}&status=prospect", "</html>"))),
            new("actions", Always(Get(browser, "/activities", "</html>"))),
        ];
    }

    /// <summary>The page of a contact with ten thousand actions.</summary>
    public static IReadOnlyList<Row> LongStory(Base copy, Browser browser) => [new("contact, 10,000 actions", Always(Get(browser, string.Create(CultureInfo.InvariantCulture, $"/contacts/{copy.Lengthen()}"), "</html>")))];

    /// <summary>The list for somebody who sees few contacts, by name and narrowed.</summary>
    public static IReadOnlyList<Row> ForFew(Base copy, Browser browser)
    {
        var mine = $"SELECT c.id FROM contact c JOIN contact_responsible r ON r.contact_id = c.id JOIN user_account u ON u.id = r.user_id WHERE u.email = '{copy.Few.Email}' AND c.deleted_at IS NULL";
        var first = Ids(copy, mine + " ORDER BY c.sort_name, c.id LIMIT 1");
        var client = Ids(copy, mine + " AND c.status = 5 ORDER BY c.sort_name, c.id LIMIT 1");
        return
        [
            new("list, sees 1 in 1,000", Always(Get(browser, "/contacts", $"contact-{first[0]}\"")), 1200),
            new("clients, sees 1 in 1,000", Always(Get(browser, "/contacts?status=client", client.Count > 0 ? $"contact-{client[0]}\"" : "</html>")), 1200),
            new("home, sees 1 in 1,000", Always(Get(browser, "/", "Bench user")), 650),
        ];
    }

    /// <summary>A new contact by the API and by the form; each commit is durable.</summary>
    public static IReadOnlyList<Row> Creating(Base @base, Browser browser)
    {
        var api = new Browser(browser.Port);
        var token = browser.Token("/contacts/new");
        return
        [
            new("create (API)", _ =>
            {
                var n = Interlocked.Increment(ref _made);
                var body = string.Create(CultureInfo.InvariantCulture, $$"""{"firstName":"Nadia","lastName":"Nouvelle{{n}}","emails":[{"value":"nadia{{n}}@nouvelle.example","category":"work"}],"tags":["tag07"]}""");
                return new(api.Post("/api/v1/contacts", "application/json", body, $"Authorization: Bearer {@base.All.Token}\r\n"), 201, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"nadia{n}@nouvelle.example")));
            }, 900),
            new("create (form)", _ =>
            {
                var n = Interlocked.Increment(ref _made);
                var fields = Browser.Fields(("Input.FirstName", "Nadia"), ("Input.LastName", string.Create(CultureInfo.InvariantCulture, $"Formulaire{n}")), ("Lists", "Emails"), ("Input.Emails[0].Value", string.Create(CultureInfo.InvariantCulture, $"nadia{n}@formulaire.example")),
                    ("Input.Emails[0].Category", "work"), ("Input.Tags", "tag07"), ("__RequestVerificationToken", token));
                return new(browser.Post("/contacts/new", Browser.Form, fields), 303, []);
            }, 900),
        ];
    }

    public static Ask Get(Browser browser, string path, string expect) => new(browser.Get(path), 200, Encoding.UTF8.GetBytes(expect));

    public static Func<int, Ask> Always(Ask ask) => _ => ask;

    // The 1,000th page of 50, or the middle one of a smaller base.
    private static Ask Deep(Base @base, Browser browser)
    {
        var skip = Math.Min(999 * 50, @base.Contacts / 2);
        var rows = @base.Query(string.Create(CultureInfo.InvariantCulture, $"SELECT id, sort_name FROM contact WHERE deleted_at IS NULL ORDER BY sort_name, id LIMIT 2 OFFSET {skip - 1}"));
        var cursor = Base64Url.EncodeToString(Encoding.UTF8.GetBytes($">{rows[0][0]}:{rows[0][1]}"));
        return Get(browser, "/contacts?cursor=" + cursor, $"contact-{rows[1][0]}\"");
    }

    private static List<object?> Ids(Base @base, string sql) => [.. @base.Query(sql).Select(r => r[0])];
}
