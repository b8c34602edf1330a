using Liaison.Kernel.Data;
using Liaison.Kernel.Data.Migrations;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Liaison.Activities.Migrations;

/// <summary>The attempts without an answer of a contact, so that one's own leads that do not answer are found without reading all that was done with them.</summary>
[DbContext(typeof(LiaisonDb)), Migration("202611260020_Unanswered")]
internal sealed class M202611260020_Unanswered : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Extend("activity", t => t
        .Index(["contact_id", "occurred_at"], filter: "deleted_at IS NULL AND outcome = 2", name: "ix_activity_unanswered"));
}
