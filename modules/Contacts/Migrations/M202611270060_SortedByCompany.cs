using Liaison.Contacts.Finding;
using Liaison.Kernel.Data;
using Liaison.Kernel.Data.Migrations;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Liaison.Contacts.Migrations;

/// <summary>
/// The list can be sorted by company: the persons of each are read in the order of their names. Whoever has none costs nothing, and is read from the index of names. Those that
/// are there get their company in the background.
/// </summary>
[DbContext(typeof(LiaisonDb)), Migration("202611270060_SortedByCompany")]
internal sealed class M202611270060_SortedByCompany : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Extend("contact", t => t.Text("company_key", or: "", binary: true).Index(["company_key", "sort_name", "id"], filter: "deleted_at IS NULL AND company_key <> ''", name: "ix_contact_company_name"));
        migrationBuilder.Enqueue(SpellingsJob.Name, "contact");
    }
}
