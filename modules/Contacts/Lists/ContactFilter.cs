using Liaison.Kernel.Api;
using System.Globalization;
using Liaison.Contacts.Lifecycle;
using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Liaison.Kernel.Time;
using Liaison.Kernel.Validation;
using Microsoft.AspNetCore.Http;

namespace Liaison.Contacts.Lists;

/// <summary>What a list of contacts is narrowed to: the list's query string as a class, for pages, API, export and group operations.</summary>
public sealed record ContactFilter
{
    /// <summary>Any part of name, company, e-mail, phone, city (?q=).</summary>
    public string? Query { get; init; }
    /// <summary>One of these statuses (?status=lead&amp;status=prospect, or separated by commas).</summary>
    public IReadOnlyList<ContactStatus> Statuses { get; init; } = [];
    /// <summary>Persons or companies (?kind=).</summary>
    public ContactKind? Kind { get; init; }
    /// <summary>Key of a contact type, "none" for those without (?type=).</summary>
    public string? Type { get; init; }
    /// <summary>Key of a temperature, "none" for those without (?temperature=).</summary>
    public string? Temperature { get; init; }
    /// <summary>All of these tags (?tag=Salon&amp;tag=VIP).</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];
    /// <summary>User id; "me" is the viewer (?responsible=).</summary>
    public long? Responsible { get; init; }
    /// <summary>Beginning of the city, case and accents ignored (?city=).</summary>
    public string? City { get; init; }
    /// <summary>Created on this day or later, in the viewer's zone (?createdAfter=2026-01-31).</summary>
    public DateOnly? CreatedAfter { get; init; }
    /// <summary>Created on this day or earlier (?createdBefore=).</summary>
    public DateOnly? CreatedBefore { get; init; }
    /// <summary>No action for this many days, or none ever (?inactive=90).</summary>
    public int? Inactive { get; init; }
    /// <summary>Whether a reminder is open (?reminder=yes|no).</summary>
    public bool? Reminder { get; init; }
    /// <summary>Persons of this company (?company=7).</summary>
    public long? Company { get; init; }
    /// <summary>Created by this import (?import=7).</summary>
    public long? Import { get; init; }
    /// <summary>Exactly these contacts (?ids=1,2).</summary>
    public IReadOnlyList<long>? Ids { get; init; }

    /// <summary>Names of the query string that this class reads.</summary>
    public static readonly IReadOnlyList<string> Names =
        ["q", "status", "kind", "type", "temperature", "tag", "responsible", "city", "createdAfter", "createdBefore", "inactive", "reminder", "company", "import", "ids"];

    /// <summary>Whether anything narrows the list.</summary>
    public bool IsEmpty => this == new ContactFilter { Statuses = Statuses, Tags = Tags } && Statuses.Count == 0 && Tags.Count == 0;

    /// <summary>Whether it asks for statuses, or for nothing.</summary>
    internal bool IsOnlyStatuses => Tags.Count == 0 && this == new ContactFilter { Statuses = Statuses, Tags = Tags };

    /// <summary>Whether it asks for one tag or one responsible user and, it may be, for statuses, and for nothing else.</summary>
    internal bool IsOneMark => Tags.Count + (Responsible is null ? 0 : 1) == 1 && this == new ContactFilter { Statuses = Statuses, Tags = Tags, Responsible = Responsible };

    /// <summary>Whether it asks for a city and nothing else.</summary>
    internal bool IsOnlyCity => City is not null && Statuses.Count + Tags.Count == 0 && this == new ContactFilter { City = City, Statuses = Statuses, Tags = Tags };

    /// <summary>What the names begin with, one of these, where nothing but words too short for an index says so; otherwise nothing, once.</summary>
    internal IReadOnlyList<string> NameStarts => SearchText.Words(Query) is { Count: > 0 } words && words[0].Text.Length < 3
        ? words[^1].Text.StartsWith(words[0].Text, StringComparison.Ordinal) ? [words[0].Text] : words[0].Text.StartsWith(words[^1].Text, StringComparison.Ordinal) ? [words[^1].Text] : [words[0].Text, words[^1].Text] : [""];

    /// <summary>Reads a query string. What cannot be understood is reported under its name and left out.</summary>
    public static ContactFilter Parse(IQueryCollection query, Viewer viewer, Problems problems) => new()
    {
        Query = Text(query, "q"),
        Statuses = [.. Many(query, "status").Select(s => OneOf<ContactStatus>(problems, "status", s)).OfType<ContactStatus>().Distinct()],
        Kind = Text(query, "kind") is { } kind ? OneOf<ContactKind>(problems, "kind", kind) : null,
        Type = Text(query, "type"), Temperature = Text(query, "temperature"),
        Tags = [.. query["tag"].OfType<string>().Select(t => t.Trim()).Where(t => t.Length > 0).Distinct(StringComparer.Ordinal)],
        Responsible = Text(query, "responsible") is { } who ? who == "me" ? viewer.UserId : Number(problems, "responsible", who) : null,
        City = Text(query, "city"),
        CreatedAfter = Day(problems, query, "createdAfter"), CreatedBefore = Day(problems, query, "createdBefore"),
        Inactive = Text(query, "inactive") is { } days ? (int?)Math.Min(Number(problems, "inactive", days) ?? 0, 36_500) : null,
        Reminder = Text(query, "reminder") switch { null => null, "yes" or "true" => true, "no" or "false" => false, var other => Wrong<bool>(problems, "reminder", other) },
        Company = Text(query, "company") is { } company ? Number(problems, "company", company) : null,
        Import = Text(query, "import") is { } import ? Number(problems, "import", import) : null,
        Ids = query.ContainsKey("ids") ? [.. Many(query, "ids").Select(i => Number(problems, "ids", i)).OfType<long>().Distinct()] : null,
    };

