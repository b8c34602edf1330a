using System.Globalization;
using Liaison.Kernel.Texts;
using Liaison.Kernel.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liaison.Contacts.ShortLists;

/// <summary>What the settings pages of the short lists have in common.</summary>
public abstract class ShortListPage(IEnumerable<ShortList> lists, Localizer texts) : PageModel
{
    /// <summary>The list that the address names.</summary>
    public ShortList List { get; private set; } = null!;
    /// <summary>The address of its page.</summary>
    public string Home => "/settings/lists/" + List.Path;
    /// <summary>What it is called.</summary>
    public string Title => texts[$"lists.{List.Word}.title"];

    /// <summary>Texts.</summary>
    protected Localizer Texts => texts;

    /// <inheritdoc/>
    public override void OnPageHandlerSelected(PageHandlerSelectedContext context)
    {
        if (lists.FirstOrDefault(l => l.Path == context.RouteData.Values["list"] as string) is { } named) List = named;
    }

    /// <inheritdoc/>
    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        if (List is null) context.Result = NotFound();
    }

    /// <summary>Back to the list.</summary>
    protected SeeOther ToList() => new(Home);

    /// <summary>The entry of this id; null when it is gone.</summary>
    protected async Task<ListEntry?> EntryAsync(string id, CancellationToken cancel) =>
        long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? await List.FindAsync(number, cancel) : null;
}
