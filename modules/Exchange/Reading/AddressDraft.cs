namespace Liaison.Exchange.Reading;

/// <summary>An address whose parts come from several columns.</summary>
internal sealed class AddressDraft(string key, int group)
{
    public string Key { get; } = key;

    public int Group { get; } = group;

    public string Category { get; set; } = key;

    public bool Main { get; set; }

    private readonly string[] _parts = new string[5];

    /// <summary>Takes a part; false when there is another one already. Streets take several lines.</summary>
    public bool Put(string part, string text)
    {
        int at = part switch { "street" => 0, "city" => 1, "state" => 2, "zip" => 3, _ => 4 };
        if (_parts[at] is null) _parts[at] = text;
        else if (at > 0) return string.Equals(_parts[at], text, StringComparison.OrdinalIgnoreCase);
        else if (_parts[0] != text) _parts[0] += text.Length <= 5 && char.IsAsciiDigit(text[0]) ? " " + text : "\n" + text;
        return true;
    }

    public ImportedAddress Finish(bool main)
    {
        SplitZip();
        return new(Category, main)
        {
            Street = _parts[0] ?? "", City = _parts[1] ?? "", State = _parts[2] ?? "", Zip = _parts[3] ?? "", Country = _parts[4] ?? "",
        };
    }

    // "75001 Paris" in one cell; "1234 AB" is a Dutch code and stays whole.
    private void SplitZip()
    {
        if (_parts[1] is not null || _parts[3] is not { } zip) return;
        int blank = zip.IndexOf(' ');
        if (blank is < 4 or > 5 || zip.Length < blank + 4 || !ColumnValues.IsWholeNumber(zip[..blank]) || !zip.AsSpan(blank + 1).ContainsAnyInRange('a', 'z') && zip.Length < blank + 5) return;
        if (!char.IsLetter(zip[blank + 1])) return;
        (_parts[3], _parts[1]) = (zip[..blank], zip[(blank + 1)..].Trim());
    }
}
