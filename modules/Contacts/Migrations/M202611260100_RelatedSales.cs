using Liaison.Kernel.Data;
using Liaison.Kernel.Data.Migrations;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Liaison.Contacts.Migrations;

/// <summary>A sale that makes related contacts clients is kept with them, to be taken back with it.</summary>
[DbContext(typeof(LiaisonDb)), Migration("202611260100_RelatedSales")]
internal sealed class M202611260100_RelatedSales : Migration
{
    // With whom the sale was is no reference: what was sold stays sold when that contact is gone.
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Table("related_sale", t => t.Ref("contact_id", "contact", index: false).Long("sold_id").Text("sale_type").Long("sale_id", nullable: true).Moment("at").Moment("recorded_at")
            .Key("contact_id", "sold_id").Index(["sold_id"]));
}
