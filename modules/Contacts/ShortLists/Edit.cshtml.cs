using System.Text.Json.Serialization;
using Liaison.Contacts.Api;
using Liaison.Kernel.Access;
using Liaison.Kernel.Api;
using Liaison.Kernel.Data;
using Liaison.Kernel.Texts;
using Liaison.Kernel.Ui;
using Liaison.Kernel.Validation;
using Microsoft.AspNetCore.Mvc;

namespace Liaison.Contacts.ShortLists;

/// <summary>What can be set on an entry.</summary>
public sealed class EntryForm
{
    public string? Name { get; set; }
    public string? Color { get; set; }
    public bool Lifecycle { get; set; }
    /// <summary>What was shown.</summary>
    [JsonIgnore]
    public string? Shown { get; set; }
    /// <summary>Makes a new one that is sent twice be added once.</summary>
    [JsonIgnore]
    public string? Once { get; set; }
}

/// <summary>GET, POST /settings/lists/{list}/new and /settings/lists/{list}/{id}</summary>
[Permission("contacts.configure")]
public sealed class EditModel(LiaisonDb db, IEnumerable<ShortList> lists, Localizer texts) : ShortListPage(lists, texts)
{
    [BindProperty]
    public EntryForm Input { get; set; } = new();

    public ListEntry? Stored { get; private set; }
    /// <summary>Where somebody else's change and this one differ.</summary>
    public IReadOnlyList<Stale> Theirs { get; private set; } = [];
    /// <summary>Whether it still has the name it was delivered with, in each language.</summary>
    public bool IsDelivered => Stored is { Name: null };

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken cancel)
    {
        if (!await FoundAsync(id, cancel)) return NotFound();
        Input = Stored is null ? new() { Color = TemperatureList.Green, Lifecycle = true, Once = FormOnce.NewKey() } : StoredForm(Stored);
        return Page();
    }

    public Task<IActionResult> OnPostAsync(string id, CancellationToken cancel) => db.InTransactionAsync<IActionResult>(async () =>
    {
        await List.HoldAsync(cancel);
        if (!await FoundAsync(id, cancel)) return NotFound();
        if (!ModelState.IsValid) return Wrong(new());
        var meant = Input;
        if (Stored is not null)
        {
            var theirs = StoredForm(Stored);
            meant = Shown.Merge(Input.Shown, Input, theirs, out var both);
            if (both.Count > 0) return StaleForm(meant, theirs, both);
        }
        var input = Stored is null ? new ListEntryInput() : List.InputOf(Stored);
        (input.Name, input.Color, input.Lifecycle) = (meant.Name ?? "", List.HasColor ? meant.Color : null, List.HasLifecycle ? meant.Lifecycle : null);
        var problems = new Problems();
        async Task<string?> SaveAsync()
        {
            (var entry, problems) = await List.SaveAsync(Stored, input, cancel);
            return entry is null ? null : List.Name(entry);
        }
        if ((Stored is null ? await db.OnceAsync(Input.Once, Shown.Of(Input), SaveAsync, cancel) : await SaveAsync()) is not { } name) return Wrong(problems);
        TempData.Say(Texts["lists.saved", name]);
        return ToList();
    }, cancel);

    private EntryForm StoredForm(ListEntry entry)
    {
        var set = List.InputOf(entry);
        var form = new EntryForm { Name = List.Name(entry), Color = set.Color, Lifecycle = set.Lifecycle ?? false };
        form.Shown = Shown.Of(form);
        return form;
    }

    private Microsoft.AspNetCore.Mvc.RazorPages.PageResult StaleForm(EntryForm meant, EntryForm theirs, IReadOnlyList<string> both)
    {
        Theirs = [.. new (string Field, Stale Shown)[]
        {
            (nameof(EntryForm.Name), new(Texts["lists.name"], theirs.Name ?? "", Input.Name ?? "")), (nameof(EntryForm.Color), new(Texts["lists.color"], theirs.Color ?? "", Input.Color ?? "")),
        }.Where(f => both.Contains(f.Field)).Select(f => f.Shown)];
        Input = meant;
        Input.Shown = theirs.Shown;
        ModelState.Clear();
        Response.StatusCode = 409;
        return Page();
    }

    private Microsoft.AspNetCore.Mvc.RazorPages.PageResult Wrong(Problems problems)
    {
        problems.CopyTo(ModelState, Texts, "Input.");
        Response.StatusCode = 422;
        return Page();
    }

    private async Task<bool> FoundAsync(string id, CancellationToken cancel) => id == "new" || (Stored = await EntryAsync(id, cancel)) is not null;
}
