using Liaison.Access;
using Liaison.Contacts;
using Liaison.Kernel.Access;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Tests.Contacts;

public sealed class RecordTests(LiaisonServer server) : HttpTests(server)
{
    [Fact]
    public async Task Edits_are_told_field_by_field()
    {
        var id = await Server.ContactAsync(Cast.Anna, "Journal", i => i.Phones = [new PointInput { Value = "01 11 11 11 11" }]);
        var form = (await As(Cast.Anna).GetAsync($"/contacts/{id}/facts/phones")).Form("main form.quick");
        var page = (await form.Add("Input.Phones[5].Value", "02 22 22 22 22").Add("Input.Phones[5].Category", "work").SubmitAsync()).Expect(200);
        Assert.Equal("02 22 22 22 22 (travail)", page.Find("#journal ins").TextContent);
        Assert.Empty(page.All("#journal del"));
        Assert.NotEmpty(page.All("#journal li[id^='journal-']"));
    }

    [Fact]
    public async Task An_action_can_be_recorded_from_the_journal_too()
    {
        var id = await Server.ContactAsync(Cast.Anna, "Aktion");
        var record = (await As(Cast.Anna).GetAsync($"/contacts/{id}")).Expect(200);
        Assert.NotEmpty(record.All(record.Find(".head .actions a.primary").GetAttribute("href")!));
        var journal = (await As(Cast.Anna).GetAsync($"/contacts/{id}/journal")).Expect(200);
        var form = (await As(Cast.Anna).GetAsync(journal.Find(".head .actions a.primary").GetAttribute("href")!)).Expect(200);
        Assert.NotEmpty(form.All("form.composer"));
    }

    [Fact]
    public async Task A_long_timeline_is_read_page_by_page_without_a_gap()
    {
        var id = await Server.ContactAsync(Cast.Anna, "Lang");
        await using (var db = Db())
        {
            for (var i = 0; i < 75; i++) Kernel.Journal.Journaling.Record(db, "contact.tagged", "contact", id, new { tag = $"T{i:000}" });
            await db.SaveChangesAsync();
        }
        var seen = new List<string>();
        var page = await As(Cast.Anna).GetAsync($"/contacts/{id}");
        for (var pages = 1; ; pages++)
        {
            Assert.InRange(pages, 1, 4);
            seen.AddRange(page.All("#journal li[id]").Select(l => l.Id!));
            if (page.Document.QuerySelector("#journal a[data-turbo-frame]") is not { } older) break;
            page = (await As(Cast.Anna).GetAsync(older.GetAttribute("href")!)).Expect(200);
        }
        Assert.Equal(76, seen.Count);
        Assert.Equal(seen, seen.Distinct());
        Assert.Equal(seen.OrderByDescending(s => long.Parse(s.Split('-')[1], System.Globalization.CultureInfo.InvariantCulture)), seen);
    }

    [Fact]
    public async Task The_timeline_is_filtered_by_kind()
    {
        var id = await Server.ContactAsync(Cast.Anna, "Filter");
        (await As(Cast.Anna).PostAsync($"/contacts/{id}/status", ("status", "client"))).Expect(303);
        var all = await As(Cast.Anna).GetAsync($"/contacts/{id}");
        var moves = await As(Cast.Anna).GetAsync($"/contacts/{id}?kind=status");
        Assert.Equal((2, 1), (all.All("#journal .timeline > li").Count, moves.All("#journal .timeline > li").Count));
    }

    [Fact]
    public async Task A_deleted_contact_says_so_and_comes_back()
    {
        var id = await Server.ContactAsync(Cast.Anna, "Tonne");
        var anna = As(Cast.Anna);
        (await anna.PostAsync($"/contacts/{id}/delete")).Expect(303);
        var trash = (await anna.GetAsync($"/contacts/{id}")).Expect(200);
        Assert.Contains("corbeille", trash.Find(".note").TextContent, StringComparison.Ordinal);
        var back = (await trash.Form($"form[action='/contacts/{id}/restore']").SubmitAsync()).Expect(200);
        Assert.Empty(back.All(".note.warn"));
        Assert.Null((await Server.StoredAsync(id)).DeletedAt);
    }

    [Fact]
    public async Task A_company_shows_its_persons_and_a_person_its_colleagues()
    {
        var company = await Server.ContactAsync(Cast.Anna, "", i => { i.Kind = ContactKind.Company; i.CompanyName = "Kollegium"; });
        var one = await Server.ContactAsync(Cast.Anna, "Eins", i => i.CompanyId = company);
        var two = await Server.ContactAsync(Cast.Anna, "Zwei", i => i.CompanyId = company);
        Assert.Equal(2, (await As(Cast.Anna).GetAsync($"/contacts/{company}")).All($"aside a[href='/contacts/{one}'], aside a[href='/contacts/{two}']").Count);
        Assert.Equal(2, (await As(Cast.Anna).GetAsync($"/contacts/{one}")).All($"aside a[href='/contacts/{company}'], aside a[href='/contacts/{two}']").Count);
    }

