using Liaison.Exchange.Reading;
using Liaison.Kernel.Data;

namespace Liaison.Contacts.Import;

/// <summary>
/// The names of a file that has one column for persons and companies and none that tells them apart. Others of its rows do: "Azure Interior, Ann Roe", or a person whose
/// company is Azure Interior, say what the row "Azure Interior" is.
/// </summary>
internal sealed class FileNames
{
    private const int Most = 100_000;

    private readonly HashSet<long> _whole = [];
    private readonly HashSet<long> _named = [];

    /// <summary>Takes note of a row while the file is surveyed.</summary>
    public void Note(ImportedContact row)
    {
        if (row.WholeName.Length == 0 && row.CompanyName.Length == 0 || _whole.Count + _named.Count >= Most) return;
        if (row.Kind == "person" && row.CompanyName.Length > 0) _named.Add(KeyOf(row.CompanyName));
        if (Apart(row.WholeName) is { } parts) _named.Add(KeyOf(parts.Company));
        else if (row.WholeName.Contains(' ')) _whole.Add(KeyOf(row.WholeName));
    }

    /// <summary>Gives a row the names that the others say it has.</summary>
    public void Settle(ImportedContact row)
    {
        if (row.WholeName.Length == 0 || _whole.Count == 0 || _named.Count == 0) return;
        if (Apart(row.WholeName) is { } parts)
        {
            if (!IsCompany(parts.Company)) return;
            row.CompanyName = parts.Company;
            (row.FirstName, row.LastName) = PersonNames.Split(parts.Person);
        }
        else if (row.CompanyName.Length == 0 && IsCompany(row.WholeName))
        {
            (row.Kind, row.CompanyName, row.FirstName, row.LastName) = ("company", row.WholeName, "", "");
        }
    }

    private bool IsCompany(string name) => KeyOf(name) is var key && _whole.Contains(key) && _named.Contains(key);

    private static long KeyOf(string name) => Hash.Of(SearchText.Fold(name));

    private static (string Company, string Person)? Apart(string name) =>
        name.IndexOf(", ", StringComparison.Ordinal) is > 0 and var comma && name[(comma + 2)..].Trim() is { Length: > 0 } person ? (name[..comma].Trim(), person) : null;
}
