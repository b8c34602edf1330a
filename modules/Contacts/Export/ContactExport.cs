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
public sealed class ContactExport(Localizer texts, StatusTexts statuses, IEnumerable<ContactExportColumns> more, ListSizes sizes, Labels.TagNames tags, CurrentViewer current, Databases databases) : ExportSource
{
    private const int MostWaiting = 1 << 16;

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
        var widths = await PartColumns.WidthsAsync(matching, BesideAsync, chosen.Exists(c => c != "addresses" && Groups.Contains(c)), chosen.Contains("addresses"), cancel);
        var columns = new List<ExportColumn>();
        foreach (var key in chosen)
        {
            if (Groups.Contains(key)) columns.AddRange(PartColumns.Of(key, widths));
            else columns.Add(await ColumnAsync(key, db, cancel));
        }
        return new([.. columns.Select(c => c.Heading)], RowsAsync(db, matching, columns, cancel));

        async Task BesideAsync(Func<IQueryable<Contact>, Task> work)
        {
            await using var other = databases.Open(db.Viewer);
            await work(await MatchingAsync(other, query, cancel));
        }
    }

    /// <inheritdoc/>
    public override async Task<bool> WriteCardsAsync(LiaisonDb db, IQueryCollection query, TextWriter writer, bool version3, CancellationToken cancel)
    {
        // Cards are put down in memory and sent asynchronously: the server refuses blocking writes.
        await using var waiting = new StringWriter(CultureInfo.InvariantCulture);
        var cards = new VCardWriter(waiting, version3);
        // By their own name or their key, which Liaison knows again in either language.
        var types = await db.Set<ContactType>().AsNoTracking().ToDictionaryAsync(t => t.Id, t => t.Name ?? t.Key, cancel);
        var temperatures = await db.Set<Temperature>().AsNoTracking().ToDictionaryAsync(t => t.Id, t => t.Name ?? t.Key, cancel);
        var (labels, users) = (await TagsAsync(db, cancel), await UsersAsync(db, cancel));
        await foreach (var page in Pages(db, await MatchingAsync(db, query, cancel), withMore: false, cancel))
        {
            for (var i = 0; i < page.Contacts.Count; i++)
            {
                cards.Write(ContactCard.Of(page, i, types, temperatures, labels, users));
                if (waiting.GetStringBuilder().Length > MostWaiting) await SendAsync(waiting, writer, cancel);
            }
        }
        await SendAsync(waiting, writer, cancel);
        return true;
    }

    private static async Task SendAsync(StringWriter waiting, TextWriter writer, CancellationToken cancel)
    {
        await writer.WriteAsync(waiting.GetStringBuilder(), cancel);
        waiting.GetStringBuilder().Clear();
    }

    private static Task<Dictionary<long, string>> TagsAsync(LiaisonDb db, CancellationToken cancel) => db.Set<Tag>().AsNoTracking().ToDictionaryAsync(t => t.Id, t => t.Name, cancel);

    private static Task<Dictionary<long, string>> UsersAsync(LiaisonDb db, CancellationToken cancel) => db.Set<User>().AsNoTracking().ToDictionaryAsync(u => u.Id, u => u.Email ?? u.UserName!, cancel);

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

    // One table of cells for all pages: the reader of rows is done with a page when it asks for the next.
    private async IAsyncEnumerable<Utf8Rows> RowsAsync(LiaisonDb db, IQueryable<Contact> matching, List<ExportColumn> columns, [EnumeratorCancellation] CancellationToken cancel)
    {
        var cells = new Utf8Rows(columns.Count);
        await foreach (var page in Pages(db, matching, columns.Exists(c => c.IsMore), cancel))
        {
            cells.Clear();
            for (var i = 0; i < page.Contacts.Count; i++)
                foreach (var column in columns) column.Write(page, i, cells);
            yield return cells;
        }
    }

    private IAsyncEnumerable<ExportPage> Pages(LiaisonDb db, IQueryable<Contact> matching, bool withMore, CancellationToken cancel) =>
        new ExportPages(db, () => databases.Open(db.Viewer), matching, withMore ? _more : []).ReadAsync(cancel);

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
            "tags" => await TagsAsync(db, cancel),
            "responsible" => await UsersAsync(db, cancel),
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
                return new(_more[m].Columns[i].Label, (page, row, cells) => cells.Add(page.More[source].Utf8(row, at)), IsMore: true);
            }
        }
        return new(Heading(key), key switch
        {
            "id" => (page, row, cells) => cells.AddText(page.Contacts.Number(row, ContactCells.Id)),
            "kind" => Named(ContactCells.Kind),
            "type" => Named(ContactCells.Type),
            "status" => Named(ContactCells.Status),
            "statusSince" => WhenStaged(Moment(ContactCells.StatusSince)),
            "statusCause" => WhenStaged((page, row, cells) => cells.Add(causes.Tell(page.Contacts.Text(row, ContactCells.StatusCause)))),
            "firstName" => Text(ContactCells.FirstName),
            "lastName" => Text(ContactCells.LastName),
            "companyName" => Text(ContactCells.CompanyName),
            "jobTitle" => Text(ContactCells.JobTitle),
            "industry" => Text(ContactCells.Industry),
            "description" => Text(ContactCells.Description),
            "tags" => (page, row, cells) => cells.Add(WordList.Join(Names(page.Tags, row, names))),
            "responsible" => (page, row, cells) => cells.Add(string.Join(", ", Names(page.Responsibles, row, names))),
            "access" => Named(ContactCells.Access),
            "currency" => Text(ContactCells.Currency),
            "temperature" => Named(ContactCells.Temperature),
            "createdAt" => Moment(ContactCells.CreatedAt),
            _ => throw new InvalidOperationException($"No column {key}."),
        });

        WriteCell Named(int cell) => (page, row, cells) => cells.Add(page.Contacts.IsNothing(row, cell) ? null : names.GetValueOrDefault(page.Contacts.Number(row, cell)));
        // A contact without lifecycle has neither since nor cause.
        static WriteCell WhenStaged(WriteCell write) => (page, row, cells) =>
        {
            if (page.Contacts.Number(row, ContactCells.Status) == (long)ContactStatus.None) cells.Add((string?)null);
            else write(page, row, cells);
        };
        WriteCell Moment(int cell) => (page, row, cells) => AddMoment(cells, db, PlainReading.Moment(page.Contacts.Number(row, cell)));
        static WriteCell Text(int cell) => (page, row, cells) => cells.Add(page.Contacts.Utf8(row, cell));
    }

    /// <summary>The names of tags or users of a contact, in their order.</summary>
    internal static List<string> Names(PartRows parts, int contact, Dictionary<long, string> names)
    {
        var (start, end) = parts[contact];
        var found = new List<string>(end - start);
        // One that was deleted has no name any more.
        for (var row = start; row < end; row++) if (names.TryGetValue(parts.Rows.Number(row, 1), out var name)) found.Add(name);
        found.Sort(string.CompareOrdinal);
        return found;
    }

    /// <summary>Adds a moment in the viewer's zone that every spreadsheet understands: 2026-11-22 09:40.</summary>
    public static void AddMoment(Utf8Rows cells, LiaisonDb db, DateTime utc) => cells.AddText(Kernel.Time.Moments.ToLocal(db.Viewer, utc), "yyyy-MM-dd HH:mm");
}

/// <summary>Adds the cell of a contact of a page.</summary>
internal delegate void WriteCell(ExportPage page, int contact, Utf8Rows cells);

/// <summary>A column: heading and how to write its cell.</summary>
internal sealed record ExportColumn(string Heading, WriteCell Write, bool IsMore = false);
