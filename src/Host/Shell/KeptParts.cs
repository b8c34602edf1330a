using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Encodings.Web;
using Liaison.Kernel.Ui;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Liaison.Host.Shell;

/// <summary>Parts of the shell that are the same for everybody who has the same menu and language, made once: they stand on every page.</summary>
public sealed class KeptParts(HtmlEncoder encoder)
{
    private readonly ConcurrentDictionary<(string View, string Language, string Menu), HtmlString> _kept = new();

    /// <summary>What the view makes of its model. It may depend on nothing but the language, the entries named and which of them is the present one.</summary>
    public async Task<IHtmlContent> ShowAsync(IHtmlHelper html, string view, object model, IEnumerable<MenuItem> entries, MenuItem? current = null)
    {
        var key = (view, CultureInfo.CurrentUICulture.TwoLetterISOLanguageName, string.Join(' ', entries.Select(e => e.Url)) + " > " + current?.Url);
        if (_kept.TryGetValue(key, out var known)) return known;
        await using var writer = new StringWriter(CultureInfo.InvariantCulture);
        (await html.PartialAsync(view, model)).WriteTo(writer, encoder);
        return _kept[key] = new HtmlString(writer.ToString());
    }
}
