using Liaison.Kernel.Api;
using System.Globalization;
using Liaison.Access;
using Liaison.Contacts.Lists;
using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Liaison.Kernel.Jobs;
using Liaison.Kernel.Texts;
using Liaison.Kernel.Ui;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liaison.Contacts.Groups;

/// <summary>POST /contacts/groups/{operation}: the ticked contacts, or all that match after their number was confirmed.</summary>
[Permission("contacts.edit")]
public sealed class GroupModel(LiaisonDb db, GroupWork work, GroupRepeats repeats, Users users, Localizer texts, Display show) : PageModel
{
    /// <summary>Above this many the work goes on in the background.</summary>
    public const int AtOnce = 2000;
    /// <summary>Above this many a deletion wants the number typed.</summary>
    public const int AskAbove = 20;

    /// <summary>The operation's word.</summary>
    public string Operation { get; private set; } = "";
    /// <summary>The order as sent.</summary>
    public GroupOrder Order { get; private set; } = new(GroupOperation.Tag);
    /// <summary>How many contacts it is about.</summary>
    public int Count { get; private set; }
    /// <summary>What is wrong, or null.</summary>
    public string? Mistake { get; private set; }
    /// <summary>Whether the number must be typed.</summary>
    public bool AsksForNumber => Order.Operation == GroupOperation.Delete && Count > AskAbove;
    /// <summary>The list it came from.</summary>
    public string Back => Order.Filter.Length > 0 ? "/contacts?" + Order.Filter : "/contacts";
    /// <summary>Makes an order that is sent twice act once.</summary>
    public string? Once { get; private set; }
    /// <summary>What will be done, in words.</summary>
    public string What { get; private set; } = "";

    /// <summary>There is nothing to see without an order.</summary>
    public IActionResult OnGet() => Redirect("/contacts");

    /// <summary>Does it, or asks first.</summary>
    public async Task<IActionResult> OnPostAsync(string operation, [FromForm] GroupForm form, CancellationToken cancel)
    {
        (Operation, Once) = (operation, form.Once);
        if (operation == "export") return SeeOther("/exports/contacts/fields?" + (form.All ? form.Filter : "ids=" + string.Join(',', form.Ids)));
        if (EnumWords.Find<GroupOperation>(operation) is not { } which) return NotFound();
        if (which == GroupOperation.Undo) return await UndoAsync(cancel);
        if (which == GroupOperation.Delete && !show.May("contacts.delete")) return Forbid();
        Order = new(which)
        {
            Ids = form.All ? null : [.. form.Ids.Distinct().Order()], Filter = form.Filter ?? "", User = await UserAsync(form, cancel), Replace = form.Replace,
            Tags = [.. WordList.Split(form.Tags ?? "").Select(t => ContactInput.Clean(t) ?? "").Where(t => t.Length is > 0 and <= 100).Distinct(StringComparer.OrdinalIgnoreCase)],
            Access = EnumWords.Find<ContactAccess>(form.Access) ?? default,
        };
        Count = await work.CountAsync(Order, cancel);
        if (Count == 0)
        {
            if (await ToldBeforeAsync(cancel) is { } told) return told;
            TempData.Complain(texts["contacts.group.nothing"]);
            return SeeOther(Came());
        }
        if (which is GroupOperation.Tag or GroupOperation.Untag && Order.Tags.Count == 0) { TempData.Complain(texts["contacts.group.noTag"]); return SeeOther(Came()); }
        if (which == GroupOperation.Responsible && (await users.NameAsync(Order.User, cancel)).Length == 0) { TempData.Complain(texts["contacts.group.noUser"]); return SeeOther(Came()); }
        if (which == GroupOperation.Access && EnumWords.Find<ContactAccess>(form.Access) is null) { TempData.Complain(texts["contacts.group.noAccess"]); return SeeOther(Came()); }
        if (Order.Tags.Count > ContactInput.MostValues) { TempData.Complain(texts["contacts.error.tooMany", ContactInput.MostValues]); return SeeOther(Came()); }
        What = await WordsAsync(cancel);
        var number = int.TryParse(form.Number?.Replace(" ", "", StringComparison.Ordinal).Replace("\u202f", "", StringComparison.Ordinal).Replace("\u00a0", "", StringComparison.Ordinal), NumberStyles.None, CultureInfo.InvariantCulture, out var typed) ? typed : -1;
        if (AsksForNumber && number != Count) return await AskAsync(form.Number is null ? null : texts["contacts.group.numberWrong", Count, show.Number(Count)], cancel);
        if (form.All && form.Count != Count) return await AskAsync(form.Count is null ? null : texts["contacts.group.numberChanged", Count, show.Number(Count)], cancel);
        Order = await repeats.BeginAsync(Once, Order, cancel);
        if (Count > AtOnce) return await InBackgroundAsync(cancel);
        var result = await work.RunAsync(Order, cancel);
        if (result.Changed > 0) await repeats.KeepAsync(Once, Order, cancel);
        else if (await ToldBeforeAsync(cancel) is { } told) return told;
        return Told(Order, result);
    }

    private SeeOther Told(GroupOrder order, GroupResult result)
    {
        TempData.Say(Say(texts, order.Operation, result), UndoUrl(order, result));
        return SeeOther(Came());
    }

