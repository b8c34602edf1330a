using Liaison.Kernel.Data;
using Liaison.Kernel.Data.Migrations;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Liaison.Exchange.Migrations;

/// <summary>Companies made beside the rows, what is told of the whole file, and when the file was thrown away.</summary>
[DbContext(typeof(LiaisonDb)), Migration("202611260030_ImportCompanies")]
internal sealed class M202611260030_ImportCompanies : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Extend("import", t => t.Long("companies", or: 0).Text("notices", nullable: true).Moment("purged_at", nullable: true));
}
