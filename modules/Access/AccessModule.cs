using Liaison.Kernel;
using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Liaison.Kernel.Jobs;
using Liaison.Kernel.Ui;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Liaison.Access;

/// <summary>Accounts, signing in and out, API tokens.</summary>
public sealed class AccessModule : Module
{
    /// <inheritdoc/>
    public override string Name => "access";

    /// <inheritdoc/>
    public override IEnumerable<Permission> Permissions => [new("users.view"), new("users.manage", ForUsers: false)];

    /// <inheritdoc/>
    public override IEnumerable<Command> Commands => [.. UserCommands.All, .. TokenCommands.All];

    /// <inheritdoc/>
    public override void Map(ModelBuilder model, LiaisonDb db)
    {
        User.Map(model);
        Session.Map(model, db);
        ApiToken.Map(model, db);
        SignInAttempt.Map(model);
    }

    /// <inheritdoc/>
    public override void Services(IServiceCollection services)
    {
        // 210 000 rounds of PBKDF2 with HMAC-SHA-512, as OWASP advises; older hashes are renewed at the next sign-in.
        services.Configure<PasswordHasherOptions>(o => o.IterationCount = 210_000);
        services.AddSingleton<IPasswordHasher<User>, PasswordHasher<User>>();
        services.AddIdentityCore<User>().AddUserStore<UserOnlyStore<User, LiaisonDb, long>>();
        services.AddSingleton<Passwords>().AddSingleton<Viewers>().AddSingleton<IViewerOfUser>(p => p.GetRequiredService<Viewers>()).AddSingleton<IViewerOfName>(p => p.GetRequiredService<Viewers>());
        services.AddSingleton<Sessions>().AddSingleton<Tokens>().AddSingleton<Attempts>().AddSingleton<Addresses>().AddSingleton<KnownDevice>().AddSingleton<KeptForms>().AddSingleton<SigningIn>().AddSingleton<Users>();
        services.AddAuthentication(o => { o.DefaultScheme = Doorkeeper.Scheme; o.AddScheme<Doorkeeper>(Doorkeeper.Scheme, null); });
        services.AddScoped<Doorkeeper>().AddScoped<IKeepPreferences, AccountPreferences>().AddScoped<IAuthorizationMiddlewareResultHandler, FirstThingsFirst>();
    }

    /// <inheritdoc/>
    public override void Api(RouteGroupBuilder api) => UsersApi.Map(api);

    /// <inheritdoc/>
    public override Task SeedAsync(LiaisonDb db, CancellationToken cancel) =>
        FirstAdministrator.CreateAsync(db, db.GetService<DatabaseSettings>(), db.GetService<Passwords>(), cancel);
}
