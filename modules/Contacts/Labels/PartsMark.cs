using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Liaison.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts;

/// <summary>
/// The tags and responsible users that a contact notes of itself: their ids in ascending order between blanks, those of users below zero. The database keeps the note right
/// (see the migration PartsMark); a contact without one has not been noted yet.
/// </summary>
internal static class PartsMark
{
    /// <summary>The note of a new contact.</summary>
    public static string Of(Contact contact)
    {
        if (contact.Tags.Count == 0 && contact.Responsibles.Count == 1) return Text(-contact.Responsibles[0].UserId);
        var text = new StringBuilder();
        foreach (var id in contact.Responsibles.Select(r => -r.UserId).Concat(contact.Tags.Select(t => t.TagId)).Order()) text.Append(text.Length > 0 ? " " : "").Append(Text(id));
        return text.ToString();
    }

    /// <summary>The ids of a note.</summary>
    public static void Read(string note, Action<long> id)
    {
        foreach (var part in note.AsSpan().Split(' '))
            if (long.TryParse(note.AsSpan(part), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) id(number);
    }

    /// <inheritdoc cref="Read(string, Action{long})"/>
    public static void Read(ReadOnlySpan<byte> note, Action<long> id)
    {
        while (Utf8Parser.TryParse(note, out long number, out var length))
        {
            id(number);
            note = length < note.Length ? note[(length + 1)..] : [];
        }
    }

    /// <inheritdoc cref="Read(string, Action{long})"/>
    public static List<long> Read(string note)
    {
        var ids = new List<long>();
        Read(note, ids.Add);
        return ids;
    }

    /// <summary>The ids of contacts that have not been noted yet.</summary>
    public static async Task<ILookup<long, long>> ReadAsync(LiaisonDb db, List<long> contacts, CancellationToken cancel) =>
        (await PartsOf.ListAsync(db, contacts, cancel)).ToLookup(p => p.ContactId, p => p.Id);

    /// <summary>The ids of one that has not been noted yet.</summary>
    public static async Task<IEnumerable<long>> ReadAsync(LiaisonDb db, long contact, CancellationToken cancel) => (await ReadAsync(db, [contact], cancel))[contact];

    // Tags and, below zero, responsible users in one statement.
    private static readonly FixedQuery<List<long>, Part> PartsOf = new((db, ids) =>
        db.Set<ContactTag>().Where(t => ids.Contains(t.ContactId)).Select(t => new Part { ContactId = t.ContactId, Id = t.TagId })
            .Concat(db.Set<ContactResponsible>().Where(r => ids.Contains(r.ContactId)).Select(r => new Part { ContactId = r.ContactId, Id = -r.UserId })));

    private sealed class Part
    {
        public required long ContactId { get; init; }
        public required long Id { get; init; }
    }

    /// <summary>The same for the database: an expression that gives the note of the contact with this id.</summary>
    public static string Sql(Engine engine, string contactId)
    {
        var ids = $"SELECT tag_id AS id FROM contact_tag WHERE contact_id = {contactId} UNION ALL SELECT -user_id FROM contact_responsible WHERE contact_id = {contactId}";
        return engine == Engine.Sqlite ? $"(SELECT coalesce(group_concat(id, ' '), '') FROM ({ids} ORDER BY 1))" : $"(SELECT coalesce(string_agg(id::text, ' ' ORDER BY id), '') FROM ({ids}) parts)";
    }

    /// <summary>Writes the notes that are missing of the contacts behind an id up to another.</summary>
    public static Task NoteAsync(LiaisonDb db, long after, long last, CancellationToken cancel)
    {
        var sql = $"UPDATE contact SET parts_mark = {Sql(db.Engine, "contact.id")} WHERE id > {{0}} AND id <= {{1}} AND parts_mark IS NULL";
        return db.Database.ExecuteSqlRawAsync(sql, [after, last], cancel);
    }

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
