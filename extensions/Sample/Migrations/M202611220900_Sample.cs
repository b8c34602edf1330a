using Liaison.Kernel.Data;
using Liaison.Kernel.Data.Migrations;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Sample.Migrations;

[DbContext(typeof(LiaisonDb)), Migration("202611220900_Sample")]
internal sealed class M202611220900_Sample : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Table("sample_note", t => t.Id().Text("text").Moment("at"));
}
