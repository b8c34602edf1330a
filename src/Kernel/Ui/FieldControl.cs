using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text;
using Liaison.Kernel.Texts;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Liaison.Kernel.Ui;

/// <summary>The control inside a field, chosen by the property's type and showing what was typed, else what is stored.</summary>
internal sealed class FieldControl(ModelExpression property, string name, string id, string? attempted, string? type, IEnumerable<SelectListItem>? items, bool several)
{
    public required string Label { get; init; }
    public bool IsRequired { get; init; }
    public bool IsInvalid { get; init; }
    public string? DescribedBy { get; init; }
    public IReadOnlyList<TagHelperAttribute> More { get; init; } = [];

    private Type Underlying { get; } = Nullable.GetUnderlyingType(property.Metadata.ModelType) ?? property.Metadata.ModelType;

    /// <summary>"select", "seg", "textarea", "checkbox" or a type of input.</summary>
    public string Kind => type ?? (items is not null ? "select" : ByType());

    private string ByType() => property.Metadata.DataTypeName switch
    {
        nameof(DataType.EmailAddress) => "email",
        nameof(DataType.PhoneNumber) => "tel",
        nameof(DataType.Url) => "url",
        nameof(DataType.Password) => "password",
        nameof(DataType.MultilineText) => "textarea",
        _ when Underlying == typeof(bool) => "checkbox",
        _ when Underlying == typeof(DateOnly) => "date",
        _ when Underlying == typeof(TimeOnly) => "time",
        _ when Underlying == typeof(DateTime) => "datetime-local",
        _ => "text",
    };

    public string Markup() => Kind switch
    {
        "select" => Select(),
        "seg" => Segments(),
        "textarea" => $"<textarea class=\"input\"{Attributes()}>\n{Ui.Encode(Value())}</textarea>",
        "password" => $"<input class=\"input\" type=\"password\"{Attributes()}>",
        "file" => $"<input class=\"input\" type=\"file\"{Attributes()}>",
        var kind => $"<input class=\"input\" type=\"{kind}\"{(IsNumber ? " inputmode=\"decimal\" autocomplete=\"off\"" : "")}{Attributes()} value=\"{Ui.Encode(Value())}\">",
    };

    public string Checkbox(string? help)
    {
        var isOn = attempted is null ? property.Model is true : attempted.StartsWith("true", StringComparison.OrdinalIgnoreCase);
        var about = help is null ? "" : $"<span class=\"help\" id=\"{Ui.Encode(id)}-help\">{Ui.Encode(help)}</span>";
        return $"<span class=\"check\"><input type=\"checkbox\" value=\"true\"{(isOn ? " checked" : "")}{Attributes()}><span><label for=\"{Ui.Encode(id)}\">{Ui.Encode(Label)}</label>{about}</span></span><input type=\"hidden\" name=\"{Ui.Encode(name)}\" value=\"false\">";
    }

    private bool IsNumber => Underlying == typeof(int) || Underlying == typeof(long) || Underlying == typeof(decimal);

    private string Value() => attempted ?? property.Model switch
    {
        null => "",
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm", CultureInfo.InvariantCulture),
        DateTime moment => moment.ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture),
        decimal number => number.ToString("0.######", CultureInfo.CurrentCulture),
        IEnumerable<string> all when several => WordList.Join(all),
        IFormattable other => other.ToString(null, CultureInfo.CurrentCulture),
        var other => other.ToString() ?? "",
    };

    private HashSet<string> Chosen() => attempted is not null ? [.. attempted.Split(',')]
        : property.Model is IEnumerable all and not string ? [.. all.Cast<object?>().Select(Text)]
        : property.Model is null ? [.. items!.Where(i => i.Selected).Select(i => i.Value)] : [Text(property.Model)];

    private static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    private string Select()
    {
        var chosen = Chosen();
        var isMultiple = property.Metadata.IsEnumerableType;
        var html = new StringBuilder($"<select class=\"input\"{(isMultiple ? " multiple" : "")}{Attributes()}>");
        foreach (var group in items!.GroupBy(i => i.Group?.Name))
        {
            if (group.Key is not null) html.Append($"<optgroup label=\"{Ui.Encode(group.Key)}\">");
            foreach (var item in group)
                html.Append($"<option value=\"{Ui.Encode(item.Value)}\"{(chosen.Contains(item.Value ?? "") ? " selected" : "")}{(item.Disabled ? " disabled" : "")}>{Ui.Encode(item.Text)}</option>");
            if (group.Key is not null) html.Append("</optgroup>");
        }
        return html.Append("</select>").ToString();
    }

    private string Segments()
    {
        var chosen = Chosen();
        var isMultiple = property.Metadata.IsEnumerableType;
        var html = new StringBuilder("<div class=\"seg\">");
        var number = 0;
        foreach (var item in items!)
        {
            html.Append($"<label><input type=\"{(isMultiple ? "checkbox" : "radio")}\" id=\"{Ui.Encode(number++ == 0 ? id : $"{id}-{number}")}\" name=\"{Ui.Encode(name)}\" value=\"{Ui.Encode(item.Value)}\"{(chosen.Contains(item.Value ?? "") ? " checked" : "")}{Extra()}>");
            html.Append(Ui.Encode(item.Text)).Append("</label>");
        }
        return html.Append("</div>").ToString();
    }

    private string Attributes()
    {
        var html = new StringBuilder($" id=\"{Ui.Encode(id)}\" name=\"{Ui.Encode(name)}\"");
        if (IsRequired) html.Append(" aria-required=\"true\"");
        if (IsInvalid) html.Append(" aria-invalid=\"true\"");
        if (DescribedBy is not null) html.Append($" aria-describedby=\"{Ui.Encode(DescribedBy)}\"");
        return html.Append(Extra()).ToString();
    }

    private string Extra()
    {
        var html = new StringBuilder();
        foreach (var attribute in More)
        {
            html.Append(' ').Append(attribute.Name);
            if (attribute.ValueStyle != HtmlAttributeValueStyle.Minimized) html.Append("=\"").Append(AttributeText(attribute.Value)).Append('"');
        }
        return html.ToString();
    }

    // Values written in markup arrive as HTML content, encoded already.
    private static string AttributeText(object? value)
    {
        if (value is not Microsoft.AspNetCore.Html.IHtmlContent content) return Ui.Encode(Text(value));
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        content.WriteTo(writer, Ui.Encoder);
        return writer.ToString().Replace("\"", "&quot;", StringComparison.Ordinal);
    }
}
