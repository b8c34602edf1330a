using Liaison.Kernel.Data;
using Liaison.Kernel.Data.Migrations;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Liaison.Activities.Migrations;

/// <summary>What the list of actions is filtered and sorted by, each with the date behind it, so that a page is read in its order.</summary>
[DbContext(typeof(LiaisonDb)), Migration("202611220025_ActivityLists")]
internal sealed class M202611220025_ActivityLists : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Extend("activity", t => t
        .Index(["campaign", "occurred_at", "id"], filter: "deleted_at IS NULL AND campaign <> ''", name: "ix_activity_campaign")
        .Index(["field1", "occurred_at", "id"], filter: "deleted_at IS NULL AND field1 <> ''", name: "ix_activity_field1")
        .Index(["field2", "occurred_at", "id"], filter: "deleted_at IS NULL AND field2 <> ''", name: "ix_activity_field2")
        .Index(["type_id", "occurred_at", "id"], filter: "deleted_at IS NULL", name: "ix_activity_type")
        .Index(["outcome", "occurred_at", "id"], filter: "deleted_at IS NULL AND outcome <> 0", name: "ix_activity_outcome")
        .Index(["rating", "occurred_at", "id"], filter: "deleted_at IS NULL AND rating IS NOT NULL", name: "ix_activity_rating")
        .Index(["created_by_id", "occurred_at", "id"], filter: "deleted_at IS NULL", name: "ix_activity_author"));
}
