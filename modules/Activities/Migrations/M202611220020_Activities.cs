using Liaison.Kernel.Data;
using Liaison.Kernel.Data.Migrations;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Liaison.Activities.Migrations;

[DbContext(typeof(LiaisonDb)), Migration("202611220020_Activities")]
internal sealed class M202611220020_Activities : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Table("activity_type", t => t.Id().Text("key").Text("name", nullable: true).Text("icon").Int("class").Bool("advances_group").Bool("hidden").Int("position")
            .Index(["key"], unique: true));
        migrationBuilder.Table("outcome_rule", t => t.Int("outcome").Int("effect").Key("outcome"));
        migrationBuilder.Table("activity", t => t.Id().Ref("contact_id", "contact", index: false).Ref("type_id", "activity_type", onDelete: ReferentialAction.Restrict)
            .Int("direction").Int("outcome").Int("rating", nullable: true).Moment("occurred_at").Text("details").Text("campaign").Text("field1").Text("field2")
            .Moment("deleted_at", nullable: true).Long("version").Moment("created_at").Long("created_by_id").Moment("updated_at").Long("updated_by_id")
            .Index(["contact_id", "occurred_at", "id"], name: "ix_activity_contact")
            .Index(["occurred_at", "id"], filter: "deleted_at IS NULL", name: "ix_activity_occurred"));
        migrationBuilder.Table("response", t => t.Id().Ref("activity_id", "activity").Ref("contact_id", "contact", index: false).Text("text").Moment("occurred_at")
            .Moment("deleted_at", nullable: true).Long("version").Moment("created_at").Long("created_by_id").Moment("updated_at").Long("updated_by_id")
            .Index(["contact_id", "occurred_at", "id"], name: "ix_response_contact"));
    }
}
