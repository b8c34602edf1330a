using Liaison.Kernel.Data;
using Liaison.Kernel.Data.Migrations;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Liaison.Contacts.Migrations;

/// <summary>A tag that somebody made by itself is everybody's to see; those that nobody used were so before.</summary>
[DbContext(typeof(LiaisonDb)), Migration("202611280020_TagsOnPurpose")]
internal sealed class M202611280020_TagsOnPurpose : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Extend("tag", t => t.Bool("is_on_purpose", or: false));
        migrationBuilder.Sql("UPDATE tag SET is_on_purpose = true WHERE NOT EXISTS (SELECT 1 FROM contact_tag WHERE contact_tag.tag_id = tag.id);");
    }
}
