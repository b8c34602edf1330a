using System.Text.Json;
using Liaison.Kernel.Data;
using Liaison.Kernel.Journal;
using Liaison.Kernel.Validation;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Form;

/// <summary>How the change of a contact by a form ended.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Name">The contact's name, when it is there.</param>
/// <param name="Input">What to show in the form again.</param>
/// <param name="Theirs">What is stored now, when somebody else changed the same fields.</param>
/// <param name="Conflicts">Those fields.</param>
/// <param name="Problems">What is wrong with the input.</param>
/// <param name="Why">Why it is lost, when it is.</param>
public sealed record EditOutcome(EditKind Kind, string Name, ContactInput? Input = null, ContactInput? Theirs = null, IReadOnlyList<string>? Conflicts = null, Problems? Problems = null, LostKind Why = default);

/// <summary>What became of a form.</summary>
public enum EditKind
{
    /// <summary>The contact is not there for the viewer, or not to be changed; nothing was written.</summary>
    Lost,
    /// <summary>Something is wrong with the input; nothing was written.</summary>
    Invalid,
    /// <summary>Somebody else changed the same fields meanwhile; nothing was written.</summary>
    Conflict,
    /// <summary>Written, together with what others changed meanwhile.</summary>
    Saved,
}

/// <summary>Changes a contact by a whole form or one fact of it: what others changed meanwhile stays, the same field is asked about.</summary>
public sealed class EditContact(LiaisonDb db, SaveContact save, LostContact lost)
{
    /// <summary>The contact, tracked, when the viewer may see it.</summary>
    public Task<Contact?> FindAsync(long id, CancellationToken cancel) => db.Contacts().Where(c => c.Id == id).WithParts().FirstOrDefaultAsync(cancel);

    /// <summary>What a form shows of the contact.</summary>
    public async Task<ContactInput> InputAsync(Contact contact, CancellationToken cancel)
    {
        var tags = contact.Tags.ConvertAll(t => t.TagId);
        var names = tags.Count == 0 ? [] : await db.Set<Tag>().Where(t => tags.Contains(t.Id)).Select(t => t.Name).ToListAsync(cancel);
        var type = contact.TypeId is { } t ? await db.Set<ContactType>().Where(x => x.Id == t).Select(x => x.Key).FirstOrDefaultAsync(cancel) : null;
        var warmth = contact.TemperatureId is { } w ? await db.Set<Temperature>().Where(x => x.Id == w).Select(x => x.Key).FirstOrDefaultAsync(cancel) : null;
        var input = ContactFields.Of(contact, names, type, warmth);
        if (!await db.OpensCompanyAsync(input.CompanyId, cancel)) input.CompanyId = null;
        return ContactForm.Settled(input);
    }

    /// <summary>Merges the form into the contact and saves it; first brings the contact back where the form asks for it.</summary>
    public async Task<EditOutcome> RunAsync(long id, IFormCollection form, CancellationToken cancel)
    {
        await lost.RestoreAsync(id, form, cancel);
        return await db.AgainAsync(() => TryAsync(id, form, cancel));
    }

    private async Task<EditOutcome> TryAsync(long id, IFormCollection form, CancellationToken cancel)
    {
        var found = await FindAsync(id, cancel);
        if (await lost.WhyAsync(id, found, cancel) is { } why) return new(EditKind.Lost, found?.Name ?? "", Why: why);
        var contact = found!;
        var theirs = await InputAsync(contact, cancel);
        var original = ContactForm.Original(form) ?? Copy(theirs);
        var mine = Copy(original);
        ContactForm.Read(form, mine);
        Choices(form, mine, original);
        var problems = mine.Validate();
        if (problems.Any) return new(EditKind.Invalid, contact.Name, mine, Problems: problems);
        ContactForm.Settled(mine);
        var conflicts = ContactFields.Merge(original, mine, theirs, out var merged);
        if (conflicts.Count > 0) return new(EditKind.Conflict, contact.Name, merged, theirs, [.. conflicts.Where(c => c != "companyId" || !conflicts.Contains("companyName"))]);
        if (ContactFields.Changes(theirs, merged).Count == 0) return new(EditKind.Saved, contact.Name);
        var (saved, refused) = await save.RunAsync(contact, merged, cancel);
        return saved is null ? new(EditKind.Invalid, contact.Name, merged, Problems: refused) : new(EditKind.Saved, saved.Name);
    }

    // On the page that showed both values, the original is what others had stored: choosing theirs means taking it.
    private static void Choices(IFormCollection form, ContactInput mine, ContactInput theirs)
    {
        foreach (var (name, value) in form)
        {
            if (!name.StartsWith("Choice.", StringComparison.Ordinal) || value != "theirs") continue;
            ContactFields.Take(name["Choice.".Length..], theirs, mine);
            if (name == "Choice.companyName") ContactFields.Take("companyId", theirs, mine);
        }
    }

    private static ContactInput Copy(ContactInput input) => JsonSerializer.Deserialize<ContactInput>(JsonSerializer.Serialize(input, Journaling.Json), Journaling.Json)!;
}
