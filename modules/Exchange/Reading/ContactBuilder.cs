using Liaison.Kernel.Texts;

namespace Liaison.Exchange.Reading;

/// <summary>Collects the fields of one contact, strictly: what cannot be read is reported with its text and never changed.</summary>
/// <param name="number">Number of the row or card.</param>
/// <param name="line">Line on which it begins.</param>
/// <param name="isLiteral">No cell holds several values or the signs of another program.</param>
/// <param name="isCreatedInUtc">The column that says when it was created names UTC.</param>
/// <param name="hasContactPerson">First and last name are those of the person one talks to at the customer whose name is given in one piece.</param>
internal sealed class ContactBuilder(long number, long line, bool isLiteral = false, bool hasContactPerson = false, bool isCreatedInUtc = false)
{
    private const int LongestValue = 500;
    private const int MostGroups = 1000;

    public static readonly char[] Blanks = [' ', '\t', '\r', '\n', '\u00A0', '\u202F', '\u200B', '\uFEFF'];

    private readonly ImportedContact _contact = new() { Number = number, Line = line, IsCreatedInUtc = isCreatedInUtc };
    private List<string>? _aside;
    private List<AddressDraft>? _addresses;
    private ContactNames? _names;
    private bool _phoneIsChosen;
    private string? _named;

    private ContactNames Names => _names ??= new(_contact, hasContactPerson, isLiteral);

    public void Problem(string field, string text, string code, bool refuses = true) => _contact.Problems.Add(new RowProblem(field, text, code, refuses));

    public void Broken(FileProblemKind kind, string[] cells)
    {
        var (code, text) = kind switch
        {
            FileProblemKind.QuoteNeverClosed => (RowProblemCodes.QuoteNeverClosed, Array.Find(cells, c => c.StartsWith('"') || c.StartsWith('\'')) ?? ""),
            FileProblemKind.ExtraCells => (RowProblemCodes.ExtraCells, cells[^1]),
            FileProblemKind.Section => (RowProblemCodes.Section, Array.Find(cells, c => !string.IsNullOrWhiteSpace(c)) ?? ""),
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
            case FieldKind.FullName: AddName(field, text); break;
            case FieldKind.FirstName when field.Group > 1: Fit(field, Names.Middle(text), 200); break;
            case FieldKind.FirstName: c.FirstName = One(field, c.FirstName, text, 200); break;
            case FieldKind.LastName: c.LastName = One(field, c.LastName, text, 200); break;
            case FieldKind.CompanyName: c.CompanyName = One(field, c.CompanyName, text, 300); break;
            case FieldKind.JobTitle: c.JobTitle = One(field, c.JobTitle, text, 200); break;
            case FieldKind.Industry: c.Industry = One(field, c.Industry, text, 200); break;
            case FieldKind.Description: c.Description = c.Description.Length == 0 ? text : c.Description + "\n" + text; break;
            case FieldKind.Type: c.Type = One(field, c.Type, text, 200); break;
            case FieldKind.Temperature: c.Temperature = One(field, c.Temperature, text, 200); break;
            case FieldKind.Responsible: if (c.Responsible.Length == 0) c.Responsible = text; break;
            case FieldKind.Access: if (c.Access.Length == 0) c.Access = text; break;
            case FieldKind.Currency: c.Currency = One(field, c.Currency, text, 20); break;
            case FieldKind.Id: if (c.Id.Length == 0) c.Id = text; break;
            case FieldKind.Created: if (c.CreatedAt.Length == 0) c.CreatedAt = text; break;
            case FieldKind.Custom: c.Custom.TryAdd(field.Category, text); break;
            case FieldKind.Tags: AddTags(field, text); break;
            case FieldKind.Email: AddEmails(field, category, text, main); break;
            case FieldKind.Phone: AddPhones(field, category, text, main); break;
            case FieldKind.Website: AddWebsites(field, category, text, main); break;
            case FieldKind.Social: AddSocials(field, category, text, main); break;
            case FieldKind.Address: AddAddress(field, category, text, main); break;
        }
    }

