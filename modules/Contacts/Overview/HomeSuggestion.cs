using System.Globalization;
using Liaison.Contacts.Lifecycle;
using Liaison.Contacts.Lists;
using Liaison.Kernel.Data;
using Liaison.Kernel.Texts;
using Liaison.Kernel.Ui;

namespace Liaison.Contacts.Overview;

/// <summary>Something worth doing: what, why, and the list or record to do it on.</summary>
public sealed record Suggestion(string Title, string Why, string Url, string Icon);

/// <summary>Slot: a module that suggests what to do next, on the home page. Each one is one indexed query.</summary>
public abstract class HomeSuggestion
{
    /// <summary>Place among its neighbours, ascending.</summary>
    public virtual int Order => 100;
    /// <summary>What it suggests now; nothing when there is nothing to do.</summary>
    public abstract Task<IReadOnlyList<Suggestion>> LoadAsync(LiaisonDb db, CancellationToken cancel);
}

/// <summary>The suggestions of all modules.</summary>
internal sealed class Suggestions(IEnumerable<HomeSuggestion> suggestions) : HomePanel
{
    public override HomePlace Place => HomePlace.Main;
    public override int Order => 50;
    public override string Permission => "contacts.view";
    public override string View => "/Overview/_Suggestions.cshtml";

    public override async Task<object?> LoadAsync(LiaisonDb db, CancellationToken cancel)
    {
        var all = new List<Suggestion>();
        foreach (var suggestion in suggestions.OrderBy(s => s.Order)) all.AddRange(await suggestion.LoadAsync(db, cancel));
        return all.Count == 0 ? null : all;
    }
}

/// <summary>Prospects without an action for two weeks, and leads nobody has turned to since they came a week ago.</summary>
internal sealed class QuietContacts(ContactList list, Localizer texts) : HomeSuggestion
{
    private const int Prospects = 14, Leads = 7;

    public override async Task<IReadOnlyList<Suggestion>> LoadAsync(LiaisonDb db, CancellationToken cancel)
    {
        var all = new List<Suggestion>();
        await AddAsync(all, "prospects", new ContactFilter { Statuses = [ContactStatus.Prospect], Inactive = Prospects }, Prospects, cancel);
        var week = DateOnly.FromDateTime(db.Clock.GetUtcNow().UtcDateTime).AddDays(-Leads);
        await AddAsync(all, "leads", new ContactFilter { Statuses = [ContactStatus.Lead], Inactive = Leads, CreatedBefore = week }, Leads, cancel);
        return all;
    }

    private async Task AddAsync(List<Suggestion> all, string what, ContactFilter filter, int days, CancellationToken cancel)
    {
        var count = await list.CountAsync(filter, cancel);
        if (count.Value == 0) return;
        var number = count.Value.ToString("N0", CultureInfo.CurrentCulture) + (count.IsCapped ? "+" : "");
        all.Add(new(texts["contacts.suggest." + what, count.Value, number, days], texts["contacts.suggest." + what + ".why"], "/contacts?" + filter.ToQuery(), what == "leads" ? "user-plus" : "sparkles"));
    }
}
