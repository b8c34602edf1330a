namespace Liaison.Exchange.Reading;

/// <summary>Collects the properties of one card as target keys.</summary>
internal sealed class CardFields
{
    private readonly List<(VCardProperty Property, string Key, string Value, bool Main)> _values = [];
    private readonly Dictionary<string, string> _labels = new(StringComparer.Ordinal);
    private readonly HashSet<string> _alternatives = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _addresses = new(StringComparer.Ordinal);
    private readonly List<(VCardProperty Property, List<string> Parts)> _adr = [];
    private readonly SortedSet<string> _leftOut = new(StringComparer.Ordinal);
    private string _full = "";
    private string _role = "";
    private bool _named, _company, _titled;

    // What cards say of themselves, or say twice.
    private static readonly HashSet<string> Bookkeeping = new(StringComparer.Ordinal)
    {
        "PRODID", "REV", "UID", "SOURCE", "PROFILE", "NAME", "CLASS", "MAILER", "LABEL", "SORT-STRING", "CLIENTPIDMAP", "XML", "LANGUAGE", "X-ABUID", "X-ABADR", "X-ABRELATEDNAMES-LABEL",
        "X-EVOLUTION-FILE-AS", "X-MS-OL-DESIGN", "X-MS-OL-DEFAULT-POSTAL-ADDRESS", "X-IMAGETYPE", "X-IMAGEHASH", "X-SHARED-PHOTO-DISPLAY-PREF", "X-ADDRESSING-GRAMMAR",
    };

    // They say nothing of the place, and most cards have them.
    private static readonly HashSet<string> UsualTypes = new(StringComparer.Ordinal) { "internet", "pref", "voice", "msg", "text", "video", "pager", "car", "other", "x400", "dom", "intl" };

    /// <summary>The properties of which no field was made.</summary>
    public IReadOnlyCollection<string> LeftOut => _leftOut;

    /// <summary>The card lists others and is no contact.</summary>
    public bool IsGroup { get; private set; }

    public void Add(VCardProperty property, VCardDecoding decoding)
    {
        // Alternatives are the same value in another language or form.
        if (property.Parameter("ALTID") is { } alternative && !_alternatives.Add($"{property.Name}/{alternative}")) return;
        switch (property.Name)
        {
            case "FN": if (_full.Length == 0) _full = decoding.Text(property).Trim(); break;
            case "N": Name(property, decoding.Parts(property)); break;
            case "ORG": Organisation(property, decoding.Parts(property)); break;
            case "TITLE": _titled |= Once(property, ImportFields.JobTitle, decoding.Text(property), _titled); break;
            case "ROLE": if (_role.Length == 0) _role = decoding.Text(property); break;
            case "NOTE": Put(property, ImportFields.Description, decoding.Text(property)); break;
            case "CREATED": Put(property, ImportFields.CreatedAt, decoding.Text(property)); break;
            case "CATEGORIES" or "X-GROUP-MEMBERSHIP": foreach (var tag in decoding.Items(property)) Put(property, ImportFields.Tags, tag); break;
            case "EMAIL": Put(property, "email." + Place(property), WithoutScheme(decoding.Text(property), "mailto:")); break;
            case "TEL": Put(property, "phone." + Phone(property), Telephone(decoding.Text(property))); break;
            case "URL": Website(property, decoding.Text(property)); break;
            // Its label stands behind it.
            case "ADR": _adr.Add((property, decoding.Parts(property))); break;
            case "KIND" or "X-ADDRESSBOOKSERVER-KIND":
                if (property.Value.Trim().Equals("org", StringComparison.OrdinalIgnoreCase)) Put(property, ImportFields.Kind, "company");
                IsGroup |= property.Value.Trim().Equals("group", StringComparison.OrdinalIgnoreCase);
                break;
            // The status follows from what is recorded: a card cannot set it.
            case "X-LIAISON-TYPE" or "X-LIAISON-TEMPERATURE" or "X-LIAISON-CURRENCY" or "X-LIAISON-INDUSTRY" or "X-LIAISON-RESPONSIBLE" or "X-LIAISON-ACCESS": Put(property, property.Name[10..].ToLowerInvariant(), decoding.Text(property)); break;
            // Liaison's own cards say which of them are different contacts, however alike they are.
            case "UID" when decoding.Text(property) is var uid && uid.StartsWith(VCardWriter.OwnUid, StringComparison.Ordinal): Put(property, ImportFields.Id, uid[VCardWriter.OwnUid.Length..]); break;
            case "X-ABSHOWAS": if (property.Value.Trim().Equals("COMPANY", StringComparison.OrdinalIgnoreCase)) Put(property, ImportFields.Kind, "company"); break;
            case "AGENT": Inside(property, decoding); break;
            case "X-ABLABEL": _labels[property.Group] = Bare(decoding.Text(property)); break;
            default: if (!Social(property, decoding) && property.Value.Trim().Length > 0 && !Bookkeeping.Contains(property.Name)) _leftOut.Add(property.Name); break;
        }
    }

