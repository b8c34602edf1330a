using Liaison.Activities.Search;
using Liaison.Kernel.Data;
using Liaison.Kernel.Data.Migrations;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Liaison.Activities.Migrations;

/// <summary>Actions are found by their responses too: those that have some already get them in the background.</summary>
[DbContext(typeof(LiaisonDb)), Migration("202611270070_AnswersFound")]
internal sealed class M202611270070_AnswersFound : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Enqueue(FillSearch.Name, "response", """{"answered":true}""");
}
