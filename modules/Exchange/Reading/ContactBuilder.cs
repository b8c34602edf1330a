namespace Liaison.Exchange.Reading;

/// <summary>Collects the fields of one contact, strictly: what cannot be read is reported with its text and never changed.</summary>
internal sealed class ContactBuilder(long number, long line)
{
    public static readonly char[] Blanks = [' ', '\t', '\r', '\n', '\u00A0', '\u202F', '\u200B', '\uFEFF'];

    private readonly ImportedContact _contact = new() { Number = number, Line = line };
    private List<AddressDraft>? _addresses;
    private string _fullName = "";
    private string? _kind;

    public void Problem(string field, string text, string code, bool refuses = true) => _contact.Problems.Add(new RowProblem(field, text, code, refuses));

    public void Broken(FileProblemKind kind, string[] cells)
    {
        var (code, text) = kind switch
        {
            FileProblemKind.QuoteNeverClosed => (RowProblemCodes.QuoteNeverClosed, Array.Find(cells, c => c.StartsWith('"') || c.StartsWith('\'')) ?? ""),
            FileProblemKind.ExtraCells => (RowProblemCodes.ExtraCells, cells[^1]),
            FileProblemKind.Nul => (RowProblemCodes.Nul, Array.Find(cells, c => c.Contains('\0')) ?? ""),
            _ => (RowProblemCodes.CellTooLarge, ""),
        };
        Problem(ImportFields.Ignore, text.Length > 200 ? text[..200] : text, code);
    }

    public void Add(ImportField field, string category, string text, bool main)
    {
        var c = _contact;
        if (field.GivesPrimary)
        {
            Prefer(field, text);
            return;
        }

        switch (field.Kind)
        {
            case FieldKind.Kind: ReadKind(field, text); break;
            case FieldKind.FullName: if (_fullName.Length == 0) _fullName = Fit(field, text, 500); break;
            case FieldKind.FirstName: if (c.FirstName.Length == 0) c.FirstName = Fit(field, text, 200); break;
            case FieldKind.LastName: if (c.LastName.Length == 0) c.LastName = Fit(field, text, 200); break;
            case FieldKind.CompanyName: if (c.CompanyName.Length == 0) c.CompanyName = Fit(field, text, 200); break;
            case FieldKind.JobTitle: if (c.JobTitle.Length == 0) c.JobTitle = Fit(field, text, 200); break;
            case FieldKind.Industry: if (c.Industry.Length == 0) c.Industry = Fit(field, text, 200); break;
            case FieldKind.Description: c.Description = Fit(field, c.Description.Length == 0 ? text : c.Description + "\n" + text, 65_000); break;
            case FieldKind.Type: if (c.Type.Length == 0) c.Type = Fit(field, text, 200); break;
            case FieldKind.Temperature: if (c.Temperature.Length == 0) c.Temperature = Fit(field, text, 200); break;
            case FieldKind.Responsible: if (c.Responsible.Length == 0) c.Responsible = text; break;
            case FieldKind.Access: if (c.Access.Length == 0) c.Access = text; break;
            case FieldKind.Currency: if (c.Currency.Length == 0) c.Currency = Fit(field, text, 20); break;
            case FieldKind.Id: if (c.Id.Length == 0) c.Id = text; break;
            case FieldKind.Custom: c.Custom.TryAdd(field.Category, text); break;
            case FieldKind.Tags: AddTags(field, text); break;
            case FieldKind.Email: AddEmails(field, category, text, main); break;
            case FieldKind.Phone: AddPhones(field, category, text, main); break;
            case FieldKind.Website: AddValues(c.Websites, field, category, text, main, 2000); break;
            case FieldKind.Social: AddValues(c.Socials, field, category, text, main, 500); break;
            case FieldKind.Address: Draft(field, category, main).Put(field.Part, Fit(field, text, field.Part == "street" ? 1000 : 200)); break;
        }
    }

