using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Liaison.Kernel.Data.Migrations;

/// <summary>The journal is read by record or by cause, never as a whole: an index of all its moments only made every write dearer.</summary>
[DbContext(typeof(LiaisonDb)), Migration("202611260080_JournalByRecord")]
internal sealed class M202611260080_JournalByRecord : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.DropIndex("ix_journal_at", "journal");
}
