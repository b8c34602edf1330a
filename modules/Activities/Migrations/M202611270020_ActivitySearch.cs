using Liaison.Activities.Search;
using Liaison.Kernel.Data;
using Liaison.Kernel.Data.Migrations;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Liaison.Activities.Migrations;

/// <summary>
/// Actions are found by any part of their text and of the contact's name. Those that are there have no text until the background has given them one; triggers keep
/// the name and the index right whoever writes.
/// </summary>
[DbContext(typeof(LiaisonDb)), Migration("202611270020_ActivitySearch")]
internal sealed class M202611270020_ActivitySearch : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Extend("activity", t => t.Text("search_text", or: "", binary: true));
        if (migrationBuilder.OnSqlite()) Sqlite(migrationBuilder);
        else PostgreSql(migrationBuilder);
        migrationBuilder.Enqueue(FillSearch.Name, "activity");
    }

    // Putting one row after the other into a full-text index costs more than all else that recording an action does. So every 512th brings those since the last time
    // with it, and a search looks at the few that wait one by one: those beyond the mark.
    private static void Sqlite(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("CREATE VIRTUAL TABLE activity_search USING fts5(search_text, content='activity', content_rowid='id', tokenize='trigram case_sensitive 1', detail='none', columnsize=0);");
        migrationBuilder.Sql("CREATE TABLE activity_search_mark (last INTEGER NOT NULL);");
        migrationBuilder.Sql("INSERT INTO activity_search_mark SELECT coalesce(max(id), 0) FROM activity;");
        migrationBuilder.Sql("""
            CREATE TRIGGER activity_search_gather AFTER INSERT ON activity WHEN new.id % 512 = 0 AND new.id > (SELECT last FROM activity_search_mark) BEGIN
              INSERT INTO activity_search(rowid, search_text) SELECT id, search_text FROM activity WHERE id > (SELECT last FROM activity_search_mark) AND id <= new.id AND search_text <> '' ORDER BY id;
              UPDATE activity_search_mark SET last = new.id;
            END;
            """);
        migrationBuilder.Sql("""
            CREATE TRIGGER activity_search_late AFTER INSERT ON activity WHEN new.search_text <> '' AND new.id % 512 <> 0 AND new.id <= (SELECT last FROM activity_search_mark) BEGIN
              INSERT INTO activity_search(rowid, search_text) VALUES (new.id, new.search_text);
            END;
            """);
        migrationBuilder.Sql("""
            CREATE TRIGGER activity_search_delete AFTER DELETE ON activity WHEN old.search_text <> '' AND old.id <= (SELECT last FROM activity_search_mark) BEGIN
              INSERT INTO activity_search(activity_search, rowid, search_text) VALUES ('delete', old.id, old.search_text);
            END;
            """);
        // One without text gets it in the background, which puts it into the index itself.
        migrationBuilder.Sql("""
            CREATE TRIGGER activity_search_update AFTER UPDATE OF search_text ON activity WHEN old.search_text <> '' AND old.search_text <> new.search_text AND old.id <= (SELECT last FROM activity_search_mark) BEGIN
              INSERT INTO activity_search(activity_search, rowid, search_text) VALUES ('delete', old.id, old.search_text);
              INSERT INTO activity_search(rowid, search_text) VALUES (new.id, new.search_text);
            END;
            """);
        migrationBuilder.Sql("""
            CREATE TRIGGER activity_search_name AFTER UPDATE OF search_text ON contact
            WHEN substr(old.search_text, 1, instr(old.search_text || char(10), char(10)) - 1) <> substr(new.search_text, 1, instr(new.search_text || char(10), char(10)) - 1) BEGIN
              UPDATE activity SET search_text = substr(new.search_text, 1, instr(new.search_text || char(10), char(10)) - 1) || substr(search_text, instr(search_text, char(10)))
              WHERE contact_id = new.id AND search_text <> '';
            END;
            """);
    }

    private static void PostgreSql(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        CREATE INDEX ix_activity_search ON activity USING gin (search_text gin_trgm_ops);
        CREATE FUNCTION activity_search_name() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          UPDATE activity SET search_text = split_part(new.search_text, E'\n', 1) || substr(search_text, strpos(search_text, E'\n')) WHERE contact_id = new.id AND search_text <> '';
          RETURN NULL;
        END $$;
        CREATE TRIGGER activity_search_name AFTER UPDATE OF search_text ON contact FOR EACH ROW
          WHEN (split_part(old.search_text, E'\n', 1) <> split_part(new.search_text, E'\n', 1)) EXECUTE FUNCTION activity_search_name();
        """);
}
