using System.Collections.Frozen;
using System.Globalization;

namespace Liaison.Exchange.Reading;

/// <summary>What a column can be read as.</summary>
public enum FieldKind
{
    /// <summary>Not imported.</summary>
    Ignore,
    Kind,
    FullName,
    LastName,
    FirstName,
    CompanyName,
    JobTitle,
    Industry,
    Description,
    Email,
    Phone,
    Website,
    Social,
    Address,
    Type,
    Temperature,
    Tags,
    Responsible,
    Access,
    Currency,
    Id,
    Created,
    Custom,
}

/// <summary>A target key taken apart: <c>address.home.city#2</c> is Address, home, city, 2.</summary>
public sealed record ImportField(string Key, FieldKind Kind, string Category = "", string Part = "", int Group = 1)
{
    /// <summary>The column gives the category of the value of the same group (as in Google's files).</summary>
    public bool GivesCategory => Category == "category";

    /// <summary>The column gives the calling code of the country of the telephone beside it.</summary>
    public bool GivesCalling => Category == "calling";

    /// <summary>The column repeats the value that is the main one.</summary>
    public bool GivesPrimary => Category == "primary";
}

/// <summary>The target keys of an import, and their column names in an export.</summary>
public static class ImportFields
{
    public const string Ignore = "ignore";
    public const string IgnoreStatus = "ignore.status";
    public const string IgnoreAction = "ignore.action";
    public const string IgnoreOwner = "ignore.owner";
    public const string Kind = "kind";
    public const string FullName = "fullName";
    /// <summary>The name in one piece, last name first.</summary>
    public const string FullNameLast = "fullName.last";
    public const string LastName = "lastName";
    public const string FirstName = "firstName";
    public const string CompanyName = "companyName";
    public const string JobTitle = "jobTitle";
    public const string Industry = "industry";
    public const string Description = "description";
    public const string Type = "type";
    public const string Temperature = "temperature";
    public const string Tags = "tags";
    public const string Responsible = "responsible";
    public const string Access = "access";
    public const string Currency = "currency";
    public const string Id = "id";
    public const string CreatedAt = "createdAt";

    /// <summary>Begins the key of a custom field.</summary>
    public const string CustomPrefix = "custom:";

    /// <summary>The categories of e-mails and websites.</summary>
    public static IReadOnlyList<string> Places { get; } = ["work", "home", "other"];

    /// <summary>The categories of phones.</summary>
    public static IReadOnlyList<string> PhoneCategories { get; } = ["mobile", "work", "home", "fax", "direct", "other"];

    /// <summary>The social networks.</summary>
    public static IReadOnlyList<string> Networks { get; } =
    [
        "linkedin", "x", "facebook", "skype", "instagram", "youtube", "livejournal", "myspace", "gmail", "blogger",
        "yahoo", "msn", "icq", "jabber", "aim", "vk",
    ];

    /// <summary>The categories of addresses.</summary>
    public static IReadOnlyList<string> AddressCategories { get; } = ["work", "home", "postal", "office", "billing", "other"];

    /// <summary>The parts of an address.</summary>
    public static IReadOnlyList<string> AddressParts { get; } = ["street", "zip", "city", "state", "country"];

    private static readonly string[] Simple =
    [
        Kind, FullName, FirstName, LastName, CompanyName, JobTitle, Industry, Description, Type, Temperature, Tags,
        Responsible, Access, Currency, Id,
    ];

    private static readonly FrozenDictionary<string, string[]> Names = ReadingResource.Lines("labels.txt")
        .Select(line => line.Split('|')).ToFrozenDictionary(p => p[0], p => p[1..], StringComparer.Ordinal);

