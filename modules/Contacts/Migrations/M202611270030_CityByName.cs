using Liaison.Kernel.Data;
using Liaison.Kernel.Data.Migrations;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Liaison.Contacts.Migrations;

/// <summary>The contacts of a city are read in the order of their names, not all fetched and sorted for one page.</summary>
[DbContext(typeof(LiaisonDb)), Migration("202611270030_CityByName")]
internal sealed class M202611270030_CityByName : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropIndex("ix_contact_city", "contact");
        migrationBuilder.Extend("contact", t => t.Index(["city_key", "sort_name", "id"], filter: "deleted_at IS NULL AND city_key <> ''", name: "ix_contact_city"));
    }
}
