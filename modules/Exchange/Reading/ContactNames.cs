namespace Liaison.Exchange.Reading;

/// <summary>
/// Decides from all names of a row whether it is a person or a company, and what is called how. Whoever has a first or last name is a person;
/// the column that tells persons from companies decides where there is but one name.
/// </summary>
internal sealed class ContactNames(ImportedContact contact, bool hasContactPerson, bool isLiteral)
{
    private string _full = "";
    private bool _lastFirst;

    /// <summary>The name in one piece; of several the first.</summary>
    public void Full(string text, bool lastFirst)
    {
        if (_full.Length == 0) (_full, _lastFirst) = (text, lastFirst);
    }

    /// <summary>"person", "company" or null, as the row says it.</summary>
    public string? Kind { get; set; }

    /// <summary>The row answers the question whether it is a company with yes or no, and does not merely sort it.</summary>
    public bool KindIsFlag { get; set; }

    /// <summary>A further first name; or what stands before the last name, as in "Vincent, van, Gogh".</summary>
    public string Middle(string text)
    {
        if (contact.LastName.Length > 0 && PersonNames.IsParticle(text)) return contact.LastName = text + " " + contact.LastName;
        return contact.FirstName = contact.FirstName.Length == 0 ? text : contact.FirstName + " " + text;
    }

    public void Settle()
    {
        var c = contact;
        if (!isLiteral && Kind is null && c.FirstName.Length + c.LastName.Length == 0 && !_lastFirst) c.WholeName = _full;
        // Odoo writes the company before the person: "Deco Addict, Floyd Steward".
        if (Kind != "company" && c.CompanyName.Length > 0 && _full.StartsWith(c.CompanyName + ", ", StringComparison.OrdinalIgnoreCase)) _full = _full[(c.CompanyName.Length + 2)..].Trim();
        else if (Kind != "company" && c.CompanyName.Length + c.FirstName.Length + c.LastName.Length == 0 && _full.IndexOf(", ", StringComparison.Ordinal) is > 0 and var comma && PersonNames.LooksLikeCompany(_full[..comma]) && !PersonNames.LooksLikeCompany(_full[(comma + 2)..]))
        {
            (c.CompanyName, _full) = (_full[..comma].Trim(), _full[(comma + 2)..].Trim());
        }
        else if (!isLiteral && Kind != "company" && c.CompanyName.Length + c.FirstName.Length + c.LastName.Length == 0 && PersonNames.Dashed(_full) is { } dashed)
        {
            (_full, c.CompanyName) = dashed;
        }

        if (Kind == "company") AsCompany();
        else if (_full.Length > 0) AsPerson();
        // "Roe, Ann" or "ROE Ann" under "Customer" is Ann Roe once more.
        if (c.FirstName.Length > 0 && c.LastName.Length > 0 && !isLiteral && Kind != "company" && IsOfPerson(c.CompanyName)) c.CompanyName = "";
        if (c.FirstName.Length + c.LastName.Length > 0)
        {
            c.Kind = "person";
            return;
        }

        string? reach = c.Emails.Find(e => e.Primary)?.Value ?? c.Phones.Find(p => p.Primary)?.Value;
        bool company = c.CompanyName.Length > 0;
        c.Kind = Kind == "company" || (company && (Kind != "person" || reach is null)) ? "company" : "person";
        if (company && c.Kind == "company" || reach is null) return;
        if (c.Kind == "company") c.CompanyName = reach;
        else c.LastName = reach;
    }

    private void AsCompany()
    {
        var c = contact;
        bool oneName = c.LastName.Length == 0 || Same(c.LastName, c.CompanyName) || (c.CompanyName.Length == 0 && (_full.Length == 0 || _full.Contains(c.LastName, StringComparison.OrdinalIgnoreCase)));
        if (c.FirstName.Length == 0 && oneName)
        {
            if (c.CompanyName.Length == 0) c.CompanyName = _full.Length > 0 ? _full : c.LastName;
            if (_full.Length > 0 && c.LastName.Length == 0 && !Same(_full, c.CompanyName))
            {
                // "Is a company: yes" beside another company, the one it belongs to; "business customer" beside the one where the person works.
                if (KindIsFlag || PersonNames.LooksLikeCompany(_full)) c.CompanyName = _full;
                else (c.FirstName, c.LastName) = PersonNames.Split(_full, _lastFirst);
                return;
            }

            c.LastName = "";
        }
        else if (_full.Length > 0)
        {
            AsPerson();
        }
    }

    private void AsPerson()
    {
        var c = contact;
        if (c.FirstName.Length == 0 && c.LastName.Length == 0)
        {
            if (Kind is null && c.CompanyName.Length == 0 && PersonNames.LooksLikeCompany(_full)) c.CompanyName = _full;
            else if (Kind is not null || !Same(_full, c.CompanyName)) (c.FirstName, c.LastName) = PersonNames.Split(_full, _lastFirst);
        }
        else if (c.LastName.Length == 0)
        {
            c.LastName = Without(_full, c.FirstName);
        }
        else if (c.FirstName.Length == 0 && _full.EndsWith(c.LastName, StringComparison.OrdinalIgnoreCase))
        {
            c.FirstName = PersonNames.Split(_full).First;
        }
        else if (c.CompanyName.Length == 0 && (hasContactPerson ? IsCustomer() : Kind == "company" && !Has(c.LastName) && PersonNames.LooksLikeCompany(_full)))
        {
            c.CompanyName = _full;
        }
        else if (!Has(c.FirstName) && !Has(c.LastName) && !Same(_full, c.CompanyName))
        {
            // Beside a first and a last name it is another spelling, a nickname or somebody else: never a company.
            c.Problems.Add(new RowProblem(ImportFields.FullName, _full, RowProblemCodes.SecondValue, false));
        }
    }

    private bool IsOfPerson(string name) => name.Length > 0 && (Same(name, $"{contact.LastName}, {contact.FirstName}") || Same(name, $"{contact.LastName} {contact.FirstName}") || Same(name, $"{contact.FirstName} {contact.LastName}"));

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private static string Without(string full, string first)
    {
        if (full.StartsWith(first + " ", StringComparison.OrdinalIgnoreCase)) return full[(first.Length + 1)..].Trim();
        if (full.EndsWith(" " + first, StringComparison.OrdinalIgnoreCase)) return full[..^(first.Length + 1)].Trim(' ', ',');
        return Same(full, first) ? "" : full;
    }

    // Another spelling of the person is no customer; "Gartencenter Röhr & Vater" is one of Bruno Röhr's.
    private bool IsCustomer() => !(Has(contact.FirstName) && Has(contact.LastName)) && (PersonNames.LooksLikeCompany(_full) || !(Has(contact.FirstName) || Has(contact.LastName)));

    private bool Has(string name) => _full.Contains(name, StringComparison.OrdinalIgnoreCase);
}
