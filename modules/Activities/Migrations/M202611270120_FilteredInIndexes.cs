using Liaison.Kernel.Data;
using Liaison.Kernel.Data.Migrations;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Liaison.Activities.Migrations;

/// <summary>The indexes of a type's, a campaign's and a contact's actions also tell what else these are filtered by, so that only those that match are read.</summary>
[DbContext(typeof(LiaisonDb)), Migration("202611270120_FilteredInIndexes")]
internal sealed class M202611270120_FilteredInIndexes : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        foreach (var name in new[] { "ix_activity_type", "ix_activity_campaign", "ix_activity_contact" }) migrationBuilder.DropIndex(name, "activity");
        migrationBuilder.Extend("activity", t => t
            .Index(["type_id", "occurred_at", "id", "direction", "outcome", "rating", "contact_id"], filter: "deleted_at IS NULL", name: "ix_activity_type")
            .Index(["campaign", "occurred_at", "id", "type_id", "direction", "outcome", "rating", "contact_id"], filter: "deleted_at IS NULL AND campaign <> ''", name: "ix_activity_campaign")
            .Index(["contact_id", "occurred_at", "id", "deleted_at", "type_id", "direction", "outcome", "rating", "campaign"], name: "ix_activity_contact"));
    }
}
