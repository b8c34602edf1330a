using Liaison.Contacts.Finding;
using Liaison.Kernel.Data;
using Liaison.Kernel.Data.Migrations;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Liaison.Contacts.Migrations;

/// <summary>Initials with points and without are the same firm: the keys of those that are there are written anew in the background.</summary>
[DbContext(typeof(LiaisonDb)), Migration("202611270110_Initials")]
internal sealed class M202611270110_Initials : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Enqueue(SpellingsJob.Name, "contact");
}
