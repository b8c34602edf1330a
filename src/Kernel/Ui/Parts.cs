using System.Collections.Concurrent;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Razor;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.Extensions.DependencyInjection;

namespace Liaison.Kernel.Ui;

/// <summary>
/// Shows partial views where they stand: <c>@await Html.PartAsync("/Record/_Head.cshtml", record)</c>. Unlike the framework's tag for that they write into the page at once,
/// instead of being kept apart and copied at every level; a page of many small parts is made a good deal quicker.
/// </summary>
public sealed class Parts(IRazorPageFactoryProvider views, IRazorPageActivator activator)
{
    private readonly ConcurrentDictionary<string, Func<IRazorPage>> _views = new(StringComparer.Ordinal);

    internal Task ShowAsync(ViewContext around, string view, object? model, (string Key, object? Value)[] data)
    {
        var part = _views.GetOrAdd(view, Find)();
        var known = new ViewDataDictionary<object?>(around.ViewData, model);
        foreach (var (key, value) in data) known[key] = value;
        part.ViewContext = new ViewContext(around, around.View, known, around.Writer);
        activator.Activate(part, part.ViewContext);
        return part.ExecuteAsync();
    }

    private Func<IRazorPage> Find(string view) => views.CreateFactory(view).RazorPageFactory ?? throw new InvalidOperationException($"There is no view {view}.");
}

/// <summary>How views ask for <see cref="Parts"/>.</summary>
public static class PartsInViews
{
    /// <summary>Writes the view with the model of the view that it stands in.</summary>
    public static Task<IHtmlContent> PartAsync(this IHtmlHelper html, string view) => html.PartAsync(view, html.ViewData.Model);

    /// <summary>Writes the view with its model; it sees the view data of the view that it stands in, and more.</summary>
    public static async Task<IHtmlContent> PartAsync(this IHtmlHelper html, string view, object? model, params (string Key, object? Value)[] data)
    {
        await html.ViewContext.HttpContext.RequestServices.GetRequiredService<Parts>().ShowAsync(html.ViewContext, view, model, data);
        return HtmlString.Empty;
    }
}
