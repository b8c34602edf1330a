using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Liaison.Exchange;
using Liaison.Exchange.Reading;
using Liaison.Kernel.Journal;
using Liaison.Kernel.Texts;

namespace Liaison.Contacts.Import;

/// <summary>Contacts of an import in words: what a row says, and what a change replaces.</summary>
internal sealed class ImportWords(Localizer texts)
{
    private static readonly Dictionary<string, string> Single = new(StringComparer.Ordinal) { ["emails"] = "email", ["phones"] = "phone", ["websites"] = "website", ["socials"] = "social", ["addresses"] = "address", ["responsibles"] = "responsible" };

    private static string Language => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;

    /// <summary>The label of a field of the file or of the input: "email.work", "emails[0].value", "lastName".</summary>
    public static string Label(string field, string language)
    {
        var bracket = field.IndexOf('[', StringComparison.Ordinal);
        var name = bracket < 0 ? field : field[..bracket];
        return ImportFields.Label(Single.TryGetValue(name, out var one) ? "noun." + one : name, language);
    }

    /// <summary>The main values of a new contact on one line.</summary>
    public static string? MainValues(ContactInput input)
    {
        string?[] parts = [input.Kind == ContactKind.Person ? input.CompanyName : null, input.Emails.FirstOrDefault()?.Value, input.Phones.FirstOrDefault()?.Value, input.Addresses.FirstOrDefault(a => a.City is not null)?.City];
        var line = string.Join(" · ", parts.Where(p => p is not null));
        return line.Length == 0 ? null : line;
    }

    /// <summary>All that a row says, field by field.</summary>
    public IReadOnlyList<ChangeText> Values(ContactInput input, ImportedContact source, string? dateOrder)
    {
        var values = new List<ChangeText>();
        void Add(string field, string? value) { if (!string.IsNullOrEmpty(value)) values.Add(new(Label(field, Language), null, value)); }
        Add("kind", texts[input.Kind == ContactKind.Company ? "import.kind.company" : "import.kind.person"]);
        Add("firstName", input.FirstName);
        Add("lastName", input.LastName);
        Add("companyName", input.CompanyName);
        Add("jobTitle", input.JobTitle);
        Add("industry", input.Industry);
        foreach (var (field, points) in new[] { ("emails", input.Emails), ("phones", input.Phones), ("websites", input.Websites), ("socials", input.Socials) })
            foreach (var point in points) Add(field, Point(point));
        foreach (var address in input.Addresses) Add("addresses", Address(address));
        Add("type", source.Type);
        Add("temperature", source.Temperature);
        Add("tags", string.Join(", ", input.Tags));
        Add("responsible", source.Responsible);
        Add("access", source.Access);
        Add("currency", input.Currency);
        Add("description", input.Description);
        Add("createdAt", source.CreatedAt.Length == 0 ? null : CreationDates.Shown(source.CreatedAt, dateOrder));
        return values;
    }

    /// <summary>The changes in words; values that are lists say what comes and what goes.</summary>
    public IReadOnlyList<ChangeText> Changes(JsonNode changes)
    {
        var result = new List<ChangeText>();
        foreach (var change in changes.Deserialize<List<FieldChange>>(Journaling.Json)!)
        {
            if (change.Field is "companyId" or "kind") continue;
            if (change.Old is JsonArray || change.New is JsonArray) Lists(result, change);
            else result.Add(new(Label(change.Field, Language), Word(change.Field, change.Old), Word(change.Field, change.New)));
        }
        return result;
    }

    private void Lists(List<ChangeText> result, FieldChange change)
    {
        var (old, now) = (Items(change.Field, change.Old), Items(change.Field, change.New));
        var label = Label(change.Field, Language);
        var (gone, come) = (old.Except(now, StringComparer.Ordinal).ToList(), now.Except(old, StringComparer.Ordinal).ToList());
        if (change.Field == "addresses" && gone.Count == 1 && come.Count == 1) { result.Add(new(label, gone[0], come[0])); return; }
        result.AddRange(gone.Select(g => new ChangeText(label, g, null)));
        result.AddRange(come.Select(c => new ChangeText(label, null, "+ " + c)));
    }

    private List<string> Items(string field, JsonNode? list) => list is not JsonArray items ? [] : [.. items.OfType<JsonNode>().Select(item => field switch
    {
        "emails" or "phones" or "websites" or "socials" => Point(item.Deserialize<PointInput>(Journaling.Json)!),
        "addresses" => Address(item.Deserialize<AddressInput>(Journaling.Json)!),
        _ => item.ToString(),
    })];

    private string? Word(string field, JsonNode? value) => value is null ? null : field switch
    {
        "type" => texts.Find("contactType." + value) ?? value.ToString(),
        "temperature" => texts.Find("temperature." + value) ?? value.ToString(),
        _ => value.ToString(),
    };

    private static string Point(PointInput point) => $"{point.Value} ({ImportFields.Category(point.Category, Language)})";

    private static string Address(AddressInput a)
    {
        string?[] parts = [a.Street?.Replace("\n", ", ", StringComparison.Ordinal), $"{a.Zip} {a.City}".Trim(), a.State, a.Country];
        return $"{string.Join(", ", parts.Where(p => !string.IsNullOrEmpty(p)))} ({ImportFields.Category(a.Category, Language)})";
    }
}
