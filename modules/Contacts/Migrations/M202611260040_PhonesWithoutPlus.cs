using Liaison.Kernel.Data;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Liaison.Contacts.Migrations;

/// <summary>
/// Numbers stored with their country code but without "+" or "00" are compared by their national digits, as <see cref="Phones.Digits"/> gives them now.
/// </summary>
[DbContext(typeof(LiaisonDb)), Migration("202611260040_PhonesWithoutPlus")]
internal sealed class M202611260040_PhonesWithoutPlus : Migration
{
    private const string TwoDigits = "('20','27','30','31','32','33','34','36','39','40','41','43','44','45','46','47','48','49','51','52','53','54','55','56','57','58','60','61','62','63','64','65','66','81','82','84','86','90','91','92','93','94','95','98')";

    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql($"""
        UPDATE contact_point SET normal = ltrim(substr(normal, 1 + CASE WHEN substr(normal, 1, 1) IN ('1', '7') THEN 1 WHEN substr(normal, 1, 2) IN {TwoDigits} THEN 2 ELSE 3 END), '0')
        WHERE kind = 2 AND length(normal) BETWEEN 11 AND 15 AND value NOT LIKE '%+%' AND ltrim(value, ' ()-./') NOT LIKE '0%'
          AND (length(normal) > 11 OR (substr(normal, 1, 2) IN {TwoDigits} AND substr(normal, 3, 1) NOT IN ('0', '9')));
        """);
}
