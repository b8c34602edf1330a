using Liaison.Kernel.Data;
using Liaison.Kernel.Data.Migrations;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Liaison.Contacts.Migrations;

/// <summary>How many contacts of a status are new is told by an index: few new ones among many would take a look at all of the status.</summary>
[DbContext(typeof(LiaisonDb)), Migration("202611260080_CreatedByStatus")]
internal sealed class M202611260080_CreatedByStatus : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Extend("contact", t => t.Index(["status", "created_at"], filter: "deleted_at IS NULL", name: "ix_contact_status_created"));
}
