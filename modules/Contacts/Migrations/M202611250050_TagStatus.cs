using Liaison.Kernel.Data;
using Liaison.Kernel.Data.Migrations;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Liaison.Contacts.Migrations;

/// <summary>
/// A tag on a contact knows the contact's status and sorted name: lists and counts of a tag within a status read one index instead of looking at each contact.
/// </summary>
[DbContext(typeof(LiaisonDb)), Migration("202611250050_TagStatus")]
internal sealed class M202611250050_TagStatus : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => ContactMarks.Keep(migrationBuilder, "contact_tag", "tag_id");
}