    /// <summary>Every key without group number, in the order of a choice list.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. Simple.SelectMany(key => key == FullName ? [key, FullNameLast] : new[] { key }),
        .. Places.Append("primary").Select(c => $"email.{c}"),
        .. PhoneCategories.Append("primary").Select(c => $"phone.{c}"),
        .. Places.Append("primary").Select(c => $"website.{c}"),
        .. AddressCategories.SelectMany(c => AddressParts.Select(p => $"address.{c}.{p}")), "address.primary",
        .. Networks.Select(n => $"social.{n}"), "social.primary",
        "email.category", "phone.category", "phone.calling", "website.category", "address.category",
        CreatedAt, Ignore, .. Names.Keys.Where(k => k.StartsWith("ignore.", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
    ];

    private static readonly FrozenDictionary<string, string> ByLabel = All
        .SelectMany(key => new[] { (Label(key, "fr"), key), (Label(key, "en"), key) })
        .DistinctBy(p => p.Item1, StringComparer.OrdinalIgnoreCase)
        .ToFrozenDictionary(p => p.Item1, p => p.key, StringComparer.OrdinalIgnoreCase);

    /// <summary>Takes a key apart; null when it is none.</summary>
    public static ImportField? Parse(string key)
    {
        if (key.StartsWith(CustomPrefix, StringComparison.Ordinal) && key.Length > CustomPrefix.Length)
            return new ImportField(key, FieldKind.Custom, key[CustomPrefix.Length..]);
        int group = 1;
        string bare = key;
        int hash = key.IndexOf('#');
        if (hash > 0)
        {
            if (!int.TryParse(key.AsSpan(hash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out group) || group < 1) return null;
            bare = key[..hash];
        }

        if (bare == CreatedAt) return new ImportField(key, FieldKind.Created, Group: group);
        if (bare == Ignore || bare.StartsWith("ignore.", StringComparison.Ordinal)) return new ImportField(key, FieldKind.Ignore);
        if (bare == FullNameLast) return new ImportField(key, FieldKind.FullName, Part: "last", Group: group);
        var parts = bare.Split('.');
        if (parts.Length == 1)
            return Simple.Contains(bare) ? new ImportField(key, Enum.Parse<FieldKind>(bare, true), Group: group) : null;
        IReadOnlyList<string>? categories = parts[0] switch
        {
            "email" or "website" => Places,
            "phone" => PhoneCategories,
            "social" => Networks,
            "address" => AddressCategories,
            _ => null,
        };
        if (categories is null) return null;
        bool pseudo = parts[1] is "primary" || (parts[1] is "category" && parts[0] != "social") || bare == "phone.calling";
        if (!pseudo && !categories.Contains(parts[1])) return null;
        bool address = parts[0] == "address" && !pseudo;
        if (parts.Length != (address ? 3 : 2) || (address && !AddressParts.Contains(parts[2]))) return null;
        return new ImportField(key, Enum.Parse<FieldKind>(parts[0], true), parts[1], address ? parts[2] : "", group);
    }

    /// <summary>The column name of a key in an export, in "fr" or "en".</summary>
    public static string Label(string key, string language)
    {
        int at = language.StartsWith("fr", StringComparison.OrdinalIgnoreCase) ? 0 : 1;
        int hash = key.StartsWith(CustomPrefix, StringComparison.Ordinal) ? -1 : key.IndexOf('#');
        string number = hash > 0 ? " " + key[(hash + 1)..] : "";
        string bare = hash > 0 ? key[..hash] : key;
        if (number == " 1") number = "";
        if (Names.TryGetValue(bare, out var names)) return names[at] + number;
        var parts = bare.Split('.');
        if (parts.Length < 2 || !Names.TryGetValue("noun." + parts[0], out var noun) || !Names.TryGetValue("cat." + parts[1], out var category)) return key;
        string label = $"{noun[at]} ({category[at]})";
        return (parts.Length > 2 ? $"{label} - {Names["part." + parts[2]][at]}" : label) + number;
    }

    /// <summary>The name of a category or a network, in "fr" or "en".</summary>
    public static string Category(string category, string language) => Label((Networks.Contains(category) ? "social." : "cat.") + category, language);

    /// <summary>The key whose column name this is in an export of Liaison, in either language.</summary>
    public static string? FromLabel(string header)
    {
        header = header.Trim();
        if (header.StartsWith(CustomPrefix, StringComparison.Ordinal)) return Parse(header)?.Key;
        if (ByLabel.TryGetValue(header, out var key)) return key;
        int blank = header.LastIndexOf(' ');
        return blank > 0 && int.TryParse(header.AsSpan(blank + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int group)
            && group > 1 && ByLabel.TryGetValue(header[..blank], out key) ? $"{key}#{group}" : null;
    }
}

/// <summary>The word lists that belong to the assembly.</summary>
internal static class ReadingResource
{
    public static IEnumerable<string> Lines(string name)
    {
        var assembly = typeof(ReadingResource).Assembly;
        using var stream = assembly.GetManifestResourceStream("Liaison.Exchange.Reading." + name)!;
        using var reader = new StreamReader(stream);
        var lines = new List<string>();
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#') lines.Add(line);
        }

        return lines;
    }
}
