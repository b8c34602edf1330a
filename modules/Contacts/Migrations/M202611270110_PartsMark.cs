using Liaison.Contacts.Finding;
using Liaison.Kernel.Data;
using Liaison.Kernel.Data.Migrations;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Liaison.Contacts.Migrations;

/// <summary>
/// A contact notes its tags and responsible users, so that a list reads nothing beside the contacts themselves; those that are there are noted in the background
/// (the same job writes the keys of firms with initials anew, "S.A.R.L." being "SARL"). The note is kept by
/// triggers, whoever writes: rows that come with a status belong to a contact that brings its note, and a tag that is deleted takes itself off all notes by having no name any more.
/// </summary>
[DbContext(typeof(LiaisonDb)), Migration("202611270110_PartsMark")]
internal sealed class M202611270110_PartsMark : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Extend("contact", t => t.Text("parts_mark", nullable: true));
        if (!migrationBuilder.OnSqlite()) migrationBuilder.Sql(Note);
        foreach (var (table, key, kept) in new[] { ("contact_tag", "tag_id", "EXISTS (SELECT 1 FROM tag WHERE id = old.tag_id)"), ("contact_responsible", "user_id", "TRUE") })
            migrationBuilder.Sql(migrationBuilder.OnSqlite() ? Sqlite(table, key, kept) : PostgreSql(table, key, kept));
        migrationBuilder.Enqueue(SpellingsJob.Name, "contact");
    }

    private static string Sqlite(string table, string key, string kept)
    {
        static string Noted(string row) => $"UPDATE contact SET parts_mark = {PartsMark.Sql(Engine.Sqlite, row + ".contact_id")} WHERE id = {row}.contact_id;";
        return $"""
            CREATE TRIGGER {table}_note_insert AFTER INSERT ON {table} WHEN new.status IS NULL BEGIN {Noted("new")} END;
            CREATE TRIGGER {table}_note_update AFTER UPDATE OF contact_id, {key} ON {table} BEGIN {Noted("old")} {Noted("new")} END;
            CREATE TRIGGER {table}_note_delete AFTER DELETE ON {table} WHEN {kept} BEGIN {Noted("old")} END;
            """;
    }

    // The contact is held first: what somebody else wrote about it meanwhile is seen by the statement after.
    private static readonly string Note = $"""
        CREATE FUNCTION contact_note_parts(which bigint) RETURNS void LANGUAGE plpgsql AS $$
        BEGIN
          PERFORM 1 FROM contact WHERE id = which FOR NO KEY UPDATE;
          IF FOUND THEN UPDATE contact SET parts_mark = {PartsMark.Sql(Engine.PostgreSql, "which")} WHERE id = which; END IF;
        END $$;
        """;

    // The row that comes has no status any more when it is there, so it is written here what the trigger before it wrote.
    private static string PostgreSql(string table, string key, string kept) => $"""
        DROP TRIGGER {table}_insert ON {table};
        CREATE OR REPLACE FUNCTION {table}_insert() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          UPDATE {table} t SET status = c.status, sort_name = c.sort_name FROM contact c
            WHERE t.contact_id = new.contact_id AND t.{key} = new.{key} AND c.id = new.contact_id AND c.deleted_at IS NULL;
          PERFORM contact_note_parts(new.contact_id);
          RETURN NULL;
        END $$;
        CREATE TRIGGER {table}_insert AFTER INSERT ON {table} FOR EACH ROW WHEN (new.status IS NULL) EXECUTE FUNCTION {table}_insert();
        CREATE FUNCTION {table}_note() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF {kept} THEN PERFORM contact_note_parts(old.contact_id); END IF;
          IF TG_OP = 'UPDATE' THEN PERFORM contact_note_parts(new.contact_id); END IF;
          RETURN NULL;
        END $$;
        CREATE TRIGGER {table}_note_update AFTER UPDATE OF contact_id, {key} ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_note();
        CREATE TRIGGER {table}_note_delete AFTER DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_note();
        """;
}
