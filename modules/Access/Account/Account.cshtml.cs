using System.Text.Json.Serialization;
using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Liaison.Kernel.Journal;
using Liaison.Kernel.Texts;
using Liaison.Kernel.Ui;
using Liaison.Kernel.Validation;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Access.Pages;

/// <summary>GET, POST /account</summary>
[SignedIn]
public sealed class AccountPage(LiaisonDb db, CurrentViewer current, Sessions sessions, Tokens tokens, Users users, Localizer texts) : PageModel
{
    [BindProperty]
    public AccountInput Input { get; set; } = new();

    /// <summary>User name or e-mail.</summary>
    public string SignsInAs { get; private set; } = "";
    /// <summary>Browsers signed in, the latest first.</summary>
    public IReadOnlyList<Session> Sessions { get; private set; } = [];
    /// <summary>API tokens that act for the person, the latest first.</summary>
    public IReadOnlyList<ApiToken> Tokens { get; private set; } = [];
    /// <summary>The session of this browser.</summary>
    public long Here => SignOutPage.Here(User);

    public IEnumerable<SelectListItem> Languages => Cultures.Codes.Select(c => new SelectListItem(texts[$"access.language.{c}"], c));
    public IEnumerable<SelectListItem> Themes => AccountInput.Themes.Select(t => new SelectListItem(texts[$"access.theme.{t}"], t));
    public IEnumerable<SelectListItem> Zones => TimeZones.All.Append(Input.Zone ?? "").Where(z => z.Length > 0).Distinct().Select(z => new SelectListItem(z.Replace('_', ' '), z));

    /// <summary>"Firefox, Linux".</summary>
    public string Browser(Session session) => Agents.Name(session.Agent) ?? texts["access.account.unknownBrowser"];

    public async Task OnGetAsync(CancellationToken cancel) => Input = AccountInput.From(await ShowAsync(cancel));

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var user = await ShowAsync(cancel);
        var problems = Input.Check();
        if (problems.Any)
        {
            problems.CopyTo(ModelState, texts);
            Response.StatusCode = 422;
            return Page();
        }
        // What was left as it was shown is as it is now: the account may be open in two tabs.
        Shown.Merge(Input.Shown, Input, AccountInput.From(user), out _).ApplyTo(user);
        if (db.ChangeTracker.HasChanges())
        {
            db.Record("user.changed", "user", user.Id, db.Entry(user).Properties.Where(p => p.IsModified).Select(p => p.Metadata.Name));
            await db.SaveChangesAsync(cancel);
        }
        sessions.Forget(user.Id);
        tokens.Forget(user.Id);
        users.Forget();
        Preferences.Send(HttpContext, user.Language, user.Theme);
        System.Globalization.CultureInfo.CurrentUICulture = Cultures.Of(user.Language);
        TempData.Say(texts["access.account.saved"]);
        return new SeeOther("/account");
    }

    private async Task<User> ShowAsync(CancellationToken cancel)
    {
        var id = current.Viewer.UserId;
        var user = await db.Set<User>().SingleAsync(u => u.Id == id, cancel);
        SignsInAs = user.Email is null || user.Email == user.UserName ? user.UserName! : $"{user.UserName} · {user.Email}";
        Sessions = await db.Set<Session>().AsNoTracking().Where(s => s.UserId == id).OrderByDescending(s => s.LastSeenAt).ThenByDescending(s => s.Id).Take(100).ToListAsync(cancel);
        Tokens = await db.Set<ApiToken>().AsNoTracking().Where(t => t.UserId == id).OrderByDescending(t => t.Id).Take(100).ToListAsync(cancel);
        return user;
    }
}

/// <summary>What a person may set of their own account.</summary>
public sealed class AccountInput
{
    internal static readonly string[] Themes = ["auto", "light", "dark"];

    public string? Name { get; set; }
    public string? Language { get; set; }
    public string? Zone { get; set; }
    public string? Theme { get; set; }
    /// <summary>What was shown.</summary>
    [JsonIgnore]
    public string? Shown { get; set; }

    internal static AccountInput From(User user)
    {
        var input = new AccountInput { Name = user.Name, Language = user.Language, Zone = user.Zone, Theme = user.Theme };
        input.Shown = Kernel.Validation.Shown.Of(input);
        return input;
    }

    internal Problems Check()
    {
        var problems = new Problems();
        if (Name is null || Name.Trim() is not { Length: > 0 and <= 200 } || Name.Any(char.IsControl)) problems.Add("Name", "access.account.badName");
        if (!Cultures.Codes.Contains(Language ?? "")) problems.Add("Language", "access.account.badChoice");
        if (!TimeZones.Exists(Zone)) problems.Add("Zone", "access.account.badChoice");
        if (!Themes.Contains(Theme ?? "")) problems.Add("Theme", "access.account.badChoice");
        return problems;
    }

    internal void ApplyTo(User user) => (user.Name, user.Language, user.Zone, user.Theme) = (Name!.Trim(), Language!, Zone!, Theme!);
}