    public ImportedContact Finish(bool any)
    {
        var c = _contact;
        if (_named is not null) AddEmails(ImportFields.Parse("email.work")!, "work", _named, false);
        MainValues.Settle(c.Emails);
        MainValues.Settle(c.Phones, _phoneIsChosen ? null : "fax");
        MainValues.Settle(c.Websites);
        MainValues.Settle(c.Socials);
        Addresses();
        Names.Settle();
        Aside();
        if (!any) Problem(ImportFields.Ignore, "", RowProblemCodes.Empty);
        else if (c.FirstName.Length + c.LastName.Length + c.CompanyName.Length == 0 && !c.Refused) Problem(ImportFields.LastName, "", RowProblemCodes.NoName);
        return c;
    }

    // The first value of a field that takes one. Google joins several with " ::: ".
    private string One(ImportField field, string before, string text, int most)
    {
        if (!isLiteral && text.Contains(":::", StringComparison.Ordinal) && Parts(text).ToArray() is { Length: > 0 } parts)
        {
            foreach (var more in parts.Skip(1)) SetAside(field, more);
            text = parts[0];
        }

        if (before.Length == 0) return Fit(field, text, most);
        if (!string.Equals(before, text, StringComparison.OrdinalIgnoreCase)) Problem(field.Key, text, RowProblemCodes.SecondValue, false);
        return before;
    }

    private void SetAside(ImportField field, string text)
    {
        Problem(field.Key, text.Length > 200 ? text[..200] : text, RowProblemCodes.InDescription, false);
        (_aside ??= []).Add(text);
    }

    private void Aside()
    {
        if (_aside is not null) _contact.Description = string.Join('\n', _contact.Description.Length == 0 ? _aside : _aside.Prepend(_contact.Description));
        Fit(ImportFields.Parse(ImportFields.Description)!, _contact.Description, 65_000);
    }

    private string Fit(ImportField field, string text, int most)
    {
        if (text.Length > most) Problem(field.Key, text.Length > 200 ? text[..200] : text, RowProblemCodes.TextTooLong);
        return text;
    }

    private void ReadKind(ImportField field, string text)
    {
        Names.Kind = KindWords.Read(text);
        Names.KindIsFlag = KindWords.IsFlag(text);
        if (Names.Kind is null) Problem(field.Key, text, RowProblemCodes.KindUnknown, false);
    }

    // "Ann Roe <ann@x.org>" as mail programs write it, or the address alone.
    private void AddName(ImportField field, string text)
    {
        if (!isLiteral && EmailText.Named(text) is { } named) (text, _named) = (named.Name, named.Email);
        if (text.Length > 0) Names.Full(Fit(field, text, 500), field.Part == "last");
    }

    private void AddEmails(ImportField field, string category, string text, bool main)
    {
        foreach (var email in text.Contains('@') ? EmailText.Split(text) : [text])
        {
            // "ann@x.org (pro)": a remark is no address.
            if (!isLiteral && email is ['(', .., ')'] && !email.Contains('@'))
            {
                SetAside(field, email[1..^1]);
                continue;
            }

            if (!EmailText.IsValid(email))
            {
                Problem(field.Key, email, RowProblemCodes.EmailInvalid);
                continue;
            }

            if (!Has(_contact.Emails, null, email)) _contact.Emails.Add(new ImportedValue(category, email, main));
            main = false;
        }
    }

    private void AddPhones(ImportField field, string category, string text, bool main)
    {
        foreach (var part in Parts(text))
        {
            foreach (var phone in isLiteral ? [part] : PhoneText.Split(part))
            {
                AddPhone(field, category, phone, main);
                main = false;
            }
        }
    }

    private void AddPhone(ImportField field, string category, string part, bool main)
    {
        (string phone, category) = isLiteral ? (part, category) : PhoneText.Apart(part, category);
        if (phone.Contains("E+", StringComparison.OrdinalIgnoreCase) && char.IsAsciiDigit(phone[0]) && char.IsAsciiDigit(phone[^1]))
            Problem(field.Key, phone, RowProblemCodes.PhoneDamaged, false);
        if (phone.Length > LongestValue) SetAside(field, phone);
        else AddValue(_contact.Phones, category, phone, main);
    }

    private void AddWebsites(ImportField field, string category, string text, bool main)
    {
        foreach (var value in Parts(text))
        {
            if (WebText.Split(value) is not { } sites) SetAside(field, value);
            else foreach (var site in sites) AddValue(_contact.Websites, category, site, main);
        }
    }

