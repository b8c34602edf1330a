using System.Globalization;
using Liaison.Contacts.Form;
using Liaison.Contacts.Record;
using Liaison.Exchange.Reading;
using Liaison.Kernel.Access;
using Liaison.Kernel.Api;
using Liaison.Kernel.Data;
using Liaison.Kernel.Texts;
using Liaison.Kernel.Ui;
using Liaison.Kernel.Validation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Pages;

/// <summary>GET, POST /contacts/new</summary>
[Permission("contacts.edit")]
public sealed class NewPage(LiaisonDb db, SaveContact save, ContactWords words, Localizer texts) : ContactFormPage(db, words, texts)
{
    // What only a person has.
    private static readonly string[] OfPersons = ["FirstName", "LastName", "JobTitle", "CompanyName", "CompanyId"];

    /// <summary>What was typed for a person while the form is that of a company.</summary>
    public IReadOnlyDictionary<string, string> Kept { get; private set; } = new Dictionary<string, string>();
    /// <summary>What this form created already, with other content; null when nothing.</summary>
    public (string Address, string Name)? Used { get; private set; }
    /// <summary>Whether the form holds what was typed and is stored nowhere yet.</summary>
    public bool IsTyped { get; private set; }

    /// <summary>The address of the form with what was looked for in vain, wherever it fits.</summary>
    public static string Named(string query) => "/contacts/new?name=" + Uri.EscapeDataString(query);

    public async Task<IActionResult> OnGetAsync(string? kind, long? company, string? name, CancellationToken cancel)
    {
        Input.Kind = kind == "company" ? ContactKind.Company : ContactKind.Person;
        if (ContactInput.Clean(name) is { } given) Begin(given);
        Input.Responsibles = [Db.ViewerId];
        if (!IsCompany && company is { } id)
        {
            Input.CompanyName = await Db.Contacts().Where(c => c.Id == id && c.Kind == ContactKind.Company).Select(c => c.CompanyName).FirstOrDefaultAsync(cancel);
            Input.CompanyId = Input.CompanyName is null ? null : id;
        }
        Once = FormOnce.NewKey();
        return await FormAsync(200, cancel);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var form = await Request.ReadFormAsync(cancel);
        Once = form["Once"].ToString() is { Length: > 0 } key ? key : FormOnce.NewKey();
        var input = new ContactInput { Kind = form["As"].ToString() is { Length: > 0 } other ? KindOf(other) : KindOf(form["Input.Kind"].ToString()) };
        ContactForm.Read(form, input);
        Kept = OfPersons.Select(name => (name, form["Kept." + name].ToString())).Where(k => k.Item2.Length > 0).ToDictionary();
        IsTyped = true;
        if (KindOf(form["Input.Kind"].ToString()) is var shown && shown != input.Kind) Switch(shown, form, input);
        Grown = form["Add"].ToString() is { Length: > 0 } list ? list : null;
        if (Grown is not null || form["As"].Count > 0)
        {
            Input = input;
            return await FormAsync(422, cancel);
        }
        var problems = new Problems();
        var created = false;
        var address = await Db.OnceAsync(Once, ContentOf(form), async earlier =>
        {
            Used = await UsedAsync(earlier, cancel);
            if (Used is not null) return null;
            var (contact, found) = await save.RunAsync(null, input, cancel);
            problems = found;
            if (contact is null) return null;
            (Name, created) = (contact.Name, true);
            return $"/contacts/{contact.Id}";
        }, cancel);
        // Sent again with a new key, it is meant.
        if (Used is not null) Once = FormOnce.NewKey();
        if (address is null) return await RefuseAsync(input, problems, cancel);
        if (form["Then"] == "new")
        {
            if (created) TempData.SayWithLink(Texts["contact.created", Name], address, Texts["contact.open"]);
            return SeeOther(input.Kind == ContactKind.Company ? "/contacts/new?kind=company" : input.CompanyId is { } company ? $"/contacts/new?company={company}" : "/contacts/new");
        }
        if (created) TempData.Say(Texts["contact.created", Name]);
        return SeeOther(address);
    }

    // Who comes back to the form, changes what is typed and sends it again may mean the contact that is there.
    private async Task<(string, string)?> UsedAsync(IReadOnlyList<string> addresses, CancellationToken cancel)
    {
        foreach (var address in addresses)
            if (long.TryParse(address.AsSpan(address.LastIndexOf('/') + 1), CultureInfo.InvariantCulture, out var id) && await Db.Contacts().Where(c => c.Id == id).FirstOrDefaultAsync(cancel) is { } contact)
                return (address, contact.Name);
        return null;
    }

    private void Begin(string name)
    {
        if (name.Contains('@', StringComparison.Ordinal)) Input.Emails = [new() { Value = name, Primary = true }];
        else if (name.All(c => char.IsAsciiDigit(c) || " +.-/()".Contains(c, StringComparison.Ordinal))) Input.Phones = [new() { Value = name, Primary = true }];
        else if (IsCompany || PersonNames.LooksLikeCompany(name)) (Input.Kind, Input.CompanyName) = (ContactKind.Company, name);
        else (Input.FirstName, Input.LastName) = PersonNames.Split(name);
    }

    // A person's names become that of the company, which has but one; they are kept for the way back.
    private void Switch(ContactKind shown, IFormCollection form, ContactInput input)
    {
        if (shown == ContactKind.Person)
        {
            Kept = OfPersons.Select(name => (name, form["Input." + name].ToString())).Where(k => k.Item2.Length > 0).ToDictionary();
            input.CompanyName ??= ContactInput.Clean($"{input.FirstName} {input.LastName}");
            (input.FirstName, input.LastName, input.JobTitle, input.CompanyId) = (null, null, null, null);
            return;
        }
        string? Back(string name) => ContactInput.Clean(Kept.GetValueOrDefault(name));
        (input.FirstName, input.LastName, input.JobTitle) = (Back("FirstName"), Back("LastName"), Back("JobTitle"));
        if (input.CompanyName == ContactInput.Clean($"{input.FirstName} {input.LastName}")) input.CompanyName = Back("CompanyName");
        if (input.CompanyName is not null && input.CompanyName == Back("CompanyName") && long.TryParse(Kept.GetValueOrDefault("CompanyId"), NumberStyles.None, CultureInfo.InvariantCulture, out var company)) input.CompanyId = company;
        Kept = new Dictionary<string, string>();
    }

    private static string ContentOf(IFormCollection form) =>
        string.Join('\n', form.Where(f => f.Key.StartsWith("Input.", StringComparison.Ordinal)).OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => $"{f.Key}={f.Value}"));

    private static ContactKind KindOf(string word) => word == "company" ? ContactKind.Company : ContactKind.Person;
}
