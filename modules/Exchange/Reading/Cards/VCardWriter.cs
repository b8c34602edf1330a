namespace Liaison.Exchange.Reading;

/// <summary>An e-mail, phone, website or profile of a card; the category is the one of the import keys.</summary>
public sealed record CardValue(string Category, string Value, bool Primary = false);

/// <summary>An address of a card.</summary>
public sealed record CardAddress(string Category, string Street = "", string City = "", string State = "", string Zip = "", string Country = "", bool Primary = false);

/// <summary>A contact to be written as a card.</summary>
public sealed record CardContact
{
    public bool IsCompany { get; init; }
    public string FirstName { get; init; } = "";
    public string LastName { get; init; } = "";
    public string CompanyName { get; init; } = "";
    public string JobTitle { get; init; } = "";
    public string Description { get; init; } = "";
    public string Industry { get; init; } = "";
    public string Type { get; init; } = "";
    public string Temperature { get; init; } = "";
    public string Currency { get; init; } = "";
    public string Status { get; init; } = "";
    public string Access { get; init; } = "";
    public IReadOnlyList<string> Responsibles { get; init; } = [];
    public string? Uid { get; init; }
    public DateTimeOffset? Created { get; init; }
    public DateTimeOffset? Revised { get; init; }
    public IReadOnlyList<CardValue> Emails { get; init; } = [];
    public IReadOnlyList<CardValue> Phones { get; init; } = [];
    public IReadOnlyList<CardValue> Websites { get; init; } = [];
    public IReadOnlyList<CardValue> Socials { get; init; } = [];
    public IReadOnlyList<CardAddress> Addresses { get; init; } = [];
    public IReadOnlyList<string> Tags { get; init; } = [];
}

/// <summary>Writes contacts as vCard 4.0 or 3.0, one after the other.</summary>
public sealed class VCardWriter(TextWriter writer, bool version3 = false)
{
    /// <summary>What the identifiers of Liaison's own cards begin with.</summary>
    public const string OwnUid = "liaison-contact-";

    private const int LongestLine = 75;

    /// <summary>Writes one card.</summary>
    public void Write(CardContact contact)
    {
        Line("BEGIN", "VCARD");
        Line("VERSION", version3 ? "3.0" : "4.0");
        string full = contact.IsCompany ? contact.CompanyName : $"{contact.FirstName} {contact.LastName}".Trim();
        Line("FN", Escape(full));
        if (contact.IsCompany) Line(version3 ? "X-ABShowAs" : "KIND", version3 ? "COMPANY" : "org");
        Line("N", contact.IsCompany ? ";;;;" : $"{Escape(contact.LastName)};{Escape(contact.FirstName)};;;");
        Text("ORG", contact.CompanyName);
        Text("TITLE", contact.JobTitle);
        foreach (var email in contact.Emails) Line("EMAIL" + Types(email.Category, email.Primary), Escape(email.Value));
        foreach (var phone in contact.Phones) Line("TEL" + Types(phone.Category, phone.Primary), Escape(phone.Value));
        foreach (var site in contact.Websites) Line("URL" + Types(site.Category, site.Primary), Escape(site.Value));
        foreach (var profile in contact.Socials)
            Line($"{(version3 ? "X-SOCIALPROFILE" : "SOCIALPROFILE;VALUE=text")};{(version3 ? "TYPE" : "SERVICE-TYPE")}={profile.Category}" + (profile.Primary ? Main() : ""), Escape(profile.Value));
        foreach (var a in contact.Addresses)
            Line("ADR" + Types(a.Category, a.Primary), $";;{Escape(a.Street)};{Escape(a.City)};{Escape(a.State)};{Escape(a.Zip)};{Escape(a.Country)}");
        if (contact.Tags.Count > 0) Line("CATEGORIES", string.Join(',', contact.Tags.Select(Escape)));
        Text("NOTE", contact.Description);
        Text("X-LIAISON-INDUSTRY", contact.Industry);
        Text("X-LIAISON-TYPE", contact.Type);
        Text("X-LIAISON-TEMPERATURE", contact.Temperature);
        Text("X-LIAISON-CURRENCY", contact.Currency);
        Text("X-LIAISON-STATUS", contact.Status);
        Text("X-LIAISON-RESPONSIBLE", string.Join(", ", contact.Responsibles));
        Text("X-LIAISON-ACCESS", contact.Access);
        if (contact.Uid is { } uid) Line("UID", Escape(uid));
        if (contact.Created is { } created) Line("CREATED", Moment(created));
        if (contact.Revised is { } revised) Line("REV", Moment(revised));
        Line("END", "VCARD");
    }

    private static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", System.Globalization.CultureInfo.InvariantCulture);

    private void Text(string name, string text)
    {
        if (text.Length > 0) Line(name, Escape(text));
    }

    private string Types(string category, bool primary)
    {
        string type = category switch
        {
            "mobile" => "cell",
            "office" => "work",
            "direct" => "work",
            "postal" or "billing" or "other" => "",
            _ => category,
        };
        // Cards have no such type: other programs pass the parameter over, Liaison reads it back.
        string own = category is "office" or "direct" or "postal" or "billing" or "other" ? ";X-LIAISON=" + category : "";
        return (type.Length > 0 ? ";TYPE=" + type : "") + own + (primary ? Main() : "");
    }

    private string Main() => version3 ? ";TYPE=pref" : ";PREF=1";

    private static string Escape(string text) => text.AsSpan().ContainsAny("\\,;\r\n")
        ? text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(",", "\\,", StringComparison.Ordinal).Replace(";", "\\;", StringComparison.Ordinal)
            .Replace("\r\n", "\\n", StringComparison.Ordinal).Replace("\r", "\\n", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)
        : text;

    // Lines of at most 75 bytes; a letter is never cut.
    private void Line(string name, string value)
    {
        string line = name + ":" + value;
        int start = 0, used = 0;
        for (int i = 0; i < line.Length;)
        {
            int chars = char.IsHighSurrogate(line[i]) && i + 1 < line.Length ? 2 : 1;
            int size = chars == 2 ? 4 : line[i] < 0x80 ? 1 : line[i] < 0x800 ? 2 : 3;
            if (used + size > LongestLine)
            {
                writer.Write(line.AsSpan(start, i - start));
                writer.Write("\r\n ");
                (start, used) = (i, 1);
            }

            used += size;
            i += chars;
        }

        writer.Write(line.AsSpan(start));
        writer.Write("\r\n");
    }
}
