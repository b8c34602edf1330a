using System.Text;

namespace Liaison.Browser;

/// <summary>On a slow line the page stands there before its scripts: whoever begins at once loses nothing.</summary>
public sealed class EarlyTests(LiaisonServer server) : BrowserTests(server)
{
    [Fact]
    public async Task A_field_with_suggestions_is_typed_on_in()
    {
        await using var slow = await SlowAsync("/contacts/new");
        await slow.Page.Locator("#Input_CompanyName").PressSequentiallyAsync("Maison");
        slow.Arrive();
        await Assertions.Expect(slow.Page.Locator("#Input_CompanyName[role=combobox]")).ToBeFocusedAsync();
        await slow.Page.Keyboard.TypeAsync(" Neuve");
        await Assertions.Expect(slow.Page.Locator("#Input_CompanyName")).ToHaveValueAsync("Maison Neuve");
    }

    [Fact]
    public async Task So_is_one_for_several_words()
    {
        await using var slow = await SlowAsync("/contacts/new");
        await slow.Page.Locator("#Input_Tags").PressSequentiallyAsync("\"Lyon, 2026\", sal");
        slow.Arrive();
        await Assertions.Expect(slow.Page.Locator("#Input_Tags[role=combobox]")).ToBeFocusedAsync();
        await slow.Page.Keyboard.TypeAsync("on,");
        await Assertions.Expect(slow.Page.Locator("combo-box:has(#Input_Tags) .pick")).ToHaveTextAsync(["Lyon, 2026", "salon"]);
    }

    [Fact]
    public async Task What_was_typed_is_a_draft_and_its_look_alikes_are_told()
    {
        await Scene.ContactAsync(Server, "Ada", "Précoce");
        await using var slow = await SlowAsync("/contacts/new");
        var page = slow.Page;
        await page.Locator("#Input_FirstName").FillAsync("Ada");
        await page.Locator("#Input_LastName").FillAsync("Précoce");
        slow.Arrive();
        await Assertions.Expect(page.Locator("[data-duplicates-here]")).ToContainTextAsync("Ada Précoce");
        await Assertions.Expect(page.Locator("[data-draft-kept]")).ToBeVisibleAsync();
        await page.GotoAsync("/contacts/new");
        await page.Locator("[data-restore]").ClickAsync();
        await Assertions.Expect(page.Locator("#Input_LastName")).ToHaveValueAsync("Précoce");
    }

    [Fact]
    public async Task The_search_at_the_top_answers_what_was_typed()
    {
        await using var slow = await SlowAsync("/account");
        await slow.Page.Locator("form.search input").PressSequentiallyAsync("introuvable");
        slow.Arrive();
        await Assertions.Expect(slow.Page.Locator("form.search .options [role=option]").Last).ToContainTextAsync("introuvable");
    }

    [Fact]
    public async Task A_chosen_file_is_sent()
    {
        await using var slow = await SlowAsync("/imports/new");
        await slow.Page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "tot.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes("Nom;E-mail\nTôt;tot@exemple.fr\n") });
        slow.Arrive();
        await Assertions.Expect(slow.Page.Locator("#import")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task All_of_a_list_is_ticked()
    {
        await Scene.ContactAsync(Server, "Tic", "Matin");
        await Scene.ContactAsync(Server, "Tac", "Matin");
        await using var slow = await SlowAsync("/contacts?q=matin");
        await slow.Page.Locator("[data-tick-all]").CheckAsync();
        slow.Arrive();
        await Assertions.Expect(slow.Page.Locator(".bulk [data-count]")).ToContainTextAsync("2");
        await Assertions.Expect(slow.Page.Locator("tbody .tick-cell input:checked")).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task What_cannot_work_yet_is_not_there_to_be_pressed()
    {
        await using var slow = await SlowAsync("/contacts/new");
        var cross = slow.Page.Locator("[data-rows='Input.Emails'] [data-remove]");
        await Assertions.Expect(slow.Page.Locator("#Input_FirstName")).ToBeVisibleAsync();
        await Assertions.Expect(cross).ToBeHiddenAsync();
        slow.Arrive();
        await cross.ClickAsync();
        await Assertions.Expect(cross).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_password_is_shown()
    {
        await using var slow = await SlowAsync("/account/password");
        await slow.Page.Locator("#Input_New").FillAsync("a sentence of my own");
        await slow.Page.Locator("[data-reveal]").CheckAsync();
        slow.Arrive();
        await Assertions.Expect(slow.Page.Locator("#Input_New")).ToHaveAttributeAsync("type", "text");
    }

    [Fact]
    public async Task A_fact_that_is_typed_already_is_not_marked_to_be_typed_over()
    {
        var id = await Scene.ContactAsync(Server, "Lente", "Ligne");
        await using var slow = await SlowAsync($"/contacts/{id}", "**/js/parts/inline.js");
        var (page, job) = (slow.Page, slow.Page.Locator("#fact-identity #Input_JobTitle"));
        await page.Locator("#fact-identity a[href$='/facts/identity']").ClickAsync();
        await job.FillAsync("Direc");
        var arrived = page.WaitForResponseAsync("**/js/parts/inline.js");
        slow.Arrive();
        await (await arrived).FinishedAsync();
        // A second question for it is answered after the first.
        await page.EvaluateAsync("url => import(url)", (await arrived).Url);
        await page.Keyboard.TypeAsync("trice");
        await Assertions.Expect(job).ToHaveValueAsync("Directrice");
    }

    [Fact]
    public async Task Whoever_went_on_to_a_button_of_a_fact_stays_there()
    {
        var id = await Scene.ContactAsync(Server, "Flinke", "Taste");
        await using var slow = await SlowAsync($"/contacts/{id}", "**/js/parts/inline.js");
        var page = slow.Page;
        await page.Locator("#fact-emails .pen-link").ClickAsync();
        // What adds lines is live already.
        await Assertions.Expect(page.Locator("#fact-emails [data-rows][data-live]")).ToHaveCountAsync(1);
        await page.Locator("#fact-emails [data-add]").FocusAsync();
        var arrived = page.WaitForResponseAsync("**/js/parts/inline.js");
        slow.Arrive();
        await (await arrived).FinishedAsync();
        await page.EvaluateAsync("url => import(url)", (await arrived).Url);
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#fact-emails [data-remove]")).ToHaveCountAsync(2);
    }

    private async Task<Slow> SlowAsync(string url, string late = "**/js/**")
    {
        var slow = new Slow(await OpenAsync(Cast.Anna, "/account"));
        await slow.Page.RouteAsync(late, async route =>
        {
            await slow.Arrived;
            await route.ContinueAsync();
        });
        await slow.Page.GotoAsync(url, new() { WaitUntil = WaitUntilState.Commit });
        return slow;
    }

    /// <summary>A tab whose scripts are on their way until they <see cref="Arrive"/>.</summary>
    private sealed class Slow(Tab tab) : IAsyncDisposable
    {
        private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public IPage Page => tab.Page;
        public Task Arrived => _gate.Task;

        public void Arrive() => _gate.SetResult();

        public ValueTask DisposeAsync()
        {
            _gate.TrySetResult();
            return tab.DisposeAsync();
        }
    }
}
