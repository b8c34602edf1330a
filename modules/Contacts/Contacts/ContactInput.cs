using System.Buffers;
using System.Globalization;
using Liaison.Kernel.Api;
using Liaison.Kernel.Validation;

namespace Liaison.Contacts;

/// <summary>The one list of what can be set on a contact: by the form, the API and the import.</summary>
[MayBeEmpty("custom")] // there are no custom fields yet
public sealed class ContactInput
{
    public ContactKind Kind { get; set; } = ContactKind.Person;
    public string? FirstName { get; set; }
    public string? LastName { get; set; }
    public string? JobTitle { get; set; }
    /// <summary>Id of the person's company; wins over the name.</summary>
    public long? CompanyId { get; set; }
    /// <summary>A company's own name; for a person the company's name: a visible company of that name is linked, else one is created.</summary>
    public string? CompanyName { get; set; }
    public string? Industry { get; set; }
    public List<PointInput> Emails { get; set; } = [];
    public List<PointInput> Phones { get; set; } = [];
    public List<PointInput> Websites { get; set; } = [];
    public List<PointInput> Socials { get; set; } = [];
    public List<AddressInput> Addresses { get; set; } = [];
    /// <summary>Key of a contact type, or null for none.</summary>
    public string? Type { get; set; }
    /// <summary>Key of a temperature, or null for none.</summary>
    public string? Temperature { get; set; }
    public List<string> Tags { get; set; } = [];
    /// <summary>User ids; the creator when empty. A contact that has some cannot do without.</summary>
    public List<long> Responsibles { get; set; } = [];
    public ContactAccess Access { get; set; }
    /// <summary>ISO 4217 code.</summary>
    public string? Currency { get; set; }
    public string? Description { get; set; }

    /// <summary>So many e-mails, phones, tags and the like a contact may have: nobody has more; a program that sends them has gone astray.</summary>
    public const int MostValues = 100;

    /// <summary>What can be said against the input without asking the database.</summary>
    public Problems Validate()
    {
        var problems = new Problems();
        if (!Enum.IsDefined(Kind)) problems.Add(nameof(Kind), "contacts.error.kind");
        if (!Enum.IsDefined(Access)) problems.Add(nameof(Access), "contacts.error.access");
        Trim();
        if (Kind == ContactKind.Company && CompanyName is null) problems.Add(nameof(CompanyName), "contacts.error.companyName");
        if (Kind == ContactKind.Person && LastName is null && FirstName is null && Emails.Count == 0 && Phones.Count == 0) problems.Add(nameof(LastName), "contacts.error.name");
        Limit(problems, nameof(FirstName), FirstName, 200);
        Limit(problems, nameof(LastName), LastName, 200);
        Limit(problems, nameof(JobTitle), JobTitle, 200);
        Limit(problems, nameof(CompanyName), CompanyName, 300);
        Limit(problems, nameof(Industry), Industry, 200);
        Limit(problems, nameof(Description), Description, 65_000);
        Points(problems, nameof(Emails), Emails, PointKind.Email);
        Points(problems, nameof(Phones), Phones, PointKind.Phone);
        Points(problems, nameof(Websites), Websites, PointKind.Website);
        Points(problems, nameof(Socials), Socials, PointKind.Social);
        for (var i = 0; i < Addresses.Count; i++)
        {
            if (!Categories.Address.Contains(Addresses[i].Category)) problems.Add($"{nameof(Addresses)}[{i}].Category", "contacts.error.category", string.Join(", ", Categories.Address));
            if (!Addresses[i].IsLong(500)) continue;
            foreach (var (name, part) in Addresses[i].Parts()) Limit(problems, $"{nameof(Addresses)}[{i}].{name}", part, 500);
        }
        LimitCounts(problems);
        for (var i = 0; i < Tags.Count; i++) if (Tags[i].Length > 100) Limit(problems, $"{nameof(Tags)}[{i}]", Tags[i], 100);
        if (Currency is not null && !Currencies.IsKnown(Currency)) problems.Add(nameof(Currency), "contacts.error.currency", Currency);
        return problems;
    }

