using Liaison.Kernel.Data;
using Liaison.Kernel.Data.Migrations;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Liaison.Contacts.Migrations;

/// <summary>Contacts of some types (suppliers, say) have no status.</summary>
[DbContext(typeof(LiaisonDb)), Migration("202611260090_TypesWithoutLifecycle")]
internal sealed class M202611260090_TypesWithoutLifecycle : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Extend("contact_type", t => t.Bool("has_lifecycle", or: true));
}
