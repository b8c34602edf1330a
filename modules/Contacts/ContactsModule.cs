using Liaison.Contacts.Api;
using Liaison.Contacts.Form;
using Liaison.Contacts.Lifecycle;
using Liaison.Contacts.Lists;
using Liaison.Contacts.Record;
using Liaison.Kernel;
using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Liaison.Kernel.Jobs;
using Liaison.Kernel.Search;
using Liaison.Kernel.Ui;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Liaison.Contacts;

/// <summary>Persons and companies, their lifecycle, tags, types and duplicates.</summary>
public sealed class ContactsModule : Module
{
    /// <inheritdoc/>
    public override string Name => "contacts";

    /// <inheritdoc/>
    public override IEnumerable<Permission> Permissions =>
    [
        new("contacts.view"), new("contacts.edit"), new("contacts.delete"), new("contacts.import"), new("contacts.export"), new("contacts.configure", ForUsers: false),
    ];

    /// <inheritdoc/>
    public override IEnumerable<MenuItem> Menu =>
    [
        new("menu.contacts", "/contacts", "users", "contacts.view", 100) { Key = 'c' },
        new("menu.leads", "/contacts?status=lead", "users", "contacts.view", 101) { Parent = "/contacts", Key = 'l' },
        new("menu.prospects", "/contacts?status=prospect", "users", "contacts.view", 102) { Parent = "/contacts", Key = 'p' },
        new("menu.clients", "/contacts?status=client", "users", "contacts.view", 103) { Parent = "/contacts", Key = 'k' },
        new("menu.newPerson", "/contacts/new", "user-plus", "contacts.edit", 10) { Place = MenuPlace.Create },
        new("menu.newCompany", "/contacts/new?kind=company", "building-2", "contacts.edit", 20) { Place = MenuPlace.Create },
        new("menu.afterSale", "/settings/after-sale", "handshake", "contacts.configure", 25) { Place = MenuPlace.Settings },
        new("menu.export.contacts", "/exports/contacts/fields", "download", "contacts.export", 105) { Place = MenuPlace.Command, Parent = "/contacts" },
        new("menu.trash", "/contacts/trash", "trash-2", "contacts.delete", 110) { Place = MenuPlace.Command },
        new("menu.tags", "/settings/tags", "tag", "contacts.configure", 10) { Place = MenuPlace.Settings },
        new("menu.contactTypes", "/settings/lists/contact-types", "shapes", "contacts.configure", 12) { Place = MenuPlace.Settings },
        new("menu.temperatures", "/settings/lists/temperatures", "thermometer", "contacts.configure", 14) { Place = MenuPlace.Settings },
    ];

    /// <inheritdoc/>
    public override void Map(ModelBuilder model, LiaisonDb db) => ContactMapping.Map(model, db);

    /// <inheritdoc/>
    public override void Services(IServiceCollection services)
    {
        services.AddScoped<SaveContact>().AddScoped<StatusReplay>().AddScoped<SetStatus>().AddScoped<StatusByHand>().AddScoped<DeleteContacts>().AddScoped<ContactList>();
        services.AddScoped<Exchange.ImportTarget, Import.ContactImport>().AddScoped<Exchange.ExportSource, Export.ContactExport>();
        services.AddSingleton<ListSizes>().AddScoped<StatusTexts>();
        services.AddScoped<ListColumns>().AddScoped<ListLook>().AddScoped<FilterWords>();
        services.AddScoped<EditContact>().AddScoped<LostContact>().AddScoped<ContactWords>().AddScoped<StatusLine>().AddScoped<ContactRecords>().AddScoped<RelatedContacts>().AddScoped<IStatusEvents, RelatedSales>();
        services.AddScoped<RecordPanel, PeoplePanel>().AddScoped<RecordPanel, DuplicatesPanel>();
        services.AddSingleton(new RecordTab("contact.tab.record", "", 0)).AddSingleton(new RecordTab("contact.tab.journal", "journal", 100));
        services.AddScoped<Groups.GroupWork>().AddScoped<Groups.UndoGroup>().AddScoped<Groups.GroupRepeats>().AddScoped<IJobHandler, Groups.GroupJob>();
        services.AddScoped<SearchSource, Finding.FindContacts>().AddScoped<IJobHandler, Finding.SpellingsJob>().AddSingleton<Overview.FunnelCache>().AddSingleton<Finding.SeenCities>();
        services.AddScoped<HomePanel, Overview.ContactFigures>().AddScoped<HomePanel, Overview.ContactFunnel>().AddScoped<HomePanel, Overview.Suggestions>().AddScoped<HomePanel, Overview.RecentChanges>();
        services.AddScoped<Overview.HomeSuggestion, Overview.QuietContacts>().AddScoped<IJobHandler, Trash.EmptyTrash>().AddSingleton(Trash.EmptyTrash.Daily).AddScoped<Trash.TrashList>();
        services.AddScoped<ShortLists.ContactTypeList>().AddScoped<ShortLists.TemperatureList>().AddScoped<IJobHandler, LifecycleJob>();
        services.AddScoped<ShortLists.ShortList>(s => s.GetRequiredService<ShortLists.ContactTypeList>()).AddScoped<ShortLists.ShortList>(s => s.GetRequiredService<ShortLists.TemperatureList>());
        services.AddScoped<Labels.ChangeTag>().AddSingleton<Labels.TagNames>().AddScoped<Labels.SeenTags>().AddSingleton<Labels.CollectedTags>();
        services.AddSingleton<ContactLists>().AddScoped<ContactReplies>();
        services.AddSingleton(new Kernel.Api.MayHold(typeof(TimelineEntry), nameof(TimelineEntry.Data), typeof(JournalData)));
        services.AddScoped<Timeline.ContactTimeline>().AddScoped<Timeline.TimelineSource, Timeline.JournalTimeline>();
    }

    /// <inheritdoc/>
    public override void Routes(Microsoft.AspNetCore.Routing.IEndpointRouteBuilder routes)
    {
        Labels.TagSuggestions.Map(routes);
        Groups.ResponsibleSuggestions.Map(routes);
        Lists.CitySuggestions.Map(routes);
    }

    /// <inheritdoc/>
    public override void Api(RouteGroupBuilder api)
    {
        ContactsApi.Map(api);
        TagsApi.Map(api);
        ContactListsApi.Map(api);
        ContactBatchesApi.Map(api);
        TrashApi.Map(api);
    }

    /// <inheritdoc/>
    public override async Task SeedAsync(LiaisonDb db, CancellationToken cancel)
    {
        if (await db.Set<ContactType>().AnyAsync(cancel)) return;
        foreach (var (key, position) in new[] { "client", "supplier", "partner", "competitor" }.Select((k, i) => (k, i)))
            db.Add(new ContactType { Key = key, Position = position });
        foreach (var (key, color, position) in new[] { ("cold", "#8a98d8", 0), ("warm", "#ffd267", 1), ("hot", "#df7895", 2) })
            db.Add(new Temperature { Key = key, Color = color, Position = position });
        await db.SaveChangesAsync(cancel);
    }
}
