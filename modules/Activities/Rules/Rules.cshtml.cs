using Liaison.Contacts;
using Liaison.Contacts.Lifecycle;
using Liaison.Contacts.Lists;
using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Liaison.Kernel.Texts;
using Liaison.Kernel.Ui;
using Liaison.Kernel.Validation;
using Microsoft.AspNetCore.Mvc;

namespace Liaison.Activities.Pages;

/// <summary>GET /settings/activity-rules shows and, with proposed values in the query string, previews; POST stores and recomputes.</summary>
[Permission("activities.configure")]
public sealed class RulesPage(LiaisonDb db, RulesPreview preview, ChangeRules change, RelatedContacts related, Localizer texts, ActivityTexts words) : ActivityPage(db, texts, words)
{
    private const int Shown = 50;

    public ActivityRules Rules { get; private set; } = null!;
    public RulesForm Form { get; private set; } = null!;
    /// <summary>Types in their order.</summary>
    public IReadOnlyList<ActivityType> Types { get; private set; } = [];
    /// <summary>What would change; null when nothing was proposed.</summary>
    public RulesEffect? Effect { get; private set; }
    /// <summary>The last recomputation, and how far it is.</summary>
    public ReplayView? Replay { get; private set; }

    /// <summary>Where somebody else's change and this one differ.</summary>
    public IReadOnlyList<Stale> Theirs { get; private set; } = [];
    /// <summary>Whether other rules came in force since the preview.</summary>
    public bool IsStale { get; private set; }

    public async Task OnGetAsync(bool preview, CancellationToken cancel)
    {
        await LoadAsync(name => Request.Query[name], cancel);
        if (preview) await PreviewAsync(cancel);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        string? Sent(string name) => Request.Form[name];
        // Sent twice, the second finds all of it in force.
        if (await change.RunAsync(rules => RulesForm.Read(rules, Sent) is var form && form.Changes(rules) && RulesForm.IsStale(rules, Sent) ? null : form, cancel))
        {
            TempData.Say(Texts["rules.saved"]);
            return SeeOther("/settings/activity-rules");
        }
        // What would change was worked out from other rules: it is shown anew, to be saved then.
        await LoadAsync(Sent, cancel);
        await PreviewAsync(cancel);
        IsStale = true;
        Response.StatusCode = 409;
        return Page();
    }

    private async Task LoadAsync(Func<string, string?> sent, CancellationToken cancel)
    {
        Rules = await ActivityRules.LoadAsync(Db, cancel);
        Form = RulesForm.Read(Rules, sent);
        var both = Form.ChangedBoth(Rules, sent);
        Theirs = [.. Rules.Types.Values.Where(t => both.Contains(RulesForm.NameOf(t.Id))).Select(t => new Stale(Words.Name(t), Named(t.Class), Named(Form.Classes[t.Id]))),
            .. Form.Effects.Where(e => both.Contains(RulesForm.NameOf(e.Key))).Select(e => new Stale(Words.Outcome(e.Key), Named(Rules.Outcomes.GetValueOrDefault(e.Key)), Named(e.Value)))];
        Types = [.. Rules.Types.Values.OrderBy(t => t.Position).ThenBy(t => t.Id)];
        Replay = await ReplayView.LoadAsync(Db, related, ReplayJob.Name, "/settings/activity-rules", cancel);
    }

    private string Named(ActivityClass value) => Texts["activityClass." + ContactFilter.Word(value)];

    private string Named(StatusEffect value) => Texts["statusEffect." + ContactFilter.Word(value)];

    private async Task PreviewAsync(CancellationToken cancel) => Effect = await preview.RunAsync(Rules, Form, Shown, cancel);
}