    public ImportedContact Finish(bool any)
    {
        var c = _contact;
        Main(c.Emails);
        Main(c.Phones);
        Main(c.Websites);
        Main(c.Socials);
        Addresses();
        Names();
        if (!any) Problem(ImportFields.Ignore, "", RowProblemCodes.Empty);
        else if (c.FirstName.Length + c.LastName.Length + c.CompanyName.Length == 0) NameFromElsewhere();
        c.Kind = c.FirstName.Length + c.LastName.Length > 0 ? "person" : c.CompanyName.Length > 0 ? "company" : _kind ?? "person";
        return c;
    }

    private string Fit(ImportField field, string text, int most)
    {
        if (text.Length > most) Problem(field.Key, text.Length > 200 ? text[..200] : text, RowProblemCodes.TextTooLong);
        return text;
    }

    private void ReadKind(ImportField field, string text)
    {
        _kind = KindWords.Read(text);
        if (_kind is null) Problem(field.Key, text, RowProblemCodes.KindUnknown, false);
    }

    private void AddEmails(ImportField field, string category, string text, bool main)
    {
        if (IsPlaceholder(text))
        {
            Problem(field.Key, text, RowProblemCodes.Placeholder, false);
            return;
        }

        foreach (var email in EmailText.Split(text))
        {
            if (!EmailText.IsValid(email))
            {
                Problem(field.Key, email, RowProblemCodes.EmailInvalid);
                continue;
            }

            if (!_contact.Emails.Exists(e => string.Equals(e.Value, email, StringComparison.OrdinalIgnoreCase)))
                _contact.Emails.Add(new ImportedValue(category, email, main));
            main = false;
        }
    }

    private void AddPhones(ImportField field, string category, string text, bool main)
    {
        foreach (var phone in Parts(text))
        {
            if (phone.Contains("E+", StringComparison.OrdinalIgnoreCase) && char.IsAsciiDigit(phone[0]) && char.IsAsciiDigit(phone[^1]))
                Problem(field.Key, phone, RowProblemCodes.PhoneDamaged, false);
            AddValue(_contact.Phones, category, Fit(field, phone, 200), main);
            main = false;
        }
    }

    private void AddValues(List<ImportedValue> list, ImportField field, string category, string text, bool main, int most)
    {
        foreach (var value in Parts(text)) AddValue(list, category, Fit(field, value, most), main);
    }

    private static void AddValue(List<ImportedValue> list, string category, string value, bool main)
    {
        if (!list.Exists(v => v.Category == category && string.Equals(v.Value, value, StringComparison.OrdinalIgnoreCase)))
            list.Add(new ImportedValue(category, value, main));
    }

