using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Liaison.Tests.Harness;

/// <summary>A form of a page: what is not filled in is sent as it stands, with its hidden fields.</summary>
public sealed class FormToFill
{
    private readonly PageResult _page;
    private readonly IHtmlFormElement _form;
    private readonly List<(string Name, string Value)> _added = [];
    private readonly List<(string Name, string FileName, byte[] Content)> _files = [];

    internal FormToFill(PageResult page, IHtmlFormElement form)
    {
        _page = page;
        _form = form;
    }

    /// <summary>Types into a field, or chooses in a list.</summary>
    public FormToFill Fill(string name, string value)
    {
        switch (Named(name).FirstOrDefault())
        {
            case IHtmlInputElement { Type: "radio" }: return Choose(name, value);
            case IHtmlInputElement input: input.Value = value; break;
            case IHtmlTextAreaElement area: area.Value = value; break;
            case IHtmlSelectElement list: Select(list, value); break;
            default: throw Missing(name);
        }
        return this;
    }

    /// <summary>Ticks a box, or the box with this value.</summary>
    public FormToFill Tick(string name, string? value = null, bool on = true)
    {
        (Named(name).OfType<IHtmlInputElement>().FirstOrDefault(i => i.Type == "checkbox" && (value is null || i.Value == value)) ?? throw Missing(name)).IsChecked = on;
        return this;
    }

    /// <summary>Chooses one of several buttons.</summary>
    public FormToFill Choose(string name, string value)
    {
        var buttons = Named(name).OfType<IHtmlInputElement>().Where(i => i.Type == "radio").ToList();
        var chosen = buttons.Find(b => b.Value == value) ?? throw Missing($"{name}={value}");
        foreach (var button in buttons) button.IsChecked = button == chosen;
        return this;
    }

    /// <summary>Sends a value besides, as a field added by script would.</summary>
    public FormToFill Add(string name, string value)
    {
        _added.Add((name, value));
        return this;
    }

    /// <summary>Chooses a file.</summary>
    public FormToFill Attach(string name, string fileName, byte[] content)
    {
        if (!Named(name).Any()) throw Missing(name);
        _files.Add((name, fileName, content));
        return this;
    }

    /// <summary>What a field holds now.</summary>
    public string? this[string name] => Named(name).FirstOrDefault() switch
    {
        IHtmlInputElement { Type: "radio" } => Named(name).OfType<IHtmlInputElement>().FirstOrDefault(i => i.IsChecked)?.Value,
        IHtmlInputElement input => input.Value, IHtmlTextAreaElement area => area.Value, IHtmlSelectElement list => list.Value, _ => null,
    };

    /// <summary>Sends the form, by the button given or by its first one, and follows the answer.</summary>
    public Task<PageResult> SubmitAsync(string? button = null, bool follow = true)
    {
        var pressed = button is null ? null : _page.Document.QuerySelector(button) ?? throw Missing(button);
        var address = pressed?.GetAttribute("formaction") ?? _form.GetAttribute("action") ?? _page.Url;
        var isGet = !string.Equals(pressed?.GetAttribute("formmethod") ?? _form.GetAttribute("method"), "post", StringComparison.OrdinalIgnoreCase);
        var values = Values(pressed ?? _form.QuerySelector("button:not([type=button]):not([type=reset])")).Concat(_added).ToList();
        if (isGet)
        {
            var query = string.Join('&', values.Select(v => $"{Uri.EscapeDataString(v.Name)}={Uri.EscapeDataString(v.Value)}"));
            return _page.Browser.SendAsync(new HttpRequestMessage(HttpMethod.Get, $"{address.Split('?')[0]}?{query}"), follow);
        }
        if (address.Length == 0) address = _page.Url;
        return _page.Browser.SendAsync(new HttpRequestMessage(HttpMethod.Post, address) { Content = Content(values) }, follow);
    }

    private HttpContent Content(List<(string Name, string Value)> values)
    {
        if (_form.GetAttribute("enctype") != "multipart/form-data") return new FormUrlEncodedContent(values.Select(v => KeyValuePair.Create(v.Name, v.Value)));
        var content = new MultipartFormDataContent();
        foreach (var (name, value) in values) content.Add(new StringContent(value), name);
        foreach (var (name, fileName, bytes) in _files) content.Add(new ByteArrayContent(bytes), name, fileName);
        return content;
    }

    private IEnumerable<(string Name, string Value)> Values(IElement? pressed)
    {
        foreach (var element in _form.Elements)
        {
            if (element.GetAttribute("name") is not { Length: > 0 } name || element.HasAttribute("disabled")) continue;
            switch (element)
            {
                case IHtmlInputElement { Type: "checkbox" or "radio" } box: if (box.IsChecked) yield return (name, box.Value ?? "on"); break;
                case IHtmlInputElement { Type: "submit" or "button" or "image" or "reset" or "file" }: break;
                case IHtmlInputElement input: yield return (name, input.Value ?? ""); break;
                case IHtmlTextAreaElement area: yield return (name, area.Value); break;
                case IHtmlSelectElement list: foreach (var option in list.Options.Where(o => o.IsSelected)) yield return (name, option.Value); break;
            }
        }
        if (pressed?.GetAttribute("name") is { Length: > 0 } pressedName) yield return (pressedName, pressed.GetAttribute("value") ?? "");
    }

    private static void Select(IHtmlSelectElement list, string value)
    {
        var chosen = list.Options.FirstOrDefault(o => o.Value == value) ?? throw new Xunit.Sdk.XunitException($"{list.Name} offers {string.Join(", ", list.Options.Select(o => o.Value))}, not {value}");
        foreach (var option in list.Options) option.IsSelected = option == chosen || (list.IsMultiple && option.IsSelected);
    }

    private IEnumerable<IElement> Named(string name) => _form.Elements.Where(e => e.GetAttribute("name") == name);

    private Xunit.Sdk.XunitException Missing(string what) =>
        new($"The form on {_page.Url} has no {what}; it has {string.Join(", ", _form.Elements.Select(e => e.GetAttribute("name")).Distinct(StringComparer.Ordinal))}");
}