    /// <summary>The same filter as a query string without "?"; empty when nothing narrows.</summary>
    public string ToQuery()
    {
        var parts = new List<string>();
        void Add(string name, object? value)
        {
            if (value is not null) parts.Add(name + "=" + Uri.EscapeDataString(Convert.ToString(value, CultureInfo.InvariantCulture)!));
        }
        Add("q", Query);
        foreach (var status in Statuses) Add("status", Word(status));
        Add("kind", Kind is { } kind ? Word(kind) : null);
        Add("type", Type);
        Add("temperature", Temperature);
        foreach (var tag in Tags) Add("tag", tag);
        Add("responsible", Responsible);
        Add("city", City);
        Add("createdAfter", CreatedAfter?.ToString("O", CultureInfo.InvariantCulture));
        Add("createdBefore", CreatedBefore?.ToString("O", CultureInfo.InvariantCulture));
        Add("inactive", Inactive);
        Add("reminder", Reminder is { } yes ? yes ? "yes" : "no" : null);
        Add("company", Company);
        Add("import", Import);
        if (Ids is not null) Add("ids", string.Join(',', Ids));
        return string.Join('&', parts);
    }

    /// <summary>An enum value as URLs and the API write it: "deadLead".</summary>
    public static string Word<T>(T value) where T : struct, Enum => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    /// <summary>The conditions on top of what the viewer sees; <paramref name="isNamed"/> when the names are known to begin as <see cref="NameStarts"/> says.</summary>
    public IQueryable<Contact> On(IQueryable<Contact> contacts, LiaisonDb db, bool isNamed = false)
    {
        // Longest first. No index finds parts of two letters: where all are as short, the name begins with one of them; beside a longer word they are any part, as in "de la Tour".
        var words = SearchText.Words(Query);
        var isShort = words.Count > 0 && words[0].Text.Length < 3;
        if (isShort && !isNamed) contacts = contacts.NamedFrom(words);
        if (!isShort || words.Count > 1)
            foreach (var word in words) contacts = contacts.Containing(word);
        if (Statuses.Count == 1) { var status = Statuses[0]; contacts = contacts.Where(c => c.Status == status); }
        else if (Statuses.Count > 1) { var statuses = Statuses; contacts = contacts.Where(c => statuses.Contains(c.Status)); }
        if (Kind is { } kind) contacts = contacts.Where(c => c.Kind == kind);
        if (Type == "none") contacts = contacts.Where(c => c.TypeId == null);
        else if (Type is { } type) contacts = contacts.Where(c => db.Set<ContactType>().Any(t => t.Id == c.TypeId && t.Key == type));
        if (Temperature == "none") contacts = contacts.Where(c => c.TemperatureId == null);
        else if (Temperature is { } warmth) contacts = contacts.Where(c => db.Set<Temperature>().Any(t => t.Id == c.TemperatureId && t.Key == warmth));
        foreach (var tag in Tags)
        {
            var tagKey = SearchText.Fold(tag);
            // The tag is looked up once, then each contact needs one look into the key of its tags.
            contacts = contacts.Where(c => c.Tags.Any(ct => ct.TagId == db.Set<Tag>().Where(t => t.Key == tagKey).Select(t => t.Id).First()));
        }
        if (Responsible is { } user) contacts = contacts.Where(c => c.Responsibles.Any(r => r.UserId == user));
        if (City is { } city) contacts = contacts.InCity(city);
        if (CreatedAfter is { } after) { var from = db.Viewer.ToUtc(after.ToDateTime(TimeOnly.MinValue)); contacts = contacts.Where(c => c.CreatedAt >= from); }
        if (CreatedBefore is { } before) { var to = db.Viewer.ToUtc(before.AddDays(1).ToDateTime(TimeOnly.MinValue)); contacts = contacts.Where(c => c.CreatedAt < to); }
        if (Inactive is { } days) { var limit = db.Clock.Now().AddDays(-days); contacts = contacts.Where(c => c.LastActivityAt < limit); }
        if (Reminder is { } has) contacts = has ? contacts.Where(c => c.NextReminderAt != null) : contacts.Where(c => c.NextReminderAt == null);
        if (Company is { } company) contacts = db.SeesAll ? contacts.Where(c => c.CompanyId == company) : contacts.Where(c => c.CompanyId == company && db.Set<Contact>().Any(o => o.Id == company));
        if (Import is { } import) contacts = contacts.Where(c => c.ImportId == import);
        if (Ids is { } ids) contacts = contacts.Where(c => ids.Contains(c.Id));
        return contacts;
    }

    private static string? Text(IQueryCollection query, string name) =>
        query[name].FirstOrDefault()?.Trim() is { Length: > 0 } text ? text.Length > 500 ? text[..500] : text : null;

    private static IEnumerable<string> Many(IQueryCollection query, string name) =>
        query[name].OfType<string>().SelectMany(v => v.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    private static T? OneOf<T>(Problems problems, string name, string text) where T : struct, Enum =>
        EnumWords.Find<T>(text) ?? Wrong<T>(problems, name, text);

    private static long? Number(Problems problems, string name, string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : Wrong<long>(problems, name, text);

    private static DateOnly? Day(Problems problems, IQueryCollection query, string name) =>
        Text(query, name) is not { } text ? null : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 1 and < 9999
            ? day : Wrong<DateOnly>(problems, name, text);

    private static T? Wrong<T>(Problems problems, string name, string text) where T : struct
    {
        problems.Add(name, "contacts.error.filter", name, text);
        return null;
    }
}
