using System.Text.Json.Nodes;
using Liaison.Access;
using Liaison.Contacts.Lists;
using Liaison.Kernel.Data;
using Liaison.Kernel.Texts;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Record;

/// <summary>Fields of a contact and their values in words, for the journal and for comparing two versions.</summary>
public sealed class ContactWords(LiaisonDb db, ContactLists lists, Localizer texts)
{
    private Dictionary<long, string>? _people;

    /// <summary>"emails" → "E-mails".</summary>
    public string Field(string field) => texts.Find("contact.field." + field) ?? field;

    /// <summary>"mobile" → "mobile", "linkedin" → "LinkedIn".</summary>
    public string Category(string category) => texts.Find("contact.category." + category) ?? category;

    /// <summary>A type as people say it.</summary>
    public string Type(string key, string? name) => name ?? texts.Find("contactType." + key) ?? key;

    /// <summary>A temperature as people say it.</summary>
    public string Temperature(string key, string? name) => name ?? texts.Find("temperature." + key) ?? key;

    /// <summary>"Everybody may read".</summary>
    public string Access(ContactAccess access) => texts["contact.access." + ContactFilter.Word(access)];

    /// <summary>A field's value as lines; none for an empty one.</summary>
    public async Task<IReadOnlyList<string>> LinesAsync(string field, JsonNode? value, CancellationToken cancel)
    {
        if (value is null) return [];
        if (value is JsonArray list)
        {
            if (field == "responsibles") await PeopleAsync(cancel);
            return [.. list.Select(item => Item(field, item)).Where(line => line.Length > 0)];
        }
        var text = value.ToString();
        return field switch
        {
            "kind" => [texts[int.TryParse(text, out var kind) && kind == (int)ContactKind.Company ? "contact.kind.company" : "contact.kind.person"]],
            "access" => [int.TryParse(text, out var access) && Enum.IsDefined((ContactAccess)access) ? Access((ContactAccess)access) : text],
            "type" => [Named((await lists.OfAsync(db, cancel)).TypeChoices, text) ?? Type(text, null)],
            "temperature" => [Named((await lists.OfAsync(db, cancel)).TemperatureChoices, text) ?? Temperature(text, null)],
            "companyId" => [],
            _ => text.Length > 400 ? [text[..400] + "…"] : [text],
        };
    }

    private string? Named(IReadOnlyList<Choice> list, string key) => list.FirstOrDefault(c => c.Key == key)?.Say(texts);

    private string Item(string field, JsonNode? item) => item switch
    {
        JsonObject address when field == "addresses" => Tagged(Join(Text(address, "street").Replace("\n", ", ", StringComparison.Ordinal), (Text(address, "zip") + " " + Text(address, "city")).Trim(), Text(address, "state"), Text(address, "country")), Text(address, "category")),
        JsonObject point => Tagged(Text(point, "value"), Text(point, "category")),
        JsonValue id when field == "responsibles" && id.TryGetValue<long>(out var user) => _people!.GetValueOrDefault(user, "?"),
        null => "",
        _ => item.ToString(),
    };

    private string Tagged(string text, string category) => text.Length == 0 || category.Length == 0 ? text : $"{text} ({Category(category)})";

    private static string Join(params string[] parts) => string.Join(", ", parts.Where(p => p.Length > 0));

    private static string Text(JsonObject item, string name) => item[name]?.ToString() ?? "";

    private async Task PeopleAsync(CancellationToken cancel) =>
        _people ??= await db.Set<User>().AsNoTracking().Select(u => new { u.Id, u.Name }).ToDictionaryAsync(u => u.Id, u => u.Name, cancel);
}
