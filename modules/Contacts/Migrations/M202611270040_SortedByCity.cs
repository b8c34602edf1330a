using Liaison.Kernel.Data;
using Liaison.Kernel.Data.Migrations;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Liaison.Contacts.Migrations;

/// <summary>A list sorted by city ends with those that have none: they are read in the order of their names too.</summary>
[DbContext(typeof(LiaisonDb)), Migration("202611270040_SortedByCity")]
internal sealed class M202611270040_SortedByCity : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropIndex("ix_contact_city", "contact");
        migrationBuilder.Extend("contact", t => t.Index(["city_key", "sort_name", "id"], filter: "deleted_at IS NULL", name: "ix_contact_city"));
    }
}
