using Liaison.Kernel.Data;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Liaison.Activities.Migrations;

/// <summary>Notes the last actions that are there.</summary>
[DbContext(typeof(LiaisonDb)), Migration("202611270090_LastActivityMarks")]
internal sealed class M202611270090_LastActivityMarks : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        UPDATE contact SET last_activity_mark = (SELECT a.type_id || ' ' || a.direction || ' ' || a.outcome FROM activity AS a WHERE a.id = contact.last_activity_id) WHERE last_activity_id IS NOT NULL;
        """);
}
