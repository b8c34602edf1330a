using Liaison.Contacts.Lists;
using Liaison.Kernel.Data;
using Microsoft.AspNetCore.Html;
using Microsoft.Extensions.DependencyInjection;

namespace Liaison.Tests.Contacts;

/// <summary>A server with something that plans reminders.</summary>
public sealed class RemindedServer : LiaisonServer
{
    protected override void Configure(IServiceCollection services) => services.AddScoped<ContactColumn, Planned>();

    private sealed class Planned : ContactColumn
    {
        public override string Key => "nextReminder";
        public override string Text => "contacts.filter.reminder";
        public override Task LoadAsync(LiaisonDb db, IReadOnlyList<ContactRow> rows, CancellationToken cancel) => Task.CompletedTask;
        public override IHtmlContent Cell(ContactRow row) => new HtmlString("soon");
    }
}

/// <summary>With something that plans reminders, the list offers their column and filter.</summary>
public sealed class RemindersTests(RemindedServer server) : HttpTests<RemindedServer>(server)
{
    [Fact]
    public async Task Reminders_are_offered()
    {
        (await Api(Cast.Anna).PostAsync("contacts", new { lastName = "Reminded" })).Expect(201);
        var page = (await As(Cast.Anna).GetAsync("/contacts?columns=lastAction,nextReminder,tags")).Expect(200);
        Assert.Equal(["Nom", "Dernière action", "Rappel", "Étiquettes"], page.Texts("thead th:not(.tick-cell)"));
        Assert.Contains("soon", page.Find("tbody tr").TextContent, StringComparison.Ordinal);
        Assert.Single((await As(Cast.Anna).GetAsync("/contacts/filter")).All("select[name=reminder]"));
    }
}

/// <summary>Without, nothing is said of them unless they were asked for.</summary>
public sealed class WithoutRemindersTests(LiaisonServer server) : HttpTests(server)
{
    [Fact]
    public async Task Reminders_are_offered_when_something_plans_them()
    {
        var browser = As(Cast.Anna);
        var page = (await browser.GetAsync("/contacts?columns=name,nextReminder,city")).Expect(200);
        Assert.Empty(page.All("input[name=columns][value=nextReminder]"));
        Assert.Empty((await browser.GetAsync("/contacts/filter")).Expect(200).All("[name=reminder]"));
        Assert.Single((await browser.GetAsync("/contacts/filter?reminder=no")).Expect(200).All("[name=reminder] option[value=no][selected]"));
    }
}
