using Liaison.Exchange;
using Liaison.Exchange.Reading;

namespace Liaison.Contacts.Import;

/// <summary>A row on its way: its input, its refusals and warnings, and what is decided.</summary>
internal sealed class ImportDraft
{
    public required long Number { get; init; }
    public required ContactInput Input { get; init; }
    public List<RowMessage> Messages { get; } = [];
    public bool IsRefused => Messages.Exists(m => m.Refuses);

    public ImportResult Result { get; set; } = ImportResult.Failed;
    public string? By { get; set; }
    public long? SameAsRow { get; set; }
    public long? MatchId { get; set; }
    /// <summary>The new or changed contact.</summary>
    public Contact? Contact { get; set; }
    public IReadOnlyList<FieldChange> Changes { get; set; } = [];

    public string Name => Contact.NameOf(Input.Kind, Input.FirstName ?? "", Input.LastName ?? "", Input.CompanyName ?? "",
        Input.Emails.FirstOrDefault()?.Value ?? "", Input.Phones.FirstOrDefault()?.Value ?? "");

    public static ImportDraft Of(ImportRow row, ImportedContact source, ImportLists lists, ImportOptions options)
    {
        var input = new ContactInput
        {
            Kind = source.Kind == "company" ? ContactKind.Company : ContactKind.Person,
            FirstName = source.FirstName, LastName = source.LastName, JobTitle = source.JobTitle, CompanyName = source.CompanyName, Industry = source.Industry,
            Description = source.Description, Currency = source.Currency, Tags = [.. options.Tags, .. source.Tags],
            Emails = Points(source.Emails), Phones = Points(source.Phones), Websites = Points(source.Websites), Socials = Points(source.Socials),
            Addresses = source.Addresses.ConvertAll(a => new AddressInput { Category = a.Category, Street = a.Street, City = a.City, State = a.State, Zip = a.Zip, Country = a.Country, Primary = a.Primary }),
            Responsibles = [.. options.Responsibles],
        };
        var draft = new ImportDraft { Number = row.Number, Input = input };
        foreach (var problem in source.Problems) draft.Messages.Add(new(problem.Field, problem.Text, "import.row." + problem.Code, Refuses: problem.Refuses));
        draft.Words(source, lists, options);
        // What is no web address, or a currency nobody knows, must not cost the whole row: it is left out and said.
        input.Websites.RemoveAll(w => !WebAddress.IsSafe(w.Value.Trim()) && draft.Warn("website", w.Value, "import.row.website"));
        if (!string.IsNullOrWhiteSpace(input.Currency) && !Currencies.IsKnown(input.Currency.Trim().ToUpperInvariant()) && draft.Warn("currency", input.Currency, "import.row.currency")) input.Currency = null;
        foreach (var problem in input.Validate().All)
        {
            if (source.Refused && problem.Text == "contacts.error.email") continue;
            draft.Messages.Add(new(problem.ApiPath, problem.Arguments.FirstOrDefault()?.ToString() ?? "", problem.Text));
        }
        return draft;
    }

    private void Words(ImportedContact source, ImportLists lists, ImportOptions options)
    {
        Input.Type = source.Type.Length == 0 ? options.Type : lists.Type(source.Type);
        if (source.Type.Length > 0 && Input.Type is null)
        {
            Warn("type", source.Type, "import.row.type");
            Input.Type = options.Type;
        }
        Input.Temperature = source.Temperature.Length == 0 ? null : lists.Temperature(source.Temperature);
        if (source.Temperature.Length > 0 && Input.Temperature is null) Warn("temperature", source.Temperature, "import.row.temperature");
        Input.Access = AccessOf(options.Access) ?? ContactAccess.Private;
        if (source.Access.Length > 0)
        {
            if (AccessOf(source.Access) is { } access) Input.Access = access;
            else Warn("access", source.Access, "import.row.access");
        }
        foreach (var name in source.Responsible.Split([',', ';', '|'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (lists.User(name) is { } user) { if (!Input.Responsibles.Contains(user)) Input.Responsibles.Add(user); }
            else Warn("responsible", name, "import.row.responsible");
        }
    }

    private static ContactAccess? AccessOf(string word) => Kernel.Data.SearchText.Fold(word) switch
    {
        "private" or "prive" => ContactAccess.Private,
        "read" or "lecture" or "lecture pour tous" => ContactAccess.Read,
        "readwrite" or "read and write" or "lecture et ecriture" or "lecture et ecriture pour tous" => ContactAccess.ReadWrite,
        _ => null,
    };

    private bool Warn(string field, string value, string text)
    {
        Messages.Add(new(field, value, text, Refuses: false));
        return true;
    }

    private static List<PointInput> Points(List<ImportedValue> values) => values.ConvertAll(v => new PointInput { Value = v.Value, Category = v.Category, Primary = v.Primary });
}
