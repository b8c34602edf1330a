using Liaison.Kernel.Data;
using Liaison.Kernel.Data.Migrations;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Liaison.Contacts.Migrations;

[DbContext(typeof(LiaisonDb)), Migration("202611220010_Contacts")]
internal sealed class M202611220010_Contacts : Migration
{
    private const string Alive = "deleted_at IS NULL";

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Table("contact_type", t => t.Id().Text("key").Text("name", nullable: true).Int("position").Index(["key"], unique: true));
        migrationBuilder.Table("temperature", t => t.Id().Text("key").Text("name", nullable: true).Text("color").Int("position").Index(["key"], unique: true));
        migrationBuilder.Table("tag", t => t.Id().Text("name").Text("key", binary: true).Index(["key"], unique: true));
        migrationBuilder.Table("contact", t => t.Id().Int("kind")
            .Text("first_name").Text("last_name").Text("job_title").Text("company_name").Ref("company_id", "contact", nullable: true, ReferentialAction.SetNull, index: false)
            .Text("industry").Text("description").Ref("type_id", "contact_type", nullable: true, ReferentialAction.Restrict, index: false)
            .Ref("temperature_id", "temperature", nullable: true, ReferentialAction.Restrict, index: false).Text("currency").Int("access")
            .Int("status").Moment("status_since").Text("status_cause_json").Int("initial_status").Int("manual_status", nullable: true)
            .Moment("manual_status_at", nullable: true).Text("manual_cause_json", nullable: true).Bool("status_locked").Bool("details_to_check")
            .Moment("last_activity_at").Long("last_activity_id", nullable: true).Moment("next_reminder_at", nullable: true)
            .Text("sort_name", binary: true).Text("name_key", binary: true).Text("search_text", binary: true)
            .Text("primary_email").Text("primary_phone").Text("city").Text("city_key", binary: true)
            .Long("import_id", nullable: true).Moment("deleted_at", nullable: true).Long("deleted_by_id")
            .Long("version").Moment("created_at").Long("created_by_id").Moment("updated_at").Long("updated_by_id")
            // Lists: each order of the list, over all and within a status; the trash is left out.
            .Index(["sort_name", "id"], filter: Alive, name: "ix_contact_name")
            .Index(["status", "sort_name", "id"], filter: Alive, name: "ix_contact_status_name")
            .Index(["kind", "sort_name", "id"], filter: Alive, name: "ix_contact_kind_name")
            .Index(["created_at", "id"], filter: Alive, name: "ix_contact_created")
            .Index(["last_activity_at", "id"], filter: Alive, name: "ix_contact_last_activity")
            .Index(["status", "last_activity_at", "id"], filter: Alive, name: "ix_contact_status_activity")
            .Index(["name_key"], filter: Alive, name: "ix_contact_name_key")
            .Index(["city_key"], filter: "deleted_at IS NULL AND city_key <> ''", name: "ix_contact_city")
            .Index(["company_id"], filter: "company_id IS NOT NULL", name: "ix_contact_company")
            .Index(["type_id"], filter: "type_id IS NOT NULL", name: "ix_contact_type")
            .Index(["temperature_id"], filter: "temperature_id IS NOT NULL", name: "ix_contact_temperature")
            .Index(["access", "id"], filter: "deleted_at IS NULL", name: "ix_contact_shared")
            .Index(["import_id", "id"], filter: "import_id IS NOT NULL", name: "ix_contact_import")
            .Index(["next_reminder_at", "id"], filter: "next_reminder_at IS NOT NULL", name: "ix_contact_reminder")
            .Index(["deleted_at", "id"], filter: "deleted_at IS NOT NULL", name: "ix_contact_deleted"));
        migrationBuilder.Table("contact_point", t => t.Id().Ref("contact_id", "contact", index: false).Int("kind").Text("category").Text("value")
            .Text("normal", binary: true).Bool("is_primary").Int("position").Index(["contact_id", "position"])
            .Index(["normal", "kind"], filter: "normal <> ''", name: "ix_contact_point_normal"));
        migrationBuilder.Table("contact_address", t => t.Id().Ref("contact_id", "contact", index: false).Text("category").Text("street").Text("city").Text("state")
            .Text("zip").Text("country").Bool("is_primary").Int("position").Index(["contact_id", "position"]));
        migrationBuilder.Table("contact_responsible", t => t.Ref("contact_id", "contact", index: false).Long("user_id")
            .Key("contact_id", "user_id").Index(["user_id", "contact_id"]));
        migrationBuilder.Table("contact_tag", t => t.Ref("contact_id", "contact", index: false).Ref("tag_id", "tag", index: false)
            .Key("contact_id", "tag_id").Index(["tag_id", "contact_id"]));
        Search(migrationBuilder);
    }

    // Any part of the text, three characters or more, is found by trigrams; the triggers keep the index right whoever writes.
    private static void Search(MigrationBuilder migrationBuilder)
    {
        if (!migrationBuilder.OnSqlite())
        {
            migrationBuilder.Sql("CREATE INDEX ix_contact_search ON contact USING gin (search_text gin_trgm_ops);");
            return;
        }
        migrationBuilder.Sql("CREATE VIRTUAL TABLE contact_search USING fts5(search_text, content='contact', content_rowid='id', tokenize='trigram case_sensitive 1', detail='none', columnsize=0);");
        migrationBuilder.Sql("CREATE TRIGGER contact_search_insert AFTER INSERT ON contact BEGIN INSERT INTO contact_search(rowid, search_text) VALUES (new.id, new.search_text); END;");
        migrationBuilder.Sql("CREATE TRIGGER contact_search_delete AFTER DELETE ON contact BEGIN INSERT INTO contact_search(contact_search, rowid, search_text) VALUES ('delete', old.id, old.search_text); END;");
        migrationBuilder.Sql("""
            CREATE TRIGGER contact_search_update AFTER UPDATE OF search_text ON contact WHEN old.search_text <> new.search_text BEGIN
              INSERT INTO contact_search(contact_search, rowid, search_text) VALUES ('delete', old.id, old.search_text);
              INSERT INTO contact_search(rowid, search_text) VALUES (new.id, new.search_text);
            END;
            """);
    }
}
