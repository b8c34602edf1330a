using Liaison.Contacts.Finding;
using Liaison.Kernel.Data;
using Liaison.Kernel.Data.Migrations;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Liaison.Contacts.Migrations;

/// <summary>Names with an umlaut are found by both of their spellings, and those with a typographic hyphen by the usual one: those that are there are written anew in the background.</summary>
[DbContext(typeof(LiaisonDb)), Migration("202611270010_Spellings")]
internal sealed class M202611270010_Spellings : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Enqueue(SpellingsJob.Name, "contact");
}
