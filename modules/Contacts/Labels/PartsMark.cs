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
