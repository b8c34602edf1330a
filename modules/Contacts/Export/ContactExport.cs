using System.Globalization;
using System.Runtime.CompilerServices;
using Liaison.Access;
using Liaison.Contacts.Lifecycle;
using Liaison.Contacts.Lists;
using Liaison.Exchange;
using Liaison.Exchange.Reading;
using Liaison.Kernel.Api;
using Liaison.Kernel.Data;
using Liaison.Kernel.Texts;
using Liaison.Kernel.Validation;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Export;

/// <summary>
/// Contacts as a source of exports: companies first, so that reading the file back finds them before their persons; several e-mails, phones and addresses
/// of a category get numbered columns, as many as the fullest contact needs.
/// </summary>
public sealed class ContactExport(Localizer texts, StatusTexts statuses, IEnumerable<ContactExportColumns> more, ListSizes sizes) : ExportSource
{
    private const int PageSize = 2000;
    private readonly IReadOnlyList<ContactExportColumns> _more = [.. more];

    /// <inheritdoc/>
    public override string Key => "contacts";
    /// <inheritdoc/>
    public override string Permission => "contacts.export";

    private static readonly string[] Before = ["id", "kind", "type", "status", "statusSince", "statusCause", "firstName", "lastName", "companyName", "jobTitle"];
    private static readonly string[] Groups = ["emails", "phones", "addresses", "websites", "socials"];
    private static readonly string[] After = ["industry", "description", "tags", "responsible", "access", "currency", "temperature", "createdAt"];

    /// <inheritdoc/>
    public override IReadOnlyList<ExportField> Fields =>
    [
        .. Before.Concat(Groups).Concat(After).Select(key => new ExportField(key, Heading(key), key is "status" or "statusSince" or "statusCause" ? "status" : "contact")),
        .. _more.SelectMany(m => m.Columns).Select(c => new ExportField(c.Key, c.Label, "lastAction")),
    ];

    /// <inheritdoc/>
    public override async Task<OpenExport> OpenAsync(LiaisonDb db, IQueryCollection query, IReadOnlyList<string>? fields, CancellationToken cancel)
    {
        var chosen = fields is null ? Fields.Select(f => f.Key).ToList() : Check(fields);
        var matching = await MatchingAsync(db, query, cancel);
        var columns = new List<ExportColumn>();
        foreach (var key in chosen)
        {
            if (Groups.Contains(key)) columns.AddRange(await PartColumns.OfAsync(key, db, matching, cancel));
            else columns.Add(Column(key, db));
        }
        return new([.. columns.Select(c => c.Heading)], RowsAsync(db, matching, columns, cancel));
    }

    /// <inheritdoc/>
    public override async Task<bool> WriteCardsAsync(LiaisonDb db, IQueryCollection query, TextWriter writer, bool version3, CancellationToken cancel)
    {
        var cards = new VCardWriter(writer, version3);
        await foreach (var page in PagesAsync(db, await MatchingAsync(db, query, cancel), withMore: false, cancel))
            foreach (var contact in page.Contacts) cards.Write(ContactCard.Of(contact, page));
        return true;
    }

    private List<string> Check(IReadOnlyList<string> fields)
    {
        var known = Fields.Select(f => f.Key).ToHashSet(StringComparer.Ordinal);
        return fields.FirstOrDefault(f => !known.Contains(f)) is { } unknown ? throw new BadFieldException("fields", "contacts.error.exportField", unknown) : [.. fields];
    }

    private async Task<IQueryable<Contact>> MatchingAsync(LiaisonDb db, IQueryCollection query, CancellationToken cancel)
    {
        var problems = new Problems();
        var filter = ContactFilter.Parse(query, db.Viewer, problems);
        if (problems.Any) throw new BadFieldException(problems.All[0].Path, problems.All[0].Text, problems.All[0].Arguments);
        return filter.On(await new ContactList(db, sizes).NarrowAsync(filter, cancel), db);
    }

    private async IAsyncEnumerable<IReadOnlyList<string?[]>> RowsAsync(LiaisonDb db, IQueryable<Contact> matching, List<ExportColumn> columns, [EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var page in PagesAsync(db, matching, columns.Exists(c => c.IsMore), cancel))
        {
            var rows = new string?[page.Contacts.Count][];
            for (var i = 0; i < rows.Length; i++)
            {
                var row = rows[i] = new string?[columns.Count];
                var contact = new ExportedContact(page.Contacts[i], page);
                for (var c = 0; c < row.Length; c++) row[c] = columns[c].Value(contact);
            }
            yield return rows;
        }
    }

    private async IAsyncEnumerable<ExportPage> PagesAsync(LiaisonDb db, IQueryable<Contact> matching, bool withMore, [EnumeratorCancellation] CancellationToken cancel)
    {
        var users = await db.Set<User>().AsNoTracking().Select(u => new { u.Id, Name = u.Email ?? u.UserName! }).ToDictionaryAsync(u => u.Id, u => u.Name, cancel);
        var tags = await db.Set<Tag>().AsNoTracking().ToDictionaryAsync(t => t.Id, t => t.Name, cancel);
        foreach (var kind in new[] { ContactKind.Company, ContactKind.Person })
        {
            for (long after = 0; ;)
            {
                var (from, of) = (after, kind);
                var contacts = await matching.Where(c => c.Kind == of && c.Id > from).OrderBy(c => c.Id).Take(PageSize).ToListAsync(cancel);
                if (contacts.Count > 0) yield return await PageAsync(db, contacts, users, tags, withMore, cancel);
                if (contacts.Count < PageSize) break;
                after = contacts[^1].Id;
            }
        }
    }

