using Liaison.Kernel.Data;
using Liaison.Kernel.Data.Migrations;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Liaison.Contacts.Migrations;

/// <summary>Whoever sees few of the contacts finds the shared ones by name without passing by all others.</summary>
[DbContext(typeof(LiaisonDb)), Migration("202611260070_SharedByName")]
internal sealed class M202611260070_SharedByName : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Extend("contact", t => t.Index(["sort_name", "id"], filter: "deleted_at IS NULL AND access > 0", name: "ix_contact_shared_name"));
}
