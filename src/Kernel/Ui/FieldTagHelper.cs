using System.ComponentModel.DataAnnotations;
using System.Text;
using Liaison.Kernel.Texts;
using Microsoft.AspNetCore.Mvc.ModelBinding.Metadata;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Liaison.Kernel.Ui;

/// <summary>
/// <c>&lt;field for="Input.LastName" label="…" /&gt;</c>: label above, control by the property's type, help below, errors beside, typed
/// values kept. Attributes it does not know go to the control. Content, when given, is the control itself.
/// </summary>
[HtmlTargetElement("field", Attributes = "for")]
public sealed class FieldTagHelper(Localizer texts) : TagHelper
{
    /// <summary>The property.</summary>
    public required ModelExpression For { get; set; }
    /// <summary>The label; by default the text whose key the property's [Display(Name)] gives.</summary>
    public string? Label { get; set; }
    /// <summary>Help below.</summary>
    public string? Help { get; set; }
    /// <summary>Whether it is marked required; by default when the property says so.</summary>
    public bool? Required { get; set; }
    /// <summary>Type of the input, or "textarea", "select", "seg" (a choice of few); by default from the property's type.</summary>
    public string? Type { get; set; }
    /// <summary>Choices of a select or of segments.</summary>
    public IEnumerable<SelectListItem>? Items { get; set; }
    /// <summary>A combobox with search around the select or input.</summary>
    public bool Combo { get; set; }
    /// <summary>Where the combobox asks for suggestions (<c>?q=</c>).</summary>
    public string? SuggestUrl { get; set; }
    /// <summary>Several comma-separated values in one input (tags).</summary>
    public bool Several { get; set; }
    /// <summary>What the combobox offers for a new value: "Create “{0}”"; without it only known values are taken.</summary>
    public string? Create { get; set; }
    /// <summary>Name of the hidden field that holds the id of what was chosen in the combobox.</summary>
    public string? KeyField { get; set; }
    /// <summary>Takes the whole width of a form grid.</summary>
    public bool Wide { get; set; }
    /// <summary>A password that can be shown while it is typed, where it is asked for only once.</summary>
    public bool Reveal { get; set; }
    /// <summary>The label is only read aloud.</summary>
    public bool HideLabel { get; set; }
    /// <summary>The page being made.</summary>
    [ViewContext, HtmlAttributeNotBound] public ViewContext View { get; set; } = null!;

    /// <inheritdoc/>
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var own = await output.GetChildContentAsync();
        var name = View.ViewData.TemplateInfo.GetFullHtmlFieldName(For.Name);
        var id = context.AllAttributes["id"]?.Value.ToString() ?? TagBuilder.CreateSanitizedId(name, "_");
        var errors = View.ModelState.TryGetValue(name, out var entry) ? entry.Errors : null;
        var control = new FieldControl(For, name, id, entry?.AttemptedValue, Type, Items, Several)
        {
            IsRequired = Required ?? IsMarkedRequired,
            DescribedBy = errors is { Count: > 0 } ? (Help is null ? $"{id}-error" : $"{id}-error {id}-help") : Help is null ? null : $"{id}-help",
            IsInvalid = errors is { Count: > 0 },
            Label = Label ?? texts[For.Metadata.DisplayName ?? For.Metadata.Name ?? name],
            More = [.. output.Attributes.Where(a => a.Name is not ("id" or "class"))],
        };
        var group = control.Kind is "seg";
        var css = new StringBuilder("field");
        if (Wide) css.Append(" all");
        if (context.AllAttributes["class"]?.Value.ToString() is { Length: > 0 } more) css.Append(' ').Append(more);
        output.Attributes.Clear();
        output.TagName = group ? "fieldset" : "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", css.ToString());
        if (group && control.DescribedBy is not null) output.Attributes.SetAttribute("aria-describedby", control.DescribedBy);

        var html = output.Content;
        if (control.Kind == "checkbox") html.AppendHtml(control.Checkbox(Help));
        else
        {
            html.AppendHtml(group ? "<legend" : $"<label for=\"{Ui.Encode(id)}\"").AppendHtml(HideLabel ? " class=\"sr\">" : ">").Append(control.Label);
            if (control.IsRequired) html.AppendHtml(" <span class=\"req\" aria-hidden=\"true\">*</span>");
            html.AppendHtml(group ? "</legend>" : "</label>");
            if (Combo) html.AppendHtml(ComboStart(control));
            if (own.IsEmptyOrWhiteSpace) html.AppendHtml(control.Markup()); else html.AppendHtml(own);
            if (Combo) html.AppendHtml("</combo-box>");
        }
        if (Help is not null && control.Kind != "checkbox") html.AppendHtml($"<p class=\"help\" id=\"{Ui.Encode(id)}-help\">").Append(Help).AppendHtml("</p>");
        if (errors is { Count: > 0 })
        {
            html.AppendHtml($"<p class=\"error\" id=\"{Ui.Encode(id)}-error\">").AppendHtml(Ui.Icon("circle-alert"))
                .AppendHtml("<span>").Append(string.Join(" ", errors.Select(e => e.ErrorMessage).Distinct(StringComparer.Ordinal))).AppendHtml("</span></p>");
        }
        // Browsers would restore the tick on the way back, but not the type of the field.
        if (Reveal) html.AppendHtml($"<label class=\"check needs-script\"><input type=\"checkbox\" autocomplete=\"off\" data-reveal=\"{Ui.Encode(id)}\"><span>").Append(texts["ui.password.show"]).AppendHtml("</span></label>");
    }

    // Only what says [Required]; the framework adds it by itself to whatever cannot be null.
    private bool IsMarkedRequired => (For.Metadata as DefaultModelMetadata)?.Attributes.Attributes.OfType<RequiredAttribute>().Any() == true;

    private string ComboStart(FieldControl control)
    {
        var html = new StringBuilder("<combo-box");
        if (SuggestUrl is not null) html.Append($" data-url=\"{Ui.Encode(SuggestUrl)}\"");
        if (Several) html.Append(" data-multiple");
        if (KeyField is not null) html.Append($" data-id=\"{Ui.Encode(KeyField)}\"");
        if (Create is not null) html.Append($" data-create=\"{Ui.Encode(Create)}\"");
        return html.Append($" data-remove-text=\"{Ui.Encode(texts["ui.combo.remove"])}\" data-label=\"{Ui.Encode(control.Label)}\">").ToString();
    }
}