    public IReadOnlyList<(string Key, string Value, bool Main)> Finish()
    {
        foreach (var (property, parts) in _adr) Address(property, parts);
        var fields = new List<(string, string, bool)>(_values.Count + 2);
        bool company = _values.Exists(v => v.Key == ImportFields.Kind);
        // The name of a company stands under that of a person too, where a program knows no other: Liaison does, and means what it writes.
        if (!company && _named && _company && SameAsCompany() && !_values.Exists(v => v.Key is ImportFields.FirstName or ImportFields.Id)
            && _values.Exists(v => v.Key == ImportFields.LastName && string.Equals(v.Value, _full, StringComparison.OrdinalIgnoreCase))) fields.Add((ImportFields.Kind, "company", false));
        if (_full.Length > 0 && !_named && !(_company && SameAsCompany()) && !(company && _company)) fields.Add((ImportFields.FullName, _full, false));
        foreach (var (property, key, value, main) in _values)
        {
            fields.Add((Labelled(property, key), value, main));
        }

        if (!_titled && _role.Trim().Length > 0) fields.Add((ImportFields.JobTitle, _role, false));
        if (_titled && _role.Trim().Length > 0) _leftOut.Add("ROLE");
        return fields;
    }

    /// <summary>The name of the card; empty when it has none.</summary>
    public string Called => _full.Length > 0 ? _full : string.Join(' ', new[] { ImportFields.FirstName, ImportFields.LastName }.SelectMany(key => _values.Where(v => v.Key == key).Select(v => v.Value)));

    /// <summary>Keeps the name of whoever speaks for the contact.</summary>
    public void Agent(VCardProperty property, string name)
    {
        if (name.Length > 0) Put(property, ImportFields.Description, "Agent: " + name);
    }

    // From version 3.0 on the card of an agent is a text.
    private void Inside(VCardProperty property, VCardDecoding decoding)
    {
        var lines = decoding.Text(property).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (lines is not [var first, ..] || !first.Equals("BEGIN:VCARD", StringComparison.OrdinalIgnoreCase)) return;
        var agent = new CardFields();
        foreach (string line in lines) if (VCardProperty.Parse(line) is { Name: "FN" or "N" } named) agent.Add(named, new VCardDecoding(null));
        Agent(property, agent.Called);
    }

    private bool SameAsCompany() => _values.Exists(v => v.Key == ImportFields.CompanyName && string.Equals(v.Value, _full, StringComparison.OrdinalIgnoreCase));

    private void Put(VCardProperty property, string key, string value, bool? main = null)
    {
        if (value.Trim().Length > 0) _values.Add((property, key, value.Trim(), main ?? IsMain(property)));
    }

    private bool Once(VCardProperty property, string key, string value, bool already)
    {
        if (!already) Put(property, key, value);
        else _leftOut.Add(property.Name + " (2)");
        return value.Trim().Length > 0;
    }

    private static bool IsMain(VCardProperty property) => property.Has("pref") || property.Parameter("PREF") is "1" or "";

    private void Name(VCardProperty property, List<string> parts)
    {
        if (_named) return;
        if (parts.Count > 1) Put(property, ImportFields.FirstName, string.Join(' ', parts.Skip(1).Take(2).Where(p => p.Length > 0).Select((p, i) => i == 0 ? p : p.Replace(',', ' '))));
        Put(property, ImportFields.LastName, parts[0]);
        _named = parts.Take(2).Any(p => p.Length > 0);
    }

    private void Organisation(VCardProperty property, List<string> parts)
    {
        // A second company, and what a company is divided into.
        if (_company) _leftOut.Add("ORG (2)");
        else Put(property, ImportFields.CompanyName, parts[0]);
        _company |= parts[0].Length > 0;
        if (parts.Skip(1).Any(p => p.Length > 0)) _leftOut.Add("ORG (unit)");
    }

    private void Address(VCardProperty property, List<string> parts)
    {
        string category = Own(property, "address") ?? (property.Has("home") ? "home" : property.Has("work") ? "work" : property.Has("postal") || property.Has("parcel") ? "postal"
            : CategoryOfLabel(property, FieldKind.Address) ?? OwnWords(property, FieldKind.Address));
        int group = _addresses[category] = _addresses.GetValueOrDefault(category) + 1;
        string suffix = group > 1 ? $"#{group}" : "";
        bool main = IsMain(property);
        string Part(int at) => at < parts.Count ? parts[at] : "";
        // The post box and the second line come before the street in the card, behind it in an address.
        string street = string.Join('\n', new[] { Part(2), Part(1), Part(0) }.Where(p => p.Length > 0));
        Put(property, $"address.{category}.street{suffix}", street, main);
        Put(property, $"address.{category}.city{suffix}", Part(3), main);
        Put(property, $"address.{category}.state{suffix}", Part(4), main);
        Put(property, $"address.{category}.zip{suffix}", Part(5), main);
        Put(property, $"address.{category}.country{suffix}", Part(6), main);
    }