    // Google joins several values with " ::: "; others put them on lines of their own.
    private static IEnumerable<string> Parts(string text) =>
        text.Contains(":::", StringComparison.Ordinal) || text.Contains('\n') || text.Contains('\r')
            ? text.Split([":::", "\n", "\r"], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            : [text];

    private void AddTags(ImportField field, string text)
    {
        foreach (var tag in TagText.Split(text)) AddTag(field, tag);
    }

    /// <summary>Adds one tag, commas and all. Google's own groups are no tags.</summary>
    public void AddTag(ImportField field, string tag)
    {
        if (tag is "* My Contacts" or "* myContacts" or "* starred" or "") return;
        if (tag.StartsWith("* ", StringComparison.Ordinal)) tag = tag[2..];
        if (!_contact.Tags.Contains(tag, StringComparer.OrdinalIgnoreCase)) _contact.Tags.Add(Fit(field, tag, 200));
    }

    private AddressDraft Draft(ImportField field, string category, bool main)
    {
        _addresses ??= [];
        var draft = _addresses.Find(a => a.Key == field.Category && a.Group == field.Group);
        if (draft is null) _addresses.Add(draft = new AddressDraft(field.Category, field.Group) { Category = category });
        draft.Main |= main;
        return draft;
    }

    private void Prefer(ImportField field, string text)
    {
        if (field.Kind == FieldKind.Address)
        {
            int blank = text.LastIndexOf(' ');
            int group = blank > 0 && int.TryParse(text.AsSpan(blank + 1), out int n) ? n : 1;
            string category = CategoryWords.Read(FieldKind.Address, group > 1 ? text[..blank] : text);
            var address = _addresses?.Find(a => a.Category == category && a.Group == group);
            if (address is not null) address.Main = true;
            return;
        }

        var list = field.Kind switch { FieldKind.Email => _contact.Emails, FieldKind.Phone => _contact.Phones, FieldKind.Website => _contact.Websites, _ => _contact.Socials };
        int at = list.FindIndex(v => string.Equals(v.Value, text, StringComparison.OrdinalIgnoreCase));
        if (at >= 0) list[at] = list[at] with { Primary = true };
        else if (field.Kind != FieldKind.Social) Add(field with { Category = "work" }, "work", text, true);
    }

    private static void Main(List<ImportedValue> list)
    {
        if (list.Count == 0) return;
        int first = Math.Max(0, list.FindIndex(v => v.Primary));
        for (int i = 0; i < list.Count; i++)
        {
            if (list[i].Primary != (i == first)) list[i] = list[i] with { Primary = i == first };
        }
    }

    private void Addresses()
    {
        if (_addresses is null) return;
        int first = Math.Max(0, _addresses.FindIndex(a => a.Main));
        for (int i = 0; i < _addresses.Count; i++) _contact.Addresses.Add(_addresses[i].Finish(i == first));
    }

    private void Names()
    {
        var c = _contact;
        string full = _fullName;
        if (_kind == "company")
        {
            if (full.Length > 0) c.CompanyName = full;
            else if (c.CompanyName.Length == 0 && c.FirstName.Length == 0) c.CompanyName = c.LastName;
            if (c.CompanyName.Length > 0) c.FirstName = c.LastName = "";
            return;
        }

        if (full.Length == 0) return;
        if (c.FirstName.Length == 0 && c.LastName.Length == 0)
        {
            if (_kind is null && c.CompanyName.Length == 0 && PersonNames.LooksLikeCompany(full)) c.CompanyName = full;
            else if (_kind is not null || !string.Equals(full, c.CompanyName, StringComparison.OrdinalIgnoreCase)) (c.FirstName, c.LastName) = PersonNames.Split(full);
        }
        else if (c.LastName.Length == 0)
        {
            c.LastName = Without(full, c.FirstName);
        }
        else if (c.FirstName.Length == 0 && full.EndsWith(c.LastName, StringComparison.OrdinalIgnoreCase))
        {
            c.FirstName = PersonNames.Split(full).First;
        }
        else if (c.CompanyName.Length == 0 && Stranger(full))
        {
            c.CompanyName = full;
        }
    }

    private static string Without(string full, string first)
    {
        if (full.StartsWith(first + " ", StringComparison.OrdinalIgnoreCase)) return full[(first.Length + 1)..].Trim();
        if (full.EndsWith(" " + first, StringComparison.OrdinalIgnoreCase)) return full[..^(first.Length + 1)].Trim(' ', ',');
        return string.Equals(full, first, StringComparison.OrdinalIgnoreCase) ? "" : full;
    }

    // The name of the customer next to the name of its contact person, not another spelling of the person.
    private bool Stranger(string full)
    {
        bool first = full.Contains(_contact.FirstName, StringComparison.OrdinalIgnoreCase), last = full.Contains(_contact.LastName, StringComparison.OrdinalIgnoreCase);
        if (first && last) return false;
        return PersonNames.LooksLikeCompany(full) || (!first && !last && full.Contains(' ') && !full.Contains('@'));
    }

    private void NameFromElsewhere()
    {
        var c = _contact;
        string? name = c.Emails.Find(e => e.Primary)?.Value ?? c.Phones.Find(p => p.Primary)?.Value;
        if (name is null)
        {
            if (!c.Refused) Problem(ImportFields.LastName, "", RowProblemCodes.NoName);
        }
        else if (_kind == "company")
        {
            c.CompanyName = name;
        }
        else
        {
            c.LastName = name;
        }
    }

    private static bool IsPlaceholder(string text) =>
        text is "-" or "--" or "." or "?" or "\\N" || text.Equals("n/a", StringComparison.OrdinalIgnoreCase) || text.Equals("null", StringComparison.OrdinalIgnoreCase)
        || text.Equals("none", StringComparison.OrdinalIgnoreCase) || text.Equals("aucun", StringComparison.OrdinalIgnoreCase) || text.Equals("na", StringComparison.OrdinalIgnoreCase);
}