    private async Task<ExportPage> PageAsync(LiaisonDb db, List<Contact> contacts, Dictionary<long, string> users, Dictionary<long, string> tags, bool withMore, CancellationToken cancel)
    {
        var ids = contacts.ConvertAll(c => c.Id);
        var loaded = new List<IReadOnlyDictionary<long, string?[]>>();
        if (withMore) foreach (var source in _more) loaded.Add(await source.LoadAsync(db, contacts, cancel));
        return new()
        {
            Contacts = contacts,
            Points = (await db.Set<ContactPoint>().AsNoTracking().Where(p => ids.Contains(p.ContactId)).ToListAsync(cancel)).OrderBy(p => p.Position).ToLookup(p => p.ContactId),
            Addresses = (await db.Set<ContactAddress>().AsNoTracking().Where(a => ids.Contains(a.ContactId)).ToListAsync(cancel)).OrderBy(a => a.Position).ToLookup(a => a.ContactId),
            Tags = (await db.Set<ContactTag>().AsNoTracking().Where(t => ids.Contains(t.ContactId)).ToListAsync(cancel)).ToLookup(t => t.ContactId, t => tags.GetValueOrDefault(t.TagId, "")),
            Responsibles = (await db.Set<ContactResponsible>().AsNoTracking().Where(r => ids.Contains(r.ContactId)).ToListAsync(cancel)).ToLookup(r => r.ContactId, r => users.GetValueOrDefault(r.UserId, "")),
            More = loaded,
        };
    }

    private static string Language => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;

    private string Heading(string key) => key switch
    {
        "status" => ImportFields.Label("ignore.status", Language),
        "statusSince" => ImportFields.Label("ignore.status.since", Language),
        "statusCause" => ImportFields.Label("ignore.status.cause", Language),
        _ when Groups.Contains(key) => texts["export.group." + key],
        _ => ImportFields.Label(key, Language),
    };

    private ExportColumn Column(string key, LiaisonDb db)
    {
        var types = new Lazy<Dictionary<long, string>>(() => db.Set<ContactType>().AsNoTracking().ToDictionary(t => t.Id, t => t.Name ?? texts["contactType." + t.Key]));
        var temperatures = new Lazy<Dictionary<long, string>>(() => db.Set<Temperature>().AsNoTracking().ToDictionary(t => t.Id, t => t.Name ?? texts["temperature." + t.Key]));
        for (var (m, n) = (0, _more.Count); m < n; m++)
        {
            for (var i = 0; i < _more[m].Columns.Count; i++)
            {
                if (_more[m].Columns[i].Key != key) continue;
                var (source, at) = (m, i);
                return new(_more[m].Columns[i].Label, c => c.Page.More[source].GetValueOrDefault(c.Contact.Id)?[at], IsMore: true);
            }
        }
        return new(Heading(key), key switch
        {
            "id" => c => c.Contact.Id.ToString(CultureInfo.InvariantCulture),
            "kind" => c => texts[c.Contact.Kind == ContactKind.Company ? "export.company" : "export.person"],
            "type" => c => c.Contact.TypeId is { } type ? types.Value.GetValueOrDefault(type) : null,
            "status" => c => statuses.Name(c.Contact.Status),
            "statusSince" => c => Moment(db, c.Contact.StatusSince),
            "statusCause" => c => statuses.Because(StatusCause.Parse(c.Contact.StatusCauseJson)),
            "firstName" => c => c.Contact.FirstName,
            "lastName" => c => c.Contact.LastName,
            "companyName" => c => c.Contact.CompanyName,
            "jobTitle" => c => c.Contact.JobTitle,
            "industry" => c => c.Contact.Industry,
            "description" => c => c.Contact.Description,
            "tags" => c => TagText.Join(c.Page.Tags[c.Contact.Id].Order(StringComparer.Ordinal)),
            "responsible" => c => string.Join(", ", c.Page.Responsibles[c.Contact.Id].Order(StringComparer.Ordinal)),
            "access" => c => texts["export.access." + ContactFilter.Word(c.Contact.Access)],
            "currency" => c => c.Contact.Currency,
            "temperature" => c => c.Contact.TemperatureId is { } warmth ? temperatures.Value.GetValueOrDefault(warmth) : null,
            "createdAt" => c => Moment(db, c.Contact.CreatedAt),
            _ => throw new InvalidOperationException($"No column {key}."),
        });
    }

    /// <summary>A moment in the viewer's zone that every spreadsheet understands: 2026-11-22 09:40.</summary>
    public static string Moment(LiaisonDb db, DateTime utc) => Kernel.Time.Moments.ToLocal(db.Viewer, utc).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}

/// <summary>A contact with the page that holds its parts.</summary>
internal readonly record struct ExportedContact(Contact Contact, ExportPage Page);

/// <summary>A column: heading and how to get its value.</summary>
internal sealed record ExportColumn(string Heading, Func<ExportedContact, string?> Value, bool IsMore = false);