    private void Website(VCardProperty property, string url) =>
        Put(property, ColumnValues.Network(url) is { } network ? "social." + network : "website." + (Own(property, "website") ?? (property.Types.Count == 0 && property.Group.Length == 0 ? "work" : Place(property))), url);

    private bool Social(VCardProperty property, VCardDecoding decoding)
    {
        string? network = property.Name switch
        {
            "X-SKYPE" or "X-SKYPE-USERNAME" or "X-SKYPE-ID" => "skype",
            "X-AIM" => "aim",
            "X-ICQ" => "icq",
            "X-JABBER" or "X-XMPP" => "jabber",
            "X-MSN" => "msn",
            "X-YAHOO" => "yahoo",
            "X-GTALK" or "X-GOOGLE-TALK" => "gmail",
            "X-TWITTER" => "x",
            "X-LINKEDIN" => "linkedin",
            "X-FACEBOOK" => "facebook",
            "IMPP" or "X-SOCIALPROFILE" or "SOCIALPROFILE" => "",
            _ => null,
        };
        if (network is null) return false;
        string value = decoding.Text(property).Trim();
        if (network.Length == 0)
        {
            int colon = value.IndexOf(':');
            string scheme = colon > 0 ? value[..colon].ToLowerInvariant() : "";
            string service = (property.Parameter("X-SERVICE-TYPE") ?? property.Parameter("SERVICE-TYPE") ?? property.Types.FirstOrDefault(t => Known(t) is not null) ?? scheme).ToLowerInvariant();
            network = Known(service) ?? Known(scheme) ?? ColumnValues.Network(value) ?? "";
            if (network.Length == 0) return false;
            // "skype:ann" names the service, "live:ann" is the account.
            if (Known(scheme) is not null || scheme is "x-apple") value = value[(colon + 1)..];
        }

        Put(property, "social." + network, value);
        return true;
    }

    private static string? Known(string service) => service switch
    {
        "twitter" or "x-twitter" => "x",
        "googletalk" or "gtalk" or "google" => "gmail",
        "xmpp" => "jabber",
        "ymsgr" => "yahoo",
        "msnim" => "msn",
        _ => ImportFields.Networks.Contains(service) ? service : null,
    };

    // What Liaison wrote itself: it knows more categories than cards have types.
    private static string? Own(VCardProperty property, string noun) =>
        property.Parameter("X-LIAISON") is { } category && ImportFields.Parse(noun == "address" ? $"address.{category}.city" : $"{noun}.{category}") is { GivesCategory: false, GivesPrimary: false } ? category : null;

    private static string Place(VCardProperty property) => property.Has("home") ? "home" : property.Has("work") ? "work" : OwnWords(property, FieldKind.Email);

    // Types that people named themselves: "TEL;X-Perso", "EMAIL;X-CUSTOM(Pro)", "TYPE=main".
    private static string OwnWords(VCardProperty property, FieldKind kind) =>
        property.Types.Where(t => !UsualTypes.Contains(t)).Select(t => CategoryWords.Read(kind, t)).FirstOrDefault(c => c != "other") ?? "other";

    private static string Phone(VCardProperty property) =>
        Own(property, "phone") ?? (property.Has("fax") ? "fax" : property.Has("cell") || property.Has("iphone") || property.Has("mobile") ? "mobile" : Place(property) is var place and not "other" ? place : OwnWords(property, FieldKind.Phone));

    private static string Telephone(string value)
    {
        // Only an address of a telephone has parameters; what was typed is kept as it is.
        if (WithoutScheme(value, "tel:") is var address && address == value.Trim()) return address;
        value = address;
        int extension = value.IndexOf(";ext=", StringComparison.OrdinalIgnoreCase);
        int end = value.IndexOf(';');
        string bare = end > 0 ? value[..end] : value;
        return extension > 0 ? $"{bare}x{value[(extension + 5)..].Split(';')[0]}" : bare;
    }

    private static string WithoutScheme(string value, string scheme)
    {
        value = value.Trim();
        return value.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) ? value[scheme.Length..] : value;
    }

    // item1.X-ABLabel:_$!<Work>!$_ names the kind of item1.TEL.
    private string Labelled(VCardProperty property, string key)
    {
        if (property.Group.Length == 0 || !key.EndsWith(".other", StringComparison.Ordinal) || !_labels.TryGetValue(property.Group, out var label)) return key;
        var kind = ImportFields.Parse(key)!.Kind;
        return key[..(key.IndexOf('.') + 1)] + CategoryWords.Read(kind, label);
    }

    private string? CategoryOfLabel(VCardProperty property, FieldKind kind) =>
        property.Group.Length > 0 && _labels.TryGetValue(property.Group, out var label) ? CategoryWords.Read(kind, label) : null;

    private static string Bare(string label) => label.Replace("_$!<", "", StringComparison.Ordinal).Replace(">!$_", "", StringComparison.Ordinal);
}
