using Liaison.Kernel.Data;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Liaison.Contacts.Migrations;

/// <summary>The latest moves of status are found without reading the rest of the journal.</summary>
[DbContext(typeof(LiaisonDb)), Migration("202611220040_StatusChanges")]
internal sealed class M202611220040_StatusChanges : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("CREATE INDEX ix_journal_status_changed ON journal (id) WHERE kind = 'contact.statusChanged';");
}
