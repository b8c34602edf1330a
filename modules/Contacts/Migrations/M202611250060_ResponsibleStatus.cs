using Liaison.Kernel.Data;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Liaison.Contacts.Migrations;

/// <summary>The same for a responsible user: one's own contacts, of all or of some statuses, are read from one index.</summary>
[DbContext(typeof(LiaisonDb)), Migration("202611250060_ResponsibleStatus")]
internal sealed class M202611250060_ResponsibleStatus : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => ContactMarks.Keep(migrationBuilder, "contact_responsible", "user_id");
}