    private void AddSocials(ImportField field, string category, string text, bool main)
    {
        foreach (var value in Parts(text)) AddValue(_contact.Socials, category, Fit(field, value, LongestValue), main);
    }

    private static void AddValue(List<ImportedValue> list, string category, string value, bool main)
    {
        if (!Has(list, category, value)) list.Add(new ImportedValue(category, value, main));
    }

    // Here and below loops in place of predicates: these would be objects of their own for each cell of a file.
    private static bool Has(List<ImportedValue> list, string? category, string value)
    {
        foreach (var known in list)
            if ((category is null || known.Category == category) && string.Equals(known.Value, value, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }

    // Google joins several values with " ::: "; others put them on lines of their own.
    private string[] Parts(string text) =>
        !isLiteral && text.Contains(":::", StringComparison.Ordinal) || text.Contains('\n') || text.Contains('\r')
            ? text.Split(isLiteral ? ["\n", "\r"] : [":::", "\n", "\r"], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            : [text];

    private void AddTags(ImportField field, string text)
    {
        bool google = !isLiteral && text.Contains(" ::: ", StringComparison.Ordinal);
        foreach (var tag in WordList.SplitCell(text)) AddTag(field, google && tag.StartsWith("* ", StringComparison.Ordinal) && !IsOwnGroup(tag) ? tag[2..] : tag);
    }

    /// <summary>Adds one tag, commas and all. Google's own groups are no tags.</summary>
    public void AddTag(ImportField field, string tag)
    {
        if (tag.Length > 0 && !IsOwnGroup(tag) && !_contact.Tags.Contains(tag, StringComparer.OrdinalIgnoreCase)) _contact.Tags.Add(Fit(field, tag, 100));
    }

    private static bool IsOwnGroup(string tag) => tag is "* My Contacts" or "* myContacts" or "* starred" or "myContacts" or "My Contacts" or "Starred in Android";

    // Google joins the parts of several addresses too: the second street belongs to the second city.
    private void AddAddress(ImportField field, string category, string text, bool main)
    {
        if (isLiteral || !text.Contains(":::", StringComparison.Ordinal))
        {
            text = isLiteral ? text : text.Trim();
            if (text.Length > 0) Part(field, category, text, main);
            return;
        }

        string[] parts = text.Split(":::", StringSplitOptions.TrimEntries);
        for (int i = 0; i < parts.Length; i++)
        {
            if (parts[i].Length == 0) continue;
            var group = i == 0 ? field : field with { Group = field.Group + (MostGroups * i) };
            Part(group, category, parts[i], main && i == 0);
        }
    }

    private void Part(ImportField field, string category, string text, bool main)
    {
        if (!Draft(field, category, main).Put(field.Part, Fit(field, field.Part == "zip" && !isLiteral ? PhoneText.Digits(text, orLetters: true) : text, LongestValue))) Problem(field.Key, text, RowProblemCodes.SecondValue, false);
    }

    private AddressDraft Draft(ImportField field, string category, bool main)
    {
        _addresses ??= [];
        AddressDraft? draft = null;
        foreach (var known in _addresses)
        {
            if (known.Key == field.Category && known.Group == field.Group)
            {
                draft = known;
                break;
            }
        }

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

        _phoneIsChosen |= field.Kind == FieldKind.Phone;
        var list = field.Kind switch { FieldKind.Email => _contact.Emails, FieldKind.Phone => _contact.Phones, FieldKind.Website => _contact.Websites, _ => _contact.Socials };
        int at = list.FindIndex(v => string.Equals(v.Value, text, StringComparison.OrdinalIgnoreCase));
        if (at >= 0) list[at].Primary = true;
        else if (field.Kind != FieldKind.Social) Add(field with { Category = "work" }, "work", text, true);
    }

    private void Addresses()
    {
        if (_addresses is null) return;
        int first = _addresses.FindIndex(a => a.Main);
        if (first < 0) first = Math.Max(0, _addresses.FindIndex(a => a.Category != "other"));
        for (int i = 0; i < _addresses.Count; i++) _contact.Addresses.Add(_addresses[i].Finish(i == first));
    }
}
