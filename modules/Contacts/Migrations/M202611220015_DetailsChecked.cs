using Liaison.Kernel.Data;
using Liaison.Kernel.Data.Migrations;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Liaison.Contacts.Migrations;

[DbContext(typeof(LiaisonDb)), Migration("202611220015_DetailsChecked")]
internal sealed class M202611220015_DetailsChecked : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Extend("contact", t => t.Moment("details_checked_at", nullable: true));
}
