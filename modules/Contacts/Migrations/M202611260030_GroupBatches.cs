using Liaison.Kernel.Data;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Liaison.Contacts.Migrations;

/// <summary>What one operation did to many contacts is found in the journal by its batch, to be taken back.</summary>
[DbContext(typeof(LiaisonDb)), Migration("202611260030_GroupBatches")]
internal sealed class M202611260030_GroupBatches : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("CREATE INDEX ix_journal_group ON journal (cause_id, id) WHERE cause_type = 'group';");
}
