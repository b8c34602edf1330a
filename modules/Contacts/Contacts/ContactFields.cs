using System.Text.Json;
using System.Text.Json.Nodes;
using Liaison.Kernel.Journal;

namespace Liaison.Contacts;

/// <summary>A field that changed, as the journal keeps it.</summary>
public sealed record FieldChange(string Field, JsonNode? Old, JsonNode? New);

/// <summary>Moves values between a contact and its input, and compares two inputs field by field.</summary>
public static class ContactFields
{
    /// <summary>The input that would leave the contact as it is.</summary>
    public static ContactInput Of(Contact contact, IEnumerable<string> tags, string? type, string? temperature) => new()
    {
        Kind = contact.Kind, FirstName = Null(contact.FirstName), LastName = Null(contact.LastName), JobTitle = Null(contact.JobTitle),
        CompanyId = contact.CompanyId, CompanyName = Null(contact.CompanyName), Industry = Null(contact.Industry),
        Emails = Points(contact, PointKind.Email), Phones = Points(contact, PointKind.Phone), Websites = Points(contact, PointKind.Website), Socials = Points(contact, PointKind.Social),
        Addresses = [.. contact.Addresses.OrderBy(a => a.Position).Select(a => new AddressInput
        {
            Category = a.Category, Street = Null(a.Street), City = Null(a.City), State = Null(a.State), Zip = Null(a.Zip), Country = Null(a.Country), Primary = a.IsPrimary,
        })],
        Type = type, Temperature = temperature,
        Tags = [.. tags.Order(StringComparer.Ordinal)], Responsibles = [.. contact.Responsibles.Select(r => r.UserId).Order()],
        Access = contact.Access, Currency = Null(contact.Currency), Description = Null(contact.Description),
    };

    /// <summary>Copies what needs no look-up from the input; e-mails, phones and addresses that stay keep their row.</summary>
    public static void Apply(ContactInput input, Contact contact)
    {
        contact.Kind = input.Kind;
        contact.FirstName = input.Kind == ContactKind.Person ? input.FirstName ?? "" : "";
        contact.LastName = input.Kind == ContactKind.Person ? input.LastName ?? "" : "";
        contact.JobTitle = input.Kind == ContactKind.Person ? input.JobTitle ?? "" : "";
        contact.CompanyName = input.CompanyName ?? "";
        contact.Industry = input.Industry ?? "";
        contact.Description = input.Description ?? "";
        contact.Access = input.Access;
        contact.Currency = input.Currency ?? "";
        List<ContactPoint> before = contact.Points.Count == 0 ? [] : [.. contact.Points];
        contact.Points.Clear();
        Apply(PointKind.Email, input.Emails, contact.Points, before);
        Apply(PointKind.Phone, input.Phones, contact.Points, before);
        Apply(PointKind.Website, input.Websites, contact.Points, before);
        Apply(PointKind.Social, input.Socials, contact.Points, before);
        for (var i = 0; i < input.Addresses.Count; i++)
        {
            var a = input.Addresses[i];
            if (i == contact.Addresses.Count) contact.Addresses.Add(new ContactAddress());
            var address = contact.Addresses[i];
            (address.Category, address.Street, address.City, address.State, address.Zip, address.Country, address.IsPrimary, address.Position) =
                (a.Category, a.Street ?? "", a.City ?? "", a.State ?? "", a.Zip ?? "", a.Country ?? "", a.Primary, i);
        }
        if (contact.Addresses.Count > input.Addresses.Count) contact.Addresses.RemoveRange(input.Addresses.Count, contact.Addresses.Count - input.Addresses.Count);
    }

    private static void Apply(PointKind kind, List<PointInput> list, List<ContactPoint> points, List<ContactPoint> before)
    {
        foreach (var p in list)
        {
            var point = Kept(kind, p.Value, before) ?? new ContactPoint { Kind = kind, Value = p.Value };
            point.Category = p.Category;
            point.Normal = ContactPoint.NormalOf(kind, p.Value);
            point.IsPrimary = p.Primary;
            point.Position = points.Count;
            points.Add(point);
        }
    }

    // Taken out of those before, so that it is kept once.
    private static ContactPoint? Kept(PointKind kind, string value, List<ContactPoint> before)
    {
        for (var i = 0; i < before.Count; i++)
        {
            var point = before[i];
            if (point.Kind != kind || point.Value != value) continue;
            before.RemoveAt(i);
            return point;
        }
        return null;
    }

    /// <summary>The fields in which two inputs differ, in the API's words.</summary>
    public static List<FieldChange> Changes(ContactInput before, ContactInput after)
    {
        var (old, now) = (Node(before), Node(after));
        return [.. now.Where(f => !JsonNode.DeepEquals(old[f.Key], f.Value)).Select(f => new FieldChange(f.Key, old[f.Key]?.DeepClone(), f.Value?.DeepClone()))];
    }

    /// <summary>
    /// Three-way merge of a form: what the person changed is taken, what others changed meanwhile stays. Fields that both changed differently are returned;
    /// for them <paramref name="mine"/> keeps the person's value.
    /// </summary>
    public static IReadOnlyList<string> Merge(ContactInput original, ContactInput mine, ContactInput theirs, out ContactInput merged)
    {
        var (o, m, t) = (Node(original), Node(mine), Node(theirs));
        var conflicts = new List<string>();
        foreach (var field in m.Select(f => f.Key).ToList())
        {
            var theirsChanged = !JsonNode.DeepEquals(o[field], t[field]);
            if (!theirsChanged) continue;
            if (JsonNode.DeepEquals(o[field], m[field])) m[field] = t[field]?.DeepClone();
            else if (!JsonNode.DeepEquals(m[field], t[field])) conflicts.Add(field);
        }
        merged = m.Deserialize<ContactInput>(Journaling.Json)!;
        return conflicts;
    }

    /// <summary>Copies one field, named in the API's words, from one input to another.</summary>
    public static void Take(string field, ContactInput from, ContactInput to)
    {
        if (Array.Find(typeof(ContactInput).GetProperties(), p => JsonNamingPolicy.CamelCase.ConvertName(p.Name) == field) is { } property) property.SetValue(to, property.GetValue(from));
    }

    private static JsonObject Node(ContactInput input) => JsonSerializer.SerializeToNode(input, Journaling.Json)!.AsObject();

    private static string? Null(string text) => text.Length == 0 ? null : text;

    private static List<PointInput> Points(Contact contact, PointKind kind) =>
        [.. contact.Points.Where(p => p.Kind == kind).OrderBy(p => p.Position).Select(p => new PointInput { Value = p.Value, Category = p.Category, Primary = p.IsPrimary })];
}
