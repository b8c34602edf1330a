using System.Globalization;
using System.Runtime.CompilerServices;
using Liaison.Access;
using Liaison.Contacts.Lifecycle;
using Liaison.Contacts.Lists;
using Liaison.Exchange;
using Liaison.Exchange.Reading;
using Liaison.Kernel.Access;
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
public sealed class ContactExport(Localizer texts, StatusTexts statuses, IEnumerable<ContactExportColumns> more, ListSizes sizes, Labels.TagNames tags, CurrentViewer current) : ExportSource
{
    private readonly IReadOnlyList<ContactExportColumns> _more = [.. more.For(current.Viewer)];

    /// <inheritdoc/>
    public override string Key => "contacts";
    /// <inheritdoc/>
    public override string Permission => "contacts.export";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Filters => ContactFilter.Names;

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
        var widths = await PartColumns.WidthsAsync(matching, chosen.Exists(c => c != "addresses" && Groups.Contains(c)), chosen.Contains("addresses"), cancel);
        var columns = new List<ExportColumn>();
        foreach (var key in chosen)
        {
            if (Groups.Contains(key)) columns.AddRange(PartColumns.Of(key, widths));
            else columns.Add(await ColumnAsync(key, db, cancel));
        }
        return new([.. columns.Select(c => c.Heading)], RowsAsync(db, matching, columns, cancel));
    }

    /// <inheritdoc/>
    public override async Task<bool> WriteCardsAsync(LiaisonDb db, IQueryCollection query, TextWriter writer, bool version3, CancellationToken cancel)
    {
        var cards = new VCardWriter(writer, version3);
        // By their own name or their key, which Liaison knows again in either language.
        var types = await db.Set<ContactType>().AsNoTracking().ToDictionaryAsync(t => t.Id, t => t.Name ?? t.Key, cancel);
        var temperatures = await db.Set<Temperature>().AsNoTracking().ToDictionaryAsync(t => t.Id, t => t.Name ?? t.Key, cancel);
        await foreach (var page in Pages(db, await MatchingAsync(db, query, cancel), withMore: false, cancel))
            foreach (var contact in page.Contacts) cards.Write(ContactCard.Of(contact, page, types, temperatures));
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
        return filter.On(await new ContactList(db, sizes, tags).NarrowAsync(filter, cancel), db);
    }

    private async IAsyncEnumerable<IReadOnlyList<string?[]>> RowsAsync(LiaisonDb db, IQueryable<Contact> matching, List<ExportColumn> columns, [EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var page in ExportPages.AheadAsync(Pages(db, matching, columns.Exists(c => c.IsMore), cancel), cancel))
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

    private IAsyncEnumerable<ExportPage> Pages(LiaisonDb db, IQueryable<Contact> matching, bool withMore, CancellationToken cancel) =>
        new ExportPages(db, matching, withMore ? _more : []).ReadAsync(cancel);

    private static string Language => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;

    private string Heading(string key) => key switch
    {
        "status" => ImportFields.Label("ignore.status", Language),
        "statusSince" => ImportFields.Label("ignore.status.since", Language),
        "statusCause" => ImportFields.Label("ignore.status.cause", Language),
        _ when Groups.Contains(key) => texts["export.group." + key],
        _ => ImportFields.Label(key, Language),
    };

    // Rows are formatted while the next page is read: a column must not use the database.
    private async Task<ExportColumn> ColumnAsync(string key, LiaisonDb db, CancellationToken cancel)
    {
        var names = key switch
        {
            "type" => await db.Set<ContactType>().AsNoTracking().ToDictionaryAsync(t => t.Id, t => t.Name ?? texts["contactType." + t.Key], cancel),
            "temperature" => await db.Set<Temperature>().AsNoTracking().ToDictionaryAsync(t => t.Id, t => t.Name ?? texts["temperature." + t.Key], cancel),
            "access" => Enum.GetValues<ContactAccess>().ToDictionary(a => (long)a, a => texts["export.access." + ContactFilter.Word(a)]),
            "kind" => Enum.GetValues<ContactKind>().ToDictionary(k => (long)k, k => texts[k == ContactKind.Company ? "export.company" : "export.person"]),
            "status" => StatusRules.Stages.ToDictionary(v => (long)v, statuses.Name),
            _ => [],
        };
        var causes = new CauseTexts(statuses);
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
            "kind" => c => names[(long)c.Contact.Kind],
            "type" => c => c.Contact.TypeId is { } type ? names.GetValueOrDefault(type) : null,
            "status" => c => names.GetValueOrDefault((long)c.Contact.Status),
            "statusSince" => c => c.Contact.Status == ContactStatus.None ? null : Moment(db, c.Contact.StatusSince),
            "statusCause" => c => c.Contact.Status == ContactStatus.None ? null : causes.Tell(c.Contact.StatusCauseJson),
            "firstName" => c => c.Contact.FirstName,
            "lastName" => c => c.Contact.LastName,
            "companyName" => c => c.Contact.CompanyName,
            "jobTitle" => c => c.Contact.JobTitle,
            "industry" => c => c.Contact.Industry,
            "description" => c => c.Contact.Description,
            "tags" => c => WordList.Join(c.Page.Tags[c.Contact.Id].ToArray()),
            "responsible" => c => string.Join(", ", c.Page.Responsibles[c.Contact.Id]),
            "access" => c => names[(long)c.Contact.Access],
            "currency" => c => c.Contact.Currency,
            "temperature" => c => c.Contact.TemperatureId is { } warmth ? names.GetValueOrDefault(warmth) : null,
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