    private void Trim()
    {
        FirstName = Clean(FirstName);
        LastName = Clean(LastName);
        JobTitle = Clean(JobTitle);
        CompanyName = Clean(CompanyName);
        Industry = Clean(Industry);
        Type = Clean(Type);
        Temperature = Clean(Temperature);
        Currency = Clean(Currency)?.ToUpperInvariant();
        Description = Visible(Description?.ReplaceLineEndings("\n").Replace("\0", "", StringComparison.Ordinal));
        foreach (var list in new[] { Emails, Phones, Websites, Socials })
        {
            list.RemoveAll(p => Clean(p.Value) is null);
            foreach (var point in list) point.Value = Clean(point.Value)!;
            OnePrimary(list, p => p.Primary, (p, yes) => p.Primary = yes);
        }
        foreach (var address in Addresses) address.Trim();
        Addresses.RemoveAll(a => a.IsEmpty);
        OnePrimary(Addresses, a => a.Primary, (a, yes) => a.Primary = yes);
        if (Tags.Count > 0) Tags = [.. Tags.Select(Clean).OfType<string>().DistinctBy(Kernel.Data.SearchText.Fold)];
        if (Responsibles.Count > 1) Responsibles = [.. Responsibles.Distinct()];
    }

    private static void OnePrimary<T>(List<T> list, Func<T, bool> get, Action<T, bool> set)
    {
        var first = 0;
        while (first < list.Count && !get(list[first])) first++;
        if (first == list.Count) first = 0;
        for (var i = 0; i < list.Count; i++) set(list[i], i == first);
    }

    // With the separators of lines and paragraphs, and what turns the direction of the text behind it (a telephone puts that around its numbers, a swindler into a name).
    private static readonly SearchValues<char> Controls = SearchValues.Create([.. Enumerable.Range(0, 0x2070).Select(c => (char)c).Where(c => char.IsControl(c) || c is '\u2028' or '\u2029' || Directions.Turns(c))]);

    /// <summary>One line without control characters and outer spaces; null when nothing is left.</summary>
    public static string? Clean(string? text)
    {
        if (text is null) return null;
        if (text.AsSpan().IndexOfAny(Controls) >= 0) text = new string([.. text.Select(c => c is '\r' or '\n' or '\t' or '\u0085' or '\u2028' or '\u2029' ? ' ' : c).Where(c => !Controls.Contains(c))]);
        return Visible(text);
    }

    // Without what cannot be seen at either end: spaces, joiners of no width, marks of direction. A name of these alone is none.
    private static string? Visible(string? text)
    {
        if (text is null) return null;
        int start = 0, end = text.Length;
        while (start < end && IsInvisible(text[start])) start++;
        while (end > start && IsInvisible(text[end - 1])) end--;
        return start == end ? null : text[start..end];
    }

    private static bool IsInvisible(char c) => char.IsWhiteSpace(c) || char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.Format;

    private static void Limit(Problems problems, string path, string? text, int length)
    {
        if (text?.Length > length) problems.Add(path, "contacts.error.tooLong", length);
    }

    /// <summary>Names the first value that is one too many in each list.</summary>
    internal void LimitCounts(Problems problems)
    {
        void Most(int count, string list, string part = "")
        {
            if (count > MostValues) problems.Add(part.Length == 0 ? list : $"{list}[{MostValues}].{part}", "contacts.error.tooMany", MostValues);
        }
        Most(Emails.Count, nameof(Emails), "Value");
        Most(Phones.Count, nameof(Phones), "Value");
        Most(Websites.Count, nameof(Websites), "Value");
        Most(Socials.Count, nameof(Socials), "Value");
        Most(Addresses.Count, nameof(Addresses), "Street");
        Most(Tags.Count, nameof(Tags));
    }

    private static void Points(Problems problems, string list, List<PointInput> points, PointKind kind)
    {
        // One is no double of another: most contacts have no more.
        var emails = kind == PointKind.Email && points.Count > 1 ? new HashSet<string>(StringComparer.OrdinalIgnoreCase) : null;
        for (var i = 0; i < points.Count; i++)
        {
            var point = points[i];
            point.Category = string.IsNullOrWhiteSpace(point.Category) ? Categories.Of(kind)[0] : point.Category;
            if (!Categories.Of(kind).Contains(point.Category)) problems.Add($"{list}[{i}].Category", "contacts.error.category", string.Join(", ", Categories.Of(kind)));
            if (point.Value.Length > 500) Limit(problems, $"{list}[{i}].Value", point.Value, 500);
            if (kind == PointKind.Email && !EmailAddress.IsValid(point.Value)) problems.Add($"{list}[{i}].Value", "contacts.error.email", point.Value);
            else if (emails?.Add(point.Value) == false) problems.Add($"{list}[{i}].Value", "contacts.error.sameEmail", point.Value);
            if (kind is PointKind.Website && !WebAddress.IsSafe(point.Value)) problems.Add($"{list}[{i}].Value", "contacts.error.website", point.Value);
        }
    }
}

