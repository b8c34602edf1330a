using Liaison.Access;
using Liaison.Contacts.Record;
using Liaison.Kernel.Data;
using Liaison.Kernel.Texts;
using Liaison.Kernel.Ui;
using Liaison.Kernel.Validation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Form;

/// <summary>A page with fields of a contact: the new one, the whole form, one fact in place.</summary>
public abstract class ContactFormPage(LiaisonDb db, ContactWords words, Localizer texts) : PageModel
{
    /// <summary>What the form shows.</summary>
    public ContactInput Input { get; protected set; } = new();
    /// <summary>The contact's id; 0 for a new one.</summary>
    public long Id { get; protected set; }
    /// <summary>The contact's name.</summary>
    public string Name { get; protected set; } = "";
    /// <summary>What the form showed first, sent back with it.</summary>
    public string? Original { get; protected set; }
    /// <summary>Key that makes a new contact be created once.</summary>
    public string? Once { get; protected set; }
    /// <summary>Fields that somebody else changed meanwhile.</summary>
    public IReadOnlyList<Conflict> Conflicts { get; private set; } = [];
    /// <summary>What was typed for a contact that is not there any more.</summary>
    public Lost? Lost { get; private set; }
    /// <summary>List that got one more line.</summary>
    public string? Grown { get; protected set; }
    /// <summary>Users who can be responsible.</summary>
    public IReadOnlyList<SelectListItem> Users { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Types { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Temperatures { get; private set; } = [];

    protected LiaisonDb Db => db;
    protected Localizer Texts => texts;
    public bool IsCompany => Input.Kind == ContactKind.Company;

    /// <summary>Currencies, a choice of none first.</summary>
    public IEnumerable<SelectListItem> CurrencyItems() =>
        Currencies.Codes.Select(c => new SelectListItem(texts.Find("currency." + c) is { } name ? $"{c} – {name}" : c, c)).Prepend(new SelectListItem(texts["contact.currency.none"], ""));

    public IEnumerable<SelectListItem> Accesses() =>
        Enum.GetValues<ContactAccess>().Select(a => new SelectListItem(words.Access(a), a.ToString()));

    protected async Task<IActionResult> FormAsync(int status, CancellationToken cancel)
    {
        Response.StatusCode = status;
        var chosen = Input.Responsibles;
        Users = [.. (await db.Set<User>().AsNoTracking().Where(u => u.ClosedAt == null || chosen.Contains(u.Id)).OrderBy(u => u.Name).Select(u => new { u.Id, u.Name }).ToListAsync(cancel))
            .Select(u => new SelectListItem(u.Name, u.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)))];
        Types = [.. (await db.Set<ContactType>().AsNoTracking().OrderBy(t => t.Position).ToListAsync(cancel)).Select(t => new SelectListItem(words.Type(t.Key, t.Name), t.Key)).Prepend(None("type"))];
        Temperatures = [.. (await db.Set<Temperature>().AsNoTracking().OrderBy(t => t.Position).ToListAsync(cancel)).Select(t => new SelectListItem(words.Temperature(t.Key, t.Name), t.Key)).Prepend(None("temperature"))];
        return Page();
    }

    protected Task<IActionResult> RefuseAsync(ContactInput input, Problems problems, CancellationToken cancel)
    {
        Input = input;
        problems.CopyTo(ModelState, texts);
        // Nobody sees the id: what is said against it stands at the name, by which the form goes from then on.
        if (!IsCompany && ModelState.Remove("Input." + nameof(input.CompanyId)))
        {
            ModelState.AddModelError("Input." + nameof(input.CompanyName), texts["contact.help.companyGone"]);
            input.CompanyId = null;
        }
        return FormAsync(422, cancel);
    }

    /// <summary>Shows the form again beside what others stored.</summary>
    protected async Task<IActionResult> AskAsync(EditOutcome outcome, CancellationToken cancel)
    {
        var (mine, theirs) = (outcome.Input!, outcome.Theirs!);
        Input = mine;
        Original = ContactForm.Snapshot(theirs);
        var changes = ContactFields.Changes(theirs, mine).ToDictionary(c => c.Field, StringComparer.Ordinal);
        var conflicts = new List<Conflict>();
        foreach (var field in outcome.Conflicts!)
            if (changes.TryGetValue(field, out var change))
                conflicts.Add(new(field, words.Field(field), await words.LinesAsync(field, change.New, cancel), await words.LinesAsync(field, change.Old, cancel)));
        Conflicts = conflicts;
        return await FormAsync(409, cancel);
    }

    /// <summary>Shows what was typed for a contact that is not there any more, or not to be changed; where nothing was, it is as for any other page.</summary>
    protected async Task<IActionResult> LostAsync(LostKind kind, IFormCollection form, string address, string draft, CancellationToken cancel)
    {
        var (shown, typed) = (ContactForm.Original(form) ?? new(), ContactForm.Original(form) ?? new());
        ContactForm.Read(form, typed);
        var fields = new List<LostField>();
        foreach (var (field, _, value) in ContactFields.Changes(ContactForm.Settled(shown), ContactForm.Settled(typed)))
            if (field != "companyId") fields.Add(new(words.Field(field), field == "description" && value is not null ? [value.ToString()] : await words.LinesAsync(field, value, cancel)));
        var kindOf = form["Input.Kind"].ToString();
        var lost = new Lost(kind, fields, form, address, draft, kindOf.Length > 0 ? ("/contacts/new", "As", kindOf) : null);
        Response.StatusCode = lost.Status;
        if (fields.Count == 0) return StatusCode(lost.Status);
        Lost = lost;
        return Page();
    }

    protected SeeOther SeeOther(string url) => new(url);

    private SelectListItem None(string field) => new(texts["contact.none." + field], "");
}

/// <summary>A field with two new values.</summary>
public sealed record Conflict(string Field, string Label, IReadOnlyList<string> Mine, IReadOnlyList<string> Theirs);
