using System.Text.Encodings.Web;
using System.Text.Unicode;
using Liaison.Host.ApiDocs;
using Liaison.Kernel;
using Liaison.Kernel.Access;
using Liaison.Kernel.Api;
using Liaison.Kernel.Data;
using Liaison.Kernel.Data.Engines;
using Liaison.Kernel.Data.Migrations;
using Liaison.Kernel.Jobs;
using Liaison.Kernel.Texts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.Extensions.Options;

namespace Liaison.Host;

/// <summary>Puts the program together: modules, services, middleware.</summary>
public static class LiaisonHost
{
    /// <summary>Modules that come with Liaison, upper before lower.</summary>
    public static IReadOnlyList<Module> BuiltIn =>
        [new HostModule(), new Access.AccessModule(), new Exchange.ExchangeModule(), new Contacts.ContactsModule(), new Activities.ActivitiesModule()];

    /// <summary>The program, not yet started. <paramref name="more"/> lets tests add or replace services.</summary>
    public static WebApplication Build(Configuration configuration, Action<IServiceCollection>? more = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(LiaisonHost).Assembly.GetName().Name, ContentRootPath = configuration.ContentRoot, WebRootPath = Path.Combine(configuration.ContentRoot, "wwwroot"),
            EnvironmentName = configuration.IsDevelopment ? "Development" : "Production",
        });
        WebApplication? started = null;
        builder.Logging.ClearProviders().AddSimpleConsole(o => { o.SingleLine = true; o.TimestampFormat = "HH:mm:ss "; });
        // Standard output is for the results of commands.
        builder.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(o => o.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Logging.SetMinimumLevel(configuration.LogLevel).AddFilter("Microsoft", LogLevel.Warning).AddFilter("Microsoft.EntityFrameworkCore.Database", LogLevel.Critical)
            // Until it has started, whoever starts it tells in one line what is in the way.
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", level => level >= LogLevel.Warning && started?.Lifetime.ApplicationStarted.IsCancellationRequested == true)
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error).AddFilter("Microsoft.EntityFrameworkCore.Update", LogLevel.Critical);
        builder.WebHost.UseUrls(configuration.Url).ConfigureKestrel(k =>
        {
            k.AddServerHeader = false;
            k.Limits.MaxConcurrentConnections = 2000;
            k.Limits.MaxRequestBodySize = Kernel.Ui.FormLimitsAttribute.UsualBytes;
        });
        AddServices(builder.Services, configuration);
        more?.Invoke(builder.Services);
        var app = started = builder.Build();
        Pipeline.Use(app);
        return app;
    }

    private static void AddServices(IServiceCollection services, Configuration configuration)
    {
        var modules = new ModuleList([.. BuiltIn, .. Extensions.Load(configuration.ExtensionsFolder)]);
        services.AddSingleton(configuration).AddSingleton(modules).AddSingleton<Localizer>().AddSingleton(TimeProvider.System);
        services.AddApiDescription().AddSingleton(new RateSetting(configuration.ApiRate));
        services.AddLiaisonDatabase(configuration.Database);
        services.AddSingleton<Migrator>().AddSingleton<JobWorker>().AddHostedService(p => p.GetRequiredService<JobWorker>()).AddHostedService<Checkpoints>().AddHostedService<PendingEntries>();
        services.AddSingleton<DailyClock>().AddHostedService(p => p.GetRequiredService<DailyClock>()).AddSingleton(ForgetOld.Daily).AddScoped<IJobHandler, ForgetOld>();
        services.AddSingleton<KeyStore>().AddDataProtection().SetApplicationName("Liaison");
        services.AddOptions<KeyManagementOptions>().Configure<KeyStore>((o, store) => o.XmlRepository = store);
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.Configure<Microsoft.Extensions.WebEncoders.WebEncoderOptions>(o => o.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        services.AddScoped<Kernel.Ui.Display>().AddSingleton<Shell.Menus>().AddSingleton<Kernel.Ui.Parts>().AddSingleton<Shell.KeptParts>().AddScoped<Search.SiteSearch>();
        services.AddScoped<IAuthorizationHandler, PermissionHandler>();
        services.AddAuthorization(o => o.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        services.AddAntiforgery(o => { o.Cookie.Name = "liaison.form"; o.Cookie.HttpOnly = true; o.Cookie.SameSite = SameSiteMode.Lax; o.HeaderName = "X-Form-Token"; });
        services.AddHttpContextAccessor().AddResponseCompression(o => o.EnableForHttps = true);
        services.AddProblemDetails();
        services.ConfigureHttpJsonOptions(o => Copy(ApiJson.Options, o.SerializerOptions));
        var pages = services.AddRazorPages(o => o.RootDirectory = "/")
            .AddMvcOptions(o => o.SuppressImplicitRequiredAttributeForNonNullableReferenceTypes = true) // inputs say what they require
            .AddMvcOptions(o => o.Filters.Add(new TakesForms()));
        // Only what no form offers cannot be bound: whoever sends it reads the same as the others.
        services.AddOptions<Microsoft.AspNetCore.Mvc.MvcOptions>().Configure<Localizer>((o, texts) =>
        {
            o.ModelBindingMessageProvider.SetAttemptedValueIsInvalidAccessor((_, _) => texts["ui.badChoice"]);
            o.ModelBindingMessageProvider.SetNonPropertyAttemptedValueIsInvalidAccessor(_ => texts["ui.badChoice"]);
            o.ModelBindingMessageProvider.SetValueMustNotBeNullAccessor(_ => texts["ui.badChoice"]);
        });
        pages.AddCookieTempDataProvider(o => o.Cookie.Name = "liaison.flash");
        foreach (var assembly in modules.All.Select(m => m.Assembly).Append(typeof(Module).Assembly).Distinct().Where(a => a != typeof(LiaisonHost).Assembly))
        {
            var manager = pages.PartManager;
            if (!manager.ApplicationParts.OfType<AssemblyPart>().Any(p => p.Assembly == assembly)) manager.ApplicationParts.Add(new AssemblyPart(assembly));
            if (!manager.ApplicationParts.OfType<CompiledRazorAssemblyPart>().Any(p => p.Assembly == assembly)) manager.ApplicationParts.Add(new CompiledRazorAssemblyPart(assembly));
        }
        foreach (var module in modules.All) module.Services(services);
    }

    private static void Copy(System.Text.Json.JsonSerializerOptions from, System.Text.Json.JsonSerializerOptions to)
    {
        to.UnmappedMemberHandling = from.UnmappedMemberHandling;
        to.NumberHandling = from.NumberHandling;
        to.Encoder = from.Encoder;
        foreach (var converter in from.Converters) to.Converters.Add(converter);
    }
}
