using Liaison.Kernel.Api;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Liaison.Contacts.Lists;
using Liaison.Kernel.Journal;
using Liaison.Kernel.Texts;
using Microsoft.AspNetCore.Http;

namespace Liaison.Contacts.Form;

/// <summary>
/// Reads a posted form onto an input. A field that the form does not have stays as it was; a list is replaced when the form says that it shows it
/// (a hidden "Lists" with its name), so that taking away the last line empties it.
/// </summary>
public static partial class ContactForm
{
    /// <summary>Copies what was posted.</summary>
    public static void Read(IFormCollection form, ContactInput input)
    {
        Text("FirstName", v => input.FirstName = v);
        Text("LastName", v => input.LastName = v);
        Text("JobTitle", v => input.JobTitle = v);
        Text("Industry", v => input.Industry = v);
        Text("Description", v => input.Description = v);
        Text("Currency", v => input.Currency = v);
        Text("Type", v => input.Type = v);
        Text("Temperature", v => input.Temperature = v);
        Text("Access", v => input.Access = EnumWords.Find<ContactAccess>(v) ?? (ContactAccess)(-1));
        Text("Tags", v => input.Tags = WordList.Split(v ?? ""));
        Company(form, input);
        var lists = form["Lists"].OfType<string>().ToHashSet(StringComparer.Ordinal);
        if (lists.Contains("Emails")) input.Emails = Points(form, "Emails");
        if (lists.Contains("Phones")) input.Phones = Points(form, "Phones");
        if (lists.Contains("Websites")) input.Websites = Points(form, "Websites");
        if (lists.Contains("Socials")) input.Socials = Points(form, "Socials");
        if (lists.Contains("Addresses")) input.Addresses = Addresses(form);
        if (lists.Contains("Responsibles"))
            input.Responsibles = [.. form["Input.Responsibles"].Select(v => long.TryParse(v, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : -1).Where(id => id > 0)];

        void Text(string name, Action<string?> set)
        {
            if (form.TryGetValue("Input." + name, out var value)) set(value.ToString());
        }
    }

    // The chosen company's id stands beside its typed name; a name typed over it means another company.
    private static void Company(IFormCollection form, ContactInput input)
    {
        if (!form.TryGetValue("Input.CompanyName", out var name)) return;
        input.CompanyName = ContactInput.Clean(name.ToString());
        var chosen = form["Input.CompanyId"].ToString();
        var isShown = form["CompanyShown"].ToString().StartsWith(chosen + " ", StringComparison.Ordinal);
        var isTypedOver = isShown && form["CompanyShown"].ToString()[(chosen.Length + 1)..] != input.CompanyName;
        input.CompanyId = input.CompanyName is not null && !isTypedOver && long.TryParse(chosen, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0 ? id : null;
    }

    private static List<PointInput> Points(IFormCollection form, string list)
    {
        var primary = form[$"Input.{list}.Primary"].ToString();
        return [.. Lines(form, list).Select(i => new PointInput
        {
            Value = form[$"Input.{list}[{i}].Value"].ToString(), Category = form[$"Input.{list}[{i}].Category"].ToString(), Primary = primary == i,
        })];
    }

    private static List<AddressInput> Addresses(IFormCollection form)
    {
        var primary = form["Input.Addresses.Primary"].ToString();
        return [.. Lines(form, "Addresses").Select(i =>
        {
            string? Part(string name) => ContactInput.Clean(form[$"Input.Addresses[{i}].{name}"]);
            return new AddressInput
            {
                Category = Part("Category") ?? "", Street = form[$"Input.Addresses[{i}].Street"].ToString() is { } street && street.Trim().Length > 0 ? street : null,
                City = Part("City"), State = Part("State"), Zip = Part("Zip"), Country = Part("Country"), Primary = primary == i,
            };
        })];
    }

    // Lines taken away by script leave gaps in the numbers.
    private static IEnumerable<string> Lines(IFormCollection form, string list) =>
        form.Keys.Select(k => Line().Match(k)).Where(m => m.Success && m.Groups[1].Value == list).Select(m => m.Groups[2].Value).Distinct(StringComparer.Ordinal)
            .OrderBy(i => int.Parse(i, CultureInfo.InvariantCulture)).Take(200);

    [GeneratedRegex(@"^Input\.(\w+)\[(\d{1,6})\]\.\w+$", RegexOptions.None, 1000)]
    private static partial Regex Line();

    /// <summary>Writes what the form showed, for the comparison when it comes back.</summary>
    public static string Snapshot(ContactInput input) => JsonSerializer.Serialize(input, Journaling.Json);

    /// <summary>Reads it back; null when it is missing or was tampered with.</summary>
    public static ContactInput? Original(IFormCollection form)
    {
        try { return form["Original"].ToString() is { Length: > 0 } json ? JsonSerializer.Deserialize<ContactInput>(json, Journaling.Json) : null; }
        catch (JsonException) { return null; }
    }

    /// <summary>One form of equal values, so that an untouched form differs in nothing.</summary>
    public static ContactInput Settled(ContactInput input)
    {
        input.Validate();
        input.Tags = [.. input.Tags.Order(StringComparer.Ordinal)];
        input.Responsibles = [.. input.Responsibles.Order()];
        return input;
    }
}
