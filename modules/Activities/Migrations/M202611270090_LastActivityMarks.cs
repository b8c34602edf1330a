using Liaison.Kernel.Data;
using Liaison.Kernel.Data.Migrations;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Liaison.Activities.Migrations;

/// <summary>Notes the last actions that are there, in the background.</summary>
[DbContext(typeof(LiaisonDb)), Migration("202611270090_LastActivityMarks")]
internal sealed class M202611270090_LastActivityMarks : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Enqueue(NoteLastActions.Name, "activity");
}
