namespace Liaison.Exchange.Reading;

/// <summary>An e-mail, a phone, a website or a social profile read from a row; one of each list is the main one.</summary>
public sealed record ImportedValue(string Category, string Value, bool Primary = false)
{
    /// <summary>The main one of its list.</summary>
    public bool Primary { get; set; } = Primary;
}

/// <summary>An address read from a row.</summary>
public sealed record ImportedAddress(string Category, bool Primary = false)
{
    public string Street { get; init; } = "";
    public string City { get; init; } = "";
    public string State { get; init; } = "";
    public string Zip { get; init; } = "";
    public string Country { get; init; } = "";
}

/// <summary>What is wrong with a row: the field, the text as it stands in the file, and a code. Only some refuse the row.</summary>
public sealed record RowProblem(string Field, string Text, string Code, bool Refuses = true);

/// <summary>The codes of <see cref="RowProblem"/>; each has a text in the module's texts.</summary>
public static class RowProblemCodes
{
    public const string Empty = "row.empty";
    public const string NoName = "row.noName";

    /// <summary>The names of the columns once more, as in files that were put together of several.</summary>
    public const string Heading = "row.heading";

    /// <summary>What the columns are to be filled with, right under their names.</summary>
    public const string Hint = "row.hint";

    /// <summary>A title between the rows.</summary>
    public const string Section = "row.section";

    public const string QuoteNeverClosed = "row.quoteNeverClosed";
    public const string ExtraCells = "row.extraCells";
    public const string CellTooLarge = "cell.tooLarge";
    public const string Nul = "cell.nul";
    public const string BrokenCard = "card.broken";
    public const string EmailInvalid = "email.invalid";
    public const string TextTooLong = "text.tooLong";
    public const string BadCharacters = "text.badCharacters";

    /// <summary>A warning: the column that tells persons from companies holds another word.</summary>
    public const string KindUnknown = "kind.unknown";

    /// <summary>A warning: a spreadsheet turned the phone into 1.2E+11.</summary>
    public const string PhoneDamaged = "phone.damaged";

    /// <summary>A warning: the text does not fit its field; it is kept in the description.</summary>
    public const string InDescription = "value.inDescription";

    /// <summary>A warning: another column filled the field already, with something else.</summary>
    public const string SecondValue = "value.second";

    /// <summary>A warning: a mark such as n/a stands in place of a value.</summary>
    public const string Placeholder = "value.placeholder";
}

/// <summary>A contact as read from one row or card, before it is compared with what is stored.</summary>
public sealed class ImportedContact
{
    private Dictionary<string, string>? _custom;

    /// <summary>Row or card number as a spreadsheet shows it.</summary>
    public long Number { get; init; }

    public long Line { get; init; }

    /// <summary>"person" or "company".</summary>
    public string Kind { get; set; } = "person";

    /// <summary>The name in one piece, where the row has no other and does not say whether it is a person or a company.</summary>
    public string WholeName { get; set; } = "";

    public string FirstName { get; set; } = "";
    public string LastName { get; set; } = "";
    public string CompanyName { get; set; } = "";
    public string JobTitle { get; set; } = "";
    public string Industry { get; set; } = "";
    public string Description { get; set; } = "";
    public string Type { get; set; } = "";
    public string Temperature { get; set; } = "";
    public string Responsible { get; set; } = "";
    public string Access { get; set; } = "";
    public string Currency { get; set; } = "";
    public string Id { get; set; } = "";
    public string CreatedAt { get; set; } = "";

    /// <summary>The name of the column says that its times are UTC.</summary>
    public bool IsCreatedInUtc { get; set; }

    public List<ImportedValue> Emails { get; } = [];
    public List<ImportedValue> Phones { get; } = [];
    public List<ImportedValue> Websites { get; } = [];
    public List<ImportedValue> Socials { get; } = [];
    public List<ImportedAddress> Addresses { get; } = [];
    public List<string> Tags { get; } = [];
    public Dictionary<string, string> Custom => _custom ??= new(StringComparer.Ordinal);
    public List<RowProblem> Problems { get; } = [];

    /// <summary>The row must not be imported.</summary>
    public bool Refused => Problems.Exists(p => p.Refuses);
}
