using Liaison.Kernel.Data;
using Liaison.Kernel.Data.Migrations;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Liaison.Contacts.Migrations;

/// <summary>What the last action was is noted with the contact: lists name it without reading an action for each row.</summary>
[DbContext(typeof(LiaisonDb)), Migration("202611270080_LastActivityMark")]
internal sealed class M202611270080_LastActivityMark : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Extend("contact", t => t.Text("last_activity_mark", nullable: true));
}