    // Pressed twice, the second finds it done already.
    private async Task<SeeOther?> ToldBeforeAsync(CancellationToken cancel) => await repeats.FindAsync(Once, Order, cancel) is var (order, result) ? Told(order, result) : null;

    // The id counts while the name is that of its account; without script only the name was typed.
    private async Task<long> UserAsync(GroupForm form, CancellationToken cancel)
    {
        var typed = SearchText.Fold(form.UserName);
        if (form.UserName is null || (form.User > 0 && SearchText.Fold(await users.NameAsync(form.User, cancel)) == typed)) return form.User;
        return (await users.ActiveAsync(cancel)).FirstOrDefault(u => SearchText.Fold(u.Name) == typed)?.Id ?? 0;
    }

    private async Task<IActionResult> InBackgroundAsync(CancellationToken cancel)
    {
        if (await repeats.AtWorkAsync(Once, Order, cancel) is { } begun) return SeeOther(Progress(begun));
        var job = db.Enqueue(GroupJob.Name, await work.LaterAsync(Order, cancel), key: GroupRepeats.JobKey(Order));
        await db.SaveChangesAsync(cancel);
        await repeats.KeepAsync(Once, Order, cancel);
        return SeeOther(Progress(job.Id));

        static string Progress(long id) => string.Create(CultureInfo.InvariantCulture, $"/contacts/groups/progress/{id}");
    }

    /// <summary>What came of it, in words.</summary>
    public static string Say(Localizer texts, GroupOperation operation, GroupResult result) =>
        texts["contacts.group.done." + ContactFilter.Word(operation), result.Done, result.Done.ToString("N0", CultureInfo.CurrentCulture)]
        + (result.Refused > 0 ? " " + texts[operation switch { GroupOperation.Undo => "contacts.group.refused.undo", GroupOperation.Tag => "contacts.group.refused.tag", _ => "contacts.group.refused" }, result.Refused, result.Refused.ToString("N0", CultureInfo.CurrentCulture), ContactInput.MostValues] : "");

    /// <summary>Where it can be taken back, or null.</summary>
    public static string? UndoUrl(GroupOrder order, GroupResult result) =>
        order.Operation == GroupOperation.Undo || result.Changed == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"/contacts/groups/undo?batch={order.Batch}");

    private async Task<IActionResult> UndoAsync(CancellationToken cancel)
    {
        if (!long.TryParse(Request.Query["batch"], NumberStyles.None, CultureInfo.InvariantCulture, out var batch)) return NotFound();
        Order = new(GroupOperation.Undo) { Batch = batch };
        Count = await work.CountAsync(Order, cancel);
        if (Count == 0) return NotFound();
        if (Count > AtOnce) return await InBackgroundAsync(cancel);
        var result = await work.RunAsync(Order, cancel);
        TempData.Say(result == GroupResult.None ? texts["contacts.group.undone"] : Say(texts, GroupOperation.Undo, result));
        return SeeOther(Came());
    }

    private async Task<string> WordsAsync(CancellationToken cancel) => Order.Operation switch
    {
        GroupOperation.Tag or GroupOperation.Untag => texts["contacts.group.what." + ContactFilter.Word(Order.Operation), string.Join(", ", Order.Tags)],
        GroupOperation.Responsible => texts[Order.Replace ? "contacts.group.what.replace" : "contacts.group.what.responsible", await users.NameAsync(Order.User, cancel)],
        GroupOperation.Access => texts["contacts.group.what.access", texts["contacts.access." + ContactFilter.Word(Order.Access)]],
        _ => texts["contacts.group.what.delete"],
    };

    private async Task<IActionResult> AskAsync(string? mistake, CancellationToken cancel)
    {
        if (mistake is not null && await ToldBeforeAsync(cancel) is { } told) return told;
        Mistake = mistake;
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    // The same page of the list in the same order, where it was done from there.
    private string Came() => Uri.TryCreate(Request.Headers.Referer, UriKind.Absolute, out var from) && from.Authority == Request.Host.Value && from.AbsolutePath.StartsWith("/contacts", StringComparison.Ordinal)
        && !from.AbsolutePath.StartsWith("/contacts/groups", StringComparison.Ordinal) ? from.PathAndQuery : Back;

    private SeeOther SeeOther(string url) => new(Url.IsLocalUrl(url) ? url : "/contacts");
}

/// <summary>What the list's bar and the confirmation send.</summary>
public sealed class GroupForm
{
    /// <summary>The ticked contacts.</summary>
    public List<long> Ids { get; set; } = [];
    /// <summary>Whether all that match are meant.</summary>
    public bool All { get; set; }
    /// <summary>The list's query string.</summary>
    public string? Filter { get; set; }
    /// <summary>Tags, as in <see cref="WordList"/>.</summary>
    public string? Tags { get; set; }
    /// <summary>The user who becomes responsible.</summary>
    public long User { get; set; }
    /// <summary>The name in the field beside it.</summary>
    public string? UserName { get; set; }
    /// <summary>Whether other responsibles go.</summary>
    public bool Replace { get; set; }
    /// <summary>The new access.</summary>
    public string? Access { get; set; }
    /// <summary>The number that was shown when it was confirmed.</summary>
    public int? Count { get; set; }
    /// <summary>The number as typed.</summary>
    public string? Number { get; set; }
    /// <summary>Makes an order that is sent twice act once.</summary>
    public string? Once { get; set; }
}
