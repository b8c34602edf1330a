using Liaison.Kernel.Data;
using Liaison.Kernel.Data.Migrations;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Liaison.Contacts.Migrations;

/// <summary>The first of a thousand contacts of the same name are found without sorting them all.</summary>
[DbContext(typeof(LiaisonDb)), Migration("202611250070_NameKeyOrder")]
internal sealed class M202611250070_NameKeyOrder : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropIndex("ix_contact_name_key", "contact");
        migrationBuilder.Extend("contact", t => t.Index(["name_key", "id"], filter: "deleted_at IS NULL", name: "ix_contact_name_key"));
    }
}
