using System.ComponentModel.DataAnnotations;
using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Liaison.Kernel.Journal;
using Liaison.Kernel.Texts;
using Liaison.Kernel.Ui;
using Liaison.Kernel.Validation;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Access.Pages;

/// <summary>Form of the password page.</summary>
public sealed class PasswordInput
{
    /// <summary>The password so far.</summary>
    [DataType(DataType.Password)]
    public string? Current { get; set; }
    /// <summary>The new one.</summary>
    [DataType(DataType.Password)]
    public string? New { get; set; }
}

/// <summary>GET, POST /account/password</summary>
[SignedIn, BeforeOwnPassword]
public sealed class PasswordPage(LiaisonDb db, CurrentViewer current, Passwords passwords, Attempts attempts, Sessions sessions, Tokens tokens, DatabaseSettings settings, Localizer texts) : PageModel
{
    [BindProperty]
    public PasswordInput Input { get; set; } = new();

    /// <summary>Whether nothing else can be done before.</summary>
    public bool IsForced => current.Viewer.MustChangePassword;

    public void OnGet() { }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var user = await db.Set<User>().SingleAsync(u => u.Id == current.Viewer.UserId, cancel);
        var problems = new Problems();
        var wait = await CheckCurrentAsync(user, problems, cancel);
        PasswordRules.Check(Input.New ?? "", user, problems);
        if (!problems.Any && Input.New == Input.Current) problems.Add("New", "access.password.same");
        if (problems.Any)
        {
            problems.CopyTo(ModelState, texts);
            Response.StatusCode = wait > 0 ? 429 : 422;
            if (wait > 0) Response.Headers.RetryAfter = wait.ToString(System.Globalization.CultureInfo.InvariantCulture);
            return Page();
        }
        await db.InTransactionAsync(() => SaveAsync(user, cancel), cancel);
        sessions.Forget(user.Id);
        tokens.Forget(user.Id);
        if (user.UserName == FirstAdministrator.UserName) FirstAdministrator.Forget(settings);
        // Programs go on working: who fears for a token too ends it on the account's page.
        if (await db.Set<ApiToken>().AnyAsync(t => t.UserId == user.Id, cancel)) TempData.SayWithLink(texts["access.password.tokensStay"], "/account#tokens", texts["access.account.title"]);
        return new SeeOther("/");
    }

    private async Task<int> CheckCurrentAsync(User user, Problems problems, CancellationToken cancel)
    {
        var key = $"password:{user.Id}";
        var wait = (int)Math.Ceiling((await attempts.BeginAsync(key, cancel)).TotalSeconds);
        if (wait > 0) problems.Add("Current", "access.signIn.wait", wait);
        else if (!passwords.Check(user, Input.Current ?? "", out _)) problems.Add("Current", "access.password.wrong");
        else await attempts.SucceedAsync(key, cancel);
        return wait;
    }

    // Every other session ends, and this browser gets a new one.
    private async Task SaveAsync(User user, CancellationToken cancel)
    {
        passwords.Set(user, Input.New!, mustChange: false);
        await db.Set<Session>().Where(s => s.UserId == user.Id).ExecuteDeleteAsync(cancel);
        sessions.Start(db, user.Id, HttpContext);
        db.Record("user.passwordChanged", "user", user.Id);
        await db.SaveChangesAsync(cancel);
    }
}
