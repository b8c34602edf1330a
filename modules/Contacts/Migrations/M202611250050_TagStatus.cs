using Liaison.Kernel.Data;
using Liaison.Kernel.Data.Migrations;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Liaison.Contacts.Migrations;

/// <summary>
/// A tag on a contact knows the contact's status and sorted name: lists and counts of a tag within a status read one index instead of looking at each contact.
/// Triggers keep it right whoever writes.
/// </summary>
[DbContext(typeof(LiaisonDb)), Migration("202611250050_TagStatus")]
internal sealed class M202611250050_TagStatus : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropIndex("ix_contact_tag_tag_id_contact_id", "contact_tag");
        migrationBuilder.Extend("contact_tag", t => t.Int("status", nullable: true).Text("sort_name", or: "", binary: true));
        migrationBuilder.Sql("UPDATE contact_tag SET status = c.status, sort_name = c.sort_name FROM contact c WHERE c.id = contact_tag.contact_id AND c.deleted_at IS NULL;");
        migrationBuilder.Extend("contact_tag", t => t.Index(["tag_id", "status", "sort_name", "contact_id"]));
        if (migrationBuilder.OnSqlite()) Sqlite(migrationBuilder);
        else PostgreSql(migrationBuilder);
    }

    // A row that comes without a status is filled in; one that tells it, as imports do, is taken as it is.
    private static void Sqlite(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("""
            CREATE TRIGGER contact_tag_insert AFTER INSERT ON contact_tag WHEN new.status IS NULL BEGIN
              UPDATE contact_tag SET status = c.status, sort_name = c.sort_name FROM contact c
              WHERE contact_tag.contact_id = new.contact_id AND contact_tag.tag_id = new.tag_id AND c.id = new.contact_id AND c.deleted_at IS NULL;
            END;
            """);
        migrationBuilder.Sql("""
            CREATE TRIGGER contact_tag_follow AFTER UPDATE OF status, sort_name, deleted_at ON contact
            WHEN old.status <> new.status OR old.sort_name <> new.sort_name OR (old.deleted_at IS NULL) <> (new.deleted_at IS NULL) BEGIN
              UPDATE contact_tag SET status = CASE WHEN new.deleted_at IS NULL THEN new.status END, sort_name = new.sort_name WHERE contact_id = new.id;
            END;
            """);
    }

    private static void PostgreSql(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        CREATE FUNCTION contact_tag_insert() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          SELECT c.status, c.sort_name INTO new.status, new.sort_name FROM contact c WHERE c.id = new.contact_id AND c.deleted_at IS NULL;
          new.sort_name := coalesce(new.sort_name, '');
          RETURN new;
        END $$;
        CREATE TRIGGER contact_tag_insert BEFORE INSERT ON contact_tag FOR EACH ROW WHEN (new.status IS NULL) EXECUTE FUNCTION contact_tag_insert();
        CREATE FUNCTION contact_tag_follow() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          UPDATE contact_tag SET status = CASE WHEN new.deleted_at IS NULL THEN new.status END, sort_name = new.sort_name WHERE contact_id = new.id;
          RETURN NULL;
        END $$;
        CREATE TRIGGER contact_tag_follow AFTER UPDATE OF status, sort_name, deleted_at ON contact FOR EACH ROW
          WHEN (old.status <> new.status OR old.sort_name <> new.sort_name OR (old.deleted_at IS NULL) <> (new.deleted_at IS NULL)) EXECUTE FUNCTION contact_tag_follow();
        """);
}
