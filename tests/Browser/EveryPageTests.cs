using System.Text.RegularExpressions;
using Liaison.Access;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Liaison.Browser;

/// <summary>Every page there is, taken from the table of routes: nobody is kept out, nothing is wider than the window, in both languages, on a desk and on a phone, light and dark.</summary>
public sealed partial class EveryPageTests(LiaisonServer server) : BrowserTests(server)
{
    // Pages that only answer forms, frames of other pages, and samples for those who build pages.
    private static readonly string[] Parts =
    [
        "/sign-out", "/preferences", "/about/bare", "/about/ui", "/contacts/groups/progress/{id:long}", "/contacts/{id:long}/details-checked", "/contacts/{id:long}/restore", "/contacts/{id:long}/facts/{fact}",
        "/contacts/companies/suggest", "/contacts/duplicates", "/contacts/filter", "/activities/suggestions", "/activities/{id:long}/deletion", "/responses/{id:long}/deletion", "/account/sessions",
    ];

    [Theory]
    [InlineData("fr")]
    [InlineData("en")]
    public async Task No_page_keeps_anybody_out(string language)
    {
        var ids = await SceneAsync(language);
        await using var tab = await OpenAsync(Cast.Admin, "/", new Look(Language: language));
        var wrong = new List<string>();
        foreach (var address in Addresses(ids))
        {
            var answer = (await tab.Page.GotoAsync(address, new() { WaitUntil = WaitUntilState.Load }))!;
            if (answer.Status != 200 && !address.StartsWith("/error/", StringComparison.Ordinal)) wrong.Add($"{address} answers {answer.Status}");
            Assert.Equal(language, await tab.Page.Locator("html").GetAttributeAsync("lang"));
            foreach (var look in Look.All)
            {
                await tab.Page.SetViewportSizeAsync(look.Width, look.Height);
                await tab.Page.EmulateMediaAsync(new() { ColorScheme = look.IsDark ? ColorScheme.Dark : ColorScheme.Light });
                try { await tab.AssertAccessibleAsync(onlyColours: look.IsDark); }
                catch (Xunit.Sdk.TrueException e) { wrong.Add($"{look}: {e.Message}"); }
                if (await tab.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth > innerWidth")) wrong.Add($"{look}: {address} scrolls sideways");
            }
        }
        tab.TakeComplaints();
        Assert.Equal("", string.Join("\n\n", wrong));
    }

    private IEnumerable<string> Addresses(Dictionary<string, string> ids)
    {
        var patterns = Server.Services.GetRequiredService<IEnumerable<EndpointDataSource>>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>().Where(e => e.Metadata.GetMetadata<PageActionDescriptor>() is not null)
            .Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/')).Distinct(StringComparer.Ordinal).Except(Parts).Order(StringComparer.Ordinal).ToList();
        Assert.True(patterns.Count > 25, string.Join(' ', patterns));
        foreach (var pattern in patterns)
        {
            var first = pattern.Split('/')[1];
            yield return Optional().Replace(pattern, m => m.Groups["form"].Success ? "new" : "").Replace("{id:long}", ids.GetValueOrDefault(first, "1"), StringComparison.Ordinal)
                .Replace("{id}", "new", StringComparison.Ordinal).Replace("{operation}", "tag?ids=" + ids["contacts"], StringComparison.Ordinal).Replace("{target}", "contacts", StringComparison.Ordinal).Replace("{list}", "contact-types", StringComparison.Ordinal)
                .Replace("{code:int}", "404", StringComparison.Ordinal).TrimEnd('/') is { Length: > 0 } address ? address : "/";
        }
        yield return "/settings/lists/temperatures";
        yield return "/settings/lists/temperatures/new";
        yield return "/search?q=martin";
        yield return "/contacts?view=columns";
        yield return "/contacts/" + ids["company"];
        yield return "/contacts/new?kind=company";
        yield return "/imports/" + ids["mapping"];
        yield return "/contacts?status=client&city=Nowhere";
    }

    // Somebody with a history, a company, an import that is done and one whose columns are being chosen.
    private async Task<Dictionary<string, string>> SceneAsync(string language)
    {
        await using (var db = Server.Db())
        {
            await db.Set<User>().Where(u => u.Id == Cast.Admin.Id).ExecuteUpdateAsync(s => s.SetProperty(u => u.Language, language));
        }
        using var api = Server.Api(Cast.Admin);
        var person = (await api.PostAsync("contacts", new { firstName = "Paul", lastName = "Martin", companyName = "Martin SA", jobTitle = "Acheteur", emails = new[] { new { category = "work", value = $"paul.{language}@martin.example" } }, tags = new[] { "Salon" } })).Expect(201);
        await api.PostAsync("contacts", new { firstName = "Paule", lastName = "Martin", emails = new[] { new { category = "work", value = $"paul.{language}@martin.example" } } });
        var activity = (await api.PostAsync("activities", new { contactId = person.Id, type = "call", outcome = "reached", details = "Rappeler lundi" })).Expect(201);
        var response = (await api.PostAsync($"activities/{activity.Id}/responses", new { text = "D’accord" })).Expect(201);
        var done = await Liaison.Tests.Exchange.ImportUse.ImportAsync(api, "done.csv", $"Last name,E-mail\nDone,done.{language}@import.example\nRefused,nothing\n");
        var mapping = (await Liaison.Tests.Exchange.ImportUse.UploadAsync(api, "mapping.csv", "Last name,E-mail,Unknown\nMapped,mapped@import.example,x\n")).Expect(201);
        return new(StringComparer.Ordinal)
        {
            ["contacts"] = $"{person.Id}", ["company"] = $"{person["companyId"].GetInt64()}", ["activities"] = $"{activity.Id}", ["responses"] = $"{response.Id}", ["imports"] = $"{done.Id}", ["mapping"] = $"{mapping.Id}",
        };
    }

    [GeneratedRegex(@"\{(?:(?<form>form:regex\(\^new\$\))|[^{}]*)\?\}", RegexOptions.None, 1000)]
    private static partial Regex Optional();
}
