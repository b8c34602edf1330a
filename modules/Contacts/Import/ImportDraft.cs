using Liaison.Exchange;
using Liaison.Exchange.Reading;
using Liaison.Kernel.Data;

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
    /// <summary>The name by which the contact is recognised.</summary>
    public string NameKey { get; private set; } = "";
    /// <summary>The same with the other spellings of its umlauts.</summary>
    public List<string> OtherNameKeys { get; private set; } = [];
    /// <summary>The folded name of the company.</summary>
    public string CompanyKey { get; private set; } = "";
    /// <summary>The forms by which the e-mails and phones are compared, in their order.</summary>
    public string[] Emails { get; private set; } = [];
    public string[] Phones { get; private set; } = [];
    /// <summary>What other rows of the file that are the same share with this one.</summary>
    public List<long> Keys { get; private set; } = [];
    /// <summary>The identifier the contact had where the file was exported from Liaison; empty for other files.</summary>
    public string SourceId { get; private init; } = "";
    /// <summary>When the contact was created, as the row says.</summary>
    public DateTime? CreatedAt { get; private set; }
    /// <summary>The new or changed contact.</summary>
    public Contact? Contact { get; set; }
    /// <summary>The stored contact's values before the change.</summary>
    public ContactInput? Before { get; set; }
    public IReadOnlyList<FieldChange> Changes { get; set; } = [];
    /// <summary>The row names no type itself: it has the one of the whole file, which leaves an existing contact's alone.</summary>
    public bool HasTypeOfFile { get; private set; }

    public string Name => Contact.NameOf(Input.Kind, Input.FirstName ?? "", Input.LastName ?? "", Input.CompanyName ?? "",
        Input.Emails.FirstOrDefault()?.Value ?? "", Input.Phones.FirstOrDefault()?.Value ?? "");

    public static ImportDraft Of(ImportRow row, ImportedContact source, ImportLists? lists, ImportOptions options)
    {
        var input = new ContactInput
        {
            Kind = source.Kind == "company" ? ContactKind.Company : ContactKind.Person,
            FirstName = source.FirstName, LastName = source.LastName, JobTitle = source.JobTitle, CompanyName = source.CompanyName, Industry = source.Industry,
            Description = source.Description, Currency = CurrencyWords.Read(source.Currency) ?? source.Currency,
        };
        input.Tags.AddRange(options.Tags);
        input.Tags.AddRange(source.Tags);
        input.Responsibles.AddRange(options.Responsibles);
        Add(source.Emails, input.Emails);
        Add(source.Phones, input.Phones);
        Add(source.Websites, input.Websites);
        Add(source.Socials, input.Socials);
        foreach (var a in source.Addresses) input.Addresses.Add(new() { Category = a.Category, Street = a.Street, City = a.City, State = a.State, Zip = a.Zip, Country = a.Country, Primary = a.Primary });
        // A contact without a name is shown by its e-mail or phone; that is no last name.
        if (input.FirstName is "" && (input.Emails.Exists(e => e.Value == input.LastName) || input.Phones.Exists(p => p.Value == input.LastName))) input.LastName = null;
        var draft = new ImportDraft { Number = row.Number, Input = input, SourceId = source.Id };
        foreach (var problem in source.Problems) draft.Messages.Add(new(problem.Field, problem.Text, "import." + problem.Code, Refuses: problem.Refuses));
        draft.Words(source, lists, options);
        foreach (var problem in input.Validate().All)
        {
            // What was read wrong already is said once.
            if (source.Refused && problem.Text is "contacts.error.email" or "contacts.error.tooLong" or "contacts.error.name") continue;
            var isValue = problem.Text is "contacts.error.email" or "contacts.error.website" or "contacts.error.currency";
            var argument = problem.Arguments.FirstOrDefault()?.ToString();
            draft.Messages.Add(new(problem.ApiPath, isValue ? argument ?? "" : "", problem.Text, isValue ? null : argument));
        }
        draft.NameKey = Duplicates.NameKey(input.Kind, input.FirstName ?? "", input.LastName ?? "", input.CompanyName ?? "");
        return draft;
    }

    /// <summary>Works out what the row is compared by, and the contact that it becomes unless it is one already.</summary>
    public void Prepare(ImportBatch whole)
    {
        if (IsRefused) return;
        CompanyKey = SearchText.Fold(Input.CompanyName);
        Emails = Normals(Input.Emails, PointKind.Email);
        Phones = Normals(Input.Phones, PointKind.Phone);
        if (whole.Options.Duplicates != "create") (Keys, OtherNameKeys) = (RowKeys.Of(this, whole.Options.MatchBy), NameKey.Length > 3 ? Duplicates.OtherKeys(Input, NameKey) : []);
        if (whole.DryRun) return;
        Contact = new Contact();
        ContactFields.Apply(Input, Contact);
        Contact.Derive(NameKey);
    }

    /// <summary>Takes the values that the row and the stored contact give together.</summary>
    public void Become(ContactInput merged)
    {
        ImportMerge.Replace(Input, merged);
        CompanyKey = SearchText.Fold(Input.CompanyName);
    }

    private static string[] Normals(List<PointInput> points, PointKind kind)
    {
        var normals = points.Count == 0 ? [] : new string[points.Count];
        for (var i = 0; i < normals.Length; i++) normals[i] = ContactPoint.NormalOf(kind, points[i].Value);
        return normals;
    }

    // Without lists (a preview) the words are only shown.
    private void Words(ImportedContact source, ImportLists? lists, ImportOptions options)
    {
        HasTypeOfFile = source.Type.Length == 0;
        Input.Type = HasTypeOfFile ? options.Type : Listed("type", source.Type, lists?.Types);
        Input.Temperature = source.Temperature.Length == 0 ? null : Listed("temperature", source.Temperature, lists?.Temperatures);
        Input.Access = AccessOf(source.Access.Length > 0 ? source.Access : options.Access) ?? ContactAccess.Private;
        if (source.Access.Length > 0 && AccessOf(source.Access) is null) Refuse("access", source.Access, "import.row.access");
        if (lists is null) return;
        if (source.CreatedAt.Length > 0)
        {
            (CreatedAt, var problem) = lists.Dates.Read(source.CreatedAt, source.IsCreatedInUtc);
            if (problem is not null) Refuse("createdAt", source.CreatedAt, problem);
        }
        if (options.Company is { } company && Input.Kind == ContactKind.Person)
        {
            if (lists.CompanyName is null) Refuse("companyName", "", "import.row.companyGone");
            else (Input.CompanyId, Input.CompanyName) = (company, lists.CompanyName);
        }
        if (source.Responsible.Length == 0) return;
        foreach (var name in source.Responsible.Split([',', ';', '|'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (lists.User(name) is not { } user) Messages.Add(new("responsible", name, "import.row.responsible", Refuses: false));
            else if (!Input.Responsibles.Contains(user)) Input.Responsibles.Add(user);
        }
    }

    internal static ContactAccess? AccessOf(string word) => SearchText.Fold(word) switch
    {
        "private" or "prive" => ContactAccess.Private,
        "read" or "lecture" or "lecture pour tous" => ContactAccess.Read,
        "readwrite" or "read and write" or "lecture et ecriture" or "lecture et ecriture pour tous" => ContactAccess.ReadWrite,
        _ => null,
    };

    // A word that no list knows is added to it, or left out with a warning; the contact is imported either way.
    private string? Listed(string field, string word, ListWords? list)
    {
        if (list is null) return word;
        var key = list.Find(word);
        if (key is null) Messages.Add(new(field, word, $"import.row.{field}", Refuses: false));
        else if (list.New.ContainsKey(key)) Messages.Add(new(field, word, $"import.row.{field}New", Refuses: false));
        return key;
    }

    /// <summary>What of this row is to be told of the whole file.</summary>
    public IEnumerable<RowMessage> Notices() => Messages.Count == 0 || IsRefused ? [] : Messages.Where(m => !m.Refuses).Select(m => m.Text switch
    {
        "import.row.hidden" => m with { Value = "", Text = "import.file.hidden" },
        "import.row.hiddenAdministrator" => m with { Value = "", Text = "import.file.hiddenAdministrator" },
        _ => m.Field is "type" or "temperature" or "responsible" ? m : null,
    }).OfType<RowMessage>();

    private void Refuse(string field, string value, string text) => Messages.Add(new(field, value, text));

    private static void Add(List<ImportedValue> values, List<PointInput> points)
    {
        foreach (var value in values) points.Add(new() { Value = value.Value, Category = value.Category, Primary = value.Primary });
    }
}
