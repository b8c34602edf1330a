using Liaison.Contacts.Finding;
using Liaison.Kernel.Data;
using Liaison.Kernel.Data.Migrations;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Liaison.Contacts.Migrations;

/// <summary>Names with a hyphen, an apostrophe or a particle are found written as one word too: those that are there are written anew in the background.</summary>
[DbContext(typeof(LiaisonDb)), Migration("202611270100_JoinedNames")]
internal sealed class M202611270100_JoinedNames : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Enqueue(SpellingsJob.Name, "contact");
}
