using Liaison.Kernel.Data;
using Liaison.Kernel.Data.Migrations;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Liaison.Exchange.Migrations;

[DbContext(typeof(LiaisonDb)), Migration("202611220030_Exchange")]
internal sealed class M202611220030_Exchange : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Table("import", t => t.Id().Text("target").Ref("file_id", "file", onDelete: ReferentialAction.Restrict).Text("file_name").Int("state")
            .Text("shape").Text("options").Long("rows").Long("created").Long("updated").Long("skipped").Long("failed").Long("kept").Text("error", nullable: true)
            .Moment("started_at", nullable: true).Moment("finished_at", nullable: true).Text("undo_place", nullable: true)
            .Moment("created_at").Long("created_by_id").Moment("updated_at").Long("updated_by_id").Index(["created_at", "id"]));
        migrationBuilder.Table("import_row", t => t.Ref("import_id", "import", index: false).Long("number").Int("result").Long("record_id", nullable: true)
            .Text("name").Text("details", nullable: true).Key("import_id", "number").Index(["import_id", "result", "number"]));
    }
}