    [Fact]
    public async Task Who_and_what_another_process_added_is_named_at_once()
    {
        var id = await Server.ContactAsync(Cast.Anna, "Neues", i => i.Tags = ["Vorher"]);
        var anna = As(Cast.Anna);
        Assert.DoesNotContain("Nadja", (await anna.GetAsync($"/contacts/{id}")).Html, StringComparison.Ordinal);
        await using var db = Db();
        await db.InTransactionAsync(async () =>
        {
            // As a command or another instance does it: this server is told nothing.
            var type = new ContactType { Key = "other-process", Name = "Nagelneu", Position = 99 };
            var tag = new Tag { Name = "Nachher", Key = "nachher" };
            var user = new User { UserName = "nadja@neu.example", NormalizedUserName = User.Normalize("nadja@neu.example"), Name = "Nadja Neu", Level = Level.User };
            db.AddRange(type, tag, user);
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
            db.AddRange(new ContactTag { ContactId = id, TagId = tag.Id }, new ContactResponsible { ContactId = id, UserId = user.Id });
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
            await db.Set<Contact>().IgnoreQueryFilters().Where(c => c.Id == id).ExecuteUpdateAsync(s => s.SetProperty(c => c.TypeId, type.Id), TestContext.Current.CancellationToken);
        }, TestContext.Current.CancellationToken);
        var html = (await anna.GetAsync($"/contacts/{id}")).Html;
        foreach (var name in new[] { "Nadja Neu", "Nachher", "Vorher", "Nagelneu" }) Assert.Contains(name, html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_takes_few_queries()
    {
        var company = await Server.ContactAsync(Cast.Anna, "", i => { i.Kind = ContactKind.Company; i.CompanyName = "Sparsam"; });
        var id = await Server.ContactAsync(Cast.Anna, "Knapp", i =>
        {
            i.CompanyId = company;
            i.Emails = [new PointInput { Value = "a@knapp.example" }];
            i.Phones = [new PointInput { Value = "03 33 33 33 33" }];
            i.Tags = ["Eng"];
        });
        var anna = As(Cast.Anna);
        await anna.GetAsync($"/contacts/{id}");
        var sent = await Server.Sql.DuringAsync(() => anna.GetAsync($"/contacts/{id}"));
        Assert.True(sent.Count <= 15, $"{sent.Count} queries:\n{string.Join("\n\n", sent.Select(q => q.Text))}");
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\"><img src=x onerror=alert(1)>")]
    [InlineData("' onmouseover='alert(1)")]
    [InlineData("</textarea><svg onload=alert(1)>")]
    [InlineData("javascript:alert(1)")]
    [InlineData("{{7*7}} ${7*7} <%= 7*7 %>")]
    [InlineData("&lt;b&gt;\u202Eabc\u0000def")]
    public async Task Whatever_is_typed_is_shown_as_text(string nasty)
    {
        var id = await Server.ContactAsync(Cast.Anna, nasty, i =>
        {
            (i.FirstName, i.JobTitle, i.CompanyName, i.Industry, i.Description) = (nasty, nasty, nasty, nasty, nasty);
            i.Phones = [new PointInput { Value = nasty }];
            i.Socials = [new PointInput { Value = nasty }];
            i.Addresses = [new AddressInput { Street = nasty, City = nasty, Zip = nasty, Country = nasty }];
            i.Tags = [nasty];
        });
        (await As(Cast.Anna).PostAsync($"/contacts/{id}/status", ("status", "client"), ("reason", nasty.Replace("\0", "", StringComparison.Ordinal)))).Expect(303);
        foreach (var url in new[] { $"/contacts/{id}", $"/contacts/{id}/edit", $"/contacts/{id}/journal", $"/contacts/{id}/status-history", $"/contacts/{id}/status", $"/contacts/{id}/facts/identity", $"/contacts/companies/suggest?q={Uri.EscapeDataString(nasty.Replace("\0", "", StringComparison.Ordinal))}" })
        {
            var page = (await As(Cast.Anna).GetAsync(url)).Expect(200);
            Assert.Empty(page.All("main script, main img, main svg[onload], [onerror], [onmouseover], [onload], a[href^='javascript:']"));
        }
    }
}