/// <summary>An e-mail, phone, website or social profile as set.</summary>
public sealed class PointInput
{
    public string Value { get; set; } = "";
    /// <summary>One of <see cref="Categories"/>; the first of its kind when not given.</summary>
    public string Category { get; set; } = "";
    /// <summary>Whether it is the main one of its list: the first so marked is, and without any the first of all.</summary>
    public bool Primary { get; set; }
}

/// <summary>An address as set.</summary>
public sealed class AddressInput
{
    public string Category { get; set; } = "office";
    public string? Street { get; set; }
    public string? City { get; set; }
    public string? State { get; set; }
    public string? Zip { get; set; }
    public string? Country { get; set; }
    /// <summary>Whether it is the main one: the first so marked is, and without any the first of all.</summary>
    public bool Primary { get; set; }

    internal bool IsEmpty => Street is null && City is null && State is null && Zip is null && Country is null;

    internal bool IsLong(int most) => Street?.Length > most || City?.Length > most || State?.Length > most || Zip?.Length > most || Country?.Length > most;

    internal IEnumerable<(string Name, string? Part)> Parts() =>
        [(nameof(Street), Street), (nameof(City), City), (nameof(State), State), (nameof(Zip), Zip), (nameof(Country), Country)];

    internal void Trim()
    {
        Street = string.IsNullOrWhiteSpace(Street) ? null : string.Join('\n', Street.ReplaceLineEndings("\n").Split('\n').Select(ContactInput.Clean).OfType<string>());
        City = ContactInput.Clean(City);
        State = ContactInput.Clean(State);
        Zip = ContactInput.Clean(Zip);
        Country = ContactInput.Clean(Country);
        if (string.IsNullOrWhiteSpace(Category)) Category = Categories.Address[0];
    }
}

/// <summary>Currencies a contact can prefer: ISO 4217.</summary>
public static class Currencies
{
    /// <summary>Codes in use, the seven basic ones first.</summary>
    public static readonly IReadOnlyList<string> Codes = ["EUR", "USD", "GBP", "CHF", "CAD", "JPY", "AUD",
        .. "AED AFN ALL AMD ANG AOA ARS AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CDF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB FJD FKP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG".Split(' ')];

    private static readonly HashSet<string> Known = new(Codes, StringComparer.Ordinal);

    /// <summary>Whether the code is known.</summary>
    public static bool IsKnown(string code) => Known.Contains(code);
}

/// <summary>E-mail addresses: strict enough that mail can be sent, no more.</summary>
public static class EmailAddress
{
    /// <summary>Whether the text is one address: local part, @, domain with a dot or a known local name; no spaces or control characters.</summary>
    public static bool IsValid(string text)
    {
        var at = text.LastIndexOf('@');
        if (at <= 0 || at > 64 + 190 || at == text.Length - 1 || text.Length > 320) return false;
        var local = text.AsSpan(0, at);
        var domain = text.AsSpan(at + 1);
        if (local[0] == '.' || local[^1] == '.' || local.IndexOf("..", StringComparison.Ordinal) >= 0) return false;
        foreach (var c in local) if (char.IsWhiteSpace(c) || char.IsControl(c) || c is '<' or '>' or '(' or ')' or '[' or ']' or ',' or ';' or ':' or '"' or '\\' or '@') return false;
        if (domain[0] is '.' or '-' || domain[^1] is '.' or '-' || domain.IndexOf('.') < 0 || domain.IndexOf("..", StringComparison.Ordinal) >= 0) return false;
        foreach (var c in domain) if (!(char.IsLetterOrDigit(c) || c is '-' or '.' || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark)) return false;
        return true;
    }
}

/// <summary>Web addresses, shown as links: only http, https or a bare host name.</summary>
public static class WebAddress
{
    /// <summary>Whether the text may be shown as a link.</summary>
    public static bool IsSafe(string text) => Href(text) is not null;

    /// <summary>The link's target, or null when the text is no web address.</summary>
    public static string? Href(string text)
    {
        var full = text.Contains("://", StringComparison.Ordinal) ? text : "http://" + text;
        return Uri.TryCreate(full, UriKind.Absolute, out var uri) && (uri.Scheme == "http" || uri.Scheme == "https") && !text.Contains(' ', StringComparison.Ordinal) ? full : null;
    }
}
