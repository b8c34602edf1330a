using Liaison.Kernel.Data;
using Liaison.Kernel.Data.Migrations;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Liaison.Access.Migrations;

[DbContext(typeof(LiaisonDb)), Migration("202611220002_Access")]
internal sealed class M202611220002_Access : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Table("user_account", t => t.Id()
            .Text("user_name").Text("normalized_user_name").Text("email", nullable: true).Text("normalized_email", nullable: true).Bool("email_confirmed")
            .Text("password_hash", nullable: true).Text("security_stamp", nullable: true).Bool("two_factor_enabled")
            .Text("name").Int("level").Text("language").Text("zone").Text("theme").Bool("must_change_password").Moment("closed_at", nullable: true)
            .Moment("created_at").Long("created_by_id").Moment("updated_at").Long("updated_by_id").Long("version")
            .Index(["normalized_user_name"], unique: true).Index(["normalized_email"], unique: true));
        migrationBuilder.Table("user_login", t => t.Text("login_provider").Text("provider_key").Text("provider_display_name", nullable: true)
            .Ref("user_id", "user_account").Key("login_provider", "provider_key"));
        migrationBuilder.Table("user_token", t => t.Ref("user_id", "user_account", index: false).Text("login_provider").Text("name").Text("value", nullable: true)
            .Key("user_id", "login_provider", "name"));
        migrationBuilder.Table("session", t => t.Id().Text("hash").Ref("user_id", "user_account")
            .Moment("created_at").Moment("last_seen_at").Moment("expires_at").Text("address").Text("agent")
            .Index(["hash"], unique: true));
        migrationBuilder.Table("api_token", t => t.Id().Text("hash").Text("name").Ref("user_id", "user_account").Text("permissions", nullable: true)
            .Moment("created_at").Moment("last_used_at", nullable: true).Moment("expires_at", nullable: true)
            .Index(["hash"], unique: true));
        migrationBuilder.Table("sign_in_attempt", t => t.Text("key").Int("failures").Moment("blocked_until").Moment("at")
            .Key("key").Index(["at"]));
    }
}
