using Liaison.Kernel.Data;
using Liaison.Kernel.Data.Migrations;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Liaison.Contacts.Migrations;

/// <summary>On PostgreSQL a transaction may have the companies of its persons looked for when it commits: one beside it may be making them (imports).</summary>
[DbContext(typeof(LiaisonDb)), Migration("202611280010_CompanyAtCommit")]
internal sealed class M202611280010_CompanyAtCommit : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        if (!migrationBuilder.OnSqlite()) migrationBuilder.Sql("ALTER TABLE contact ALTER CONSTRAINT fk_contact_company_id DEFERRABLE INITIALLY IMMEDIATE;");
    }
}
