using Liaison.Kernel.Data.Migrations;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Liaison.Contacts.Migrations;

/// <summary>Copies status and sorted name of a contact beside what it is listed by, and keeps the copies right by triggers, whoever writes.</summary>
internal static class ContactMarks
{
    public static void Keep(MigrationBuilder migrationBuilder, string table, string key)
    {
        migrationBuilder.DropIndex($"ix_{table}_{key}_contact_id", table);
        migrationBuilder.Extend(table, t => t.Int("status", nullable: true).Text("sort_name", or: "", binary: true));
        migrationBuilder.Sql($"UPDATE {table} SET status = c.status, sort_name = c.sort_name FROM contact c WHERE c.id = {table}.contact_id AND c.deleted_at IS NULL;");
        migrationBuilder.Extend(table, t => t.Index([key, "status", "sort_name", "contact_id"]));
        if (migrationBuilder.OnSqlite()) Sqlite(migrationBuilder, table, key);
        else PostgreSql(migrationBuilder, table);
    }

    // A row that comes without a status is filled in; one that tells it, as imports do, is taken as it is.
    private static void Sqlite(MigrationBuilder migrationBuilder, string table, string key)
    {
        migrationBuilder.Sql($"""
            CREATE TRIGGER {table}_insert AFTER INSERT ON {table} WHEN new.status IS NULL BEGIN
              UPDATE {table} SET status = c.status, sort_name = c.sort_name FROM contact c
              WHERE {table}.contact_id = new.contact_id AND {table}.{key} = new.{key} AND c.id = new.contact_id AND c.deleted_at IS NULL;
            END;
            """);
        migrationBuilder.Sql($"""
            CREATE TRIGGER {table}_follow AFTER UPDATE OF status, sort_name, deleted_at ON contact
            WHEN old.status <> new.status OR old.sort_name <> new.sort_name OR (old.deleted_at IS NULL) <> (new.deleted_at IS NULL) BEGIN
              UPDATE {table} SET status = CASE WHEN new.deleted_at IS NULL THEN new.status END, sort_name = new.sort_name WHERE contact_id = new.id;
            END;
            """);
    }

    private static void PostgreSql(MigrationBuilder migrationBuilder, string table) => migrationBuilder.Sql($"""
        CREATE FUNCTION {table}_insert() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          SELECT c.status, c.sort_name INTO new.status, new.sort_name FROM contact c WHERE c.id = new.contact_id AND c.deleted_at IS NULL;
          new.sort_name := coalesce(new.sort_name, '');
          RETURN new;
        END $$;
        CREATE TRIGGER {table}_insert BEFORE INSERT ON {table} FOR EACH ROW WHEN (new.status IS NULL) EXECUTE FUNCTION {table}_insert();
        CREATE FUNCTION {table}_follow() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          UPDATE {table} SET status = CASE WHEN new.deleted_at IS NULL THEN new.status END, sort_name = new.sort_name WHERE contact_id = new.id;
          RETURN NULL;
        END $$;
        CREATE TRIGGER {table}_follow AFTER UPDATE OF status, sort_name, deleted_at ON contact FOR EACH ROW
          WHEN (old.status <> new.status OR old.sort_name <> new.sort_name OR (old.deleted_at IS NULL) <> (new.deleted_at IS NULL)) EXECUTE FUNCTION {table}_follow();
        """);
}
