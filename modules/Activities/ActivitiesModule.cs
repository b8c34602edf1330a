using Liaison.Activities.Api;
using Liaison.Contacts.Api;
using Liaison.Contacts.Lifecycle;
using Liaison.Contacts.Lists;
using Liaison.Contacts.Record;
using Liaison.Contacts.Timeline;
using Liaison.Kernel;
using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Liaison.Kernel.Jobs;
using Liaison.Kernel.Ui;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Liaison.Activities;

/// <summary>Actions with responses, their types, and what they mean for the status.</summary>
public sealed class ActivitiesModule : Module
{
    /// <inheritdoc/>
    public override string Name => "activities";

    /// <inheritdoc/>
    public override IEnumerable<Permission> Permissions => [new("activities.view"), new("activities.edit"), new("activities.configure", ForUsers: false)];

    /// <inheritdoc/>
    public override IEnumerable<MenuItem> Menu =>
    [
        new("menu.activities", "/activities", "activity", "activities.view", 200) { Key = 'a' },
        new("menu.activityRules", "/settings/activity-rules", "sparkles", "activities.configure", 20) { Place = MenuPlace.Settings },
        new("menu.activityTypes", "/settings/activity-types", "activity", "activities.configure", 30) { Place = MenuPlace.Settings },
    ];

    /// <inheritdoc/>
    public override void Map(ModelBuilder model, LiaisonDb db) => ActivityMapping.Map(model, db);

    /// <inheritdoc/>
    public override void Services(IServiceCollection services)
    {
        services.AddScoped<RecordActivity>().AddScoped<ActivityTexts>().AddSingleton<ActivityTypes>().AddScoped<ActivityList>().AddScoped<RulesPreview>().AddScoped<IJobHandler, ReplayJob>().AddScoped<IJobHandler, Search.FillSearch>().AddScoped<IJobHandler, NoteLastActions>()
            .AddScoped<ActivityFormWords>().AddScoped<SaveType>().AddScoped<ChangeRules>();
        services.AddScoped<IStatusEvents, ActivityStatusEvents>().AddSingleton<IStatusCauseText, ActivityCauseText>();
        services.AddScoped<RecordPanel, ComposerPanel>().AddScoped<TimelineSource, ActivityTimeline>().AddScoped<JournalFields, ActivityJournal>();
        services.AddScoped<ContactColumn, LastActionColumn>().AddScoped<HomePanel, DeadLeadsPanel>().AddSingleton<SilentLeads>();
        services.AddScoped<Contacts.Export.ContactExportColumns, LastActionExport>();
        services.AddSingleton<LastActionSource, LastActivities>().AddSingleton<TimelineData, ActivityTimelineData>()
            .AddSingleton(new Kernel.Api.MayHold(typeof(TimelineEntry), nameof(TimelineEntry.Data), typeof(ActivityData)));
    }

    /// <inheritdoc/>
    public override void Api(RouteGroupBuilder api)
    {
        ActivitiesApi.Map(api);
        ActivityTypesApi.Map(api);
        RulesApi.Map(api);
        ActivitySettingsApi.Map(api);
    }

    /// <inheritdoc/>
    public override IEnumerable<Command> Commands => [new("seed", "seed --contacts N\n    Makes a reproducible base of N contacts for trials and measurements; the base must be empty.", Seeding.SeedCommand.RunAsync)];

    /// <inheritdoc/>
    public override async Task SeedAsync(LiaisonDb db, CancellationToken cancel)
    {
        if (await db.Set<ActivityType>().AnyAsync(cancel)) return;
        var position = 0;
        foreach (var (key, icon, @class, group) in new (string, string, ActivityClass, bool)[]
        {
            ("call", "phone", ActivityClass.Engagement, true), ("email", "mail", ActivityClass.Engagement, false), ("meeting", "calendar", ActivityClass.Engagement, true),
            ("note", "sticky-note", ActivityClass.Neutral, false), ("sale", "receipt", ActivityClass.Sale, true), ("quoteSent", "file-text", ActivityClass.Engagement, true),
            ("visit", "map-pin", ActivityClass.Engagement, true), ("letter", "mailbox", ActivityClass.Engagement, false), ("sms", "message-square", ActivityClass.Engagement, false),
            ("tradeShow", "briefcase", ActivityClass.Engagement, false), ("phoning", "headset", ActivityClass.Engagement, false), ("mailing", "send", ActivityClass.Engagement, false),
            ("socialMedia", "share-2", ActivityClass.Engagement, false), ("webForm", "globe", ActivityClass.Engagement, true),
            ("other", "activity", ActivityClass.Engagement, false),
        })
            db.Add(new ActivityType { Key = key, Icon = icon, Class = @class, AdvancesGroup = group, Position = position++ });
        foreach (var (outcome, effect) in ActivityRules.Defaults) db.Add(new OutcomeRule { Outcome = outcome, Effect = effect });
        await db.SaveChangesAsync(cancel);
    }
}
