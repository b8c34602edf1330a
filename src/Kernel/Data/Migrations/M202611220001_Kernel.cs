using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Liaison.Kernel.Data.Migrations;

[DbContext(typeof(LiaisonDb)), Migration("202611220001_Kernel")]
internal sealed class M202611220001_Kernel : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        if (!migrationBuilder.OnSqlite()) migrationBuilder.Sql("CREATE EXTENSION IF NOT EXISTS pg_trgm;");
        migrationBuilder.Table("journal", t => t.Id()
            .Moment("at").Long("actor_id").Text("actor_name").Text("kind")
            .Text("subject_type").Long("subject_id").Text("details", nullable: true)
            .Text("cause_type", nullable: true).Long("cause_id", nullable: true)
            .Index(["subject_type", "subject_id", "at", "id"], name: "ix_journal_subject")
            .Index(["at", "id"], name: "ix_journal_at"));
        migrationBuilder.Table("job", t => t.Id()
            .Text("kind").Text("key", nullable: true).Text("payload").Long("user_id").Moment("created_at").Moment("due_at")
            .Int("state").Int("attempts").Moment("leased_until", nullable: true).Long("fence").Text("progress", nullable: true)
            .Text("error", nullable: true).Moment("finished_at", nullable: true)
            .Index(["state", "due_at"], name: "ix_job_due").Index(["key"], unique: true, name: "ix_job_key"));
        migrationBuilder.Table("file", t => t.Id()
            .Text("name").Text("content_type").Long("size").Text("sha256").Moment("created_at").Long("created_by_id"));
        migrationBuilder.Table("file_chunk", t => t.Ref("file_id", "file", index: false).Int("number").Bytes("data").Key("file_id", "number"));
        migrationBuilder.Table("data_protection_key", t => t.Id().Text("name").Text("xml"));
        migrationBuilder.Table("once", t => t.Text("key").Long("user_id").Text("body_hash").Int("status").Text("result").Moment("at")
            .Key("key", "user_id").Index(["at"], name: "ix_once_at"));
        migrationBuilder.Table("setting", t => t.Text("key").Text("value").Key("key"));
    }
}
