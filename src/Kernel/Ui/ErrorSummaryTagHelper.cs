using Liaison.Kernel.Texts;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Liaison.Kernel.Ui;

/// <summary><c>&lt;error-summary /&gt;</c>: all errors of the form, each linking to its field; takes the focus when there are some.</summary>
[HtmlTargetElement("error-summary", TagStructure = TagStructure.WithoutEndTag)]
public sealed class ErrorSummaryTagHelper(Localizer texts) : TagHelper
{
    /// <summary>The page being made.</summary>
    [ViewContext, HtmlAttributeNotBound] public ViewContext View { get; set; } = null!;

    /// <summary>Where a field's control has another id than its name says: id-Answer.Text="respond-7-text".</summary>
    [HtmlAttributeName(DictionaryAttributePrefix = "id-")]
    public Dictionary<string, string> Ids { get; set; } = new(StringComparer.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var errors = View.ModelState.Where(e => e.Value is { Errors.Count: > 0 })
            .SelectMany(e => e.Value!.Errors.Select(error => (Name: e.Key, error.ErrorMessage))).Distinct().ToList();
        if (errors.Count == 0) { output.SuppressOutput(); return; }
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "errors");
        output.Attributes.SetAttribute("role", "alert");
        output.Attributes.SetAttribute("tabindex", "-1");
        output.Attributes.Add(new TagHelperAttribute("autofocus"));
        output.Content.AppendHtml("<h2>").AppendHtml(Ui.Icon("circle-alert")).Append(texts["ui.errors", errors.Count]).AppendHtml("</h2><ul>");
        foreach (var (name, message) in errors)
        {
            if (name.Length == 0) output.Content.AppendHtml("<li>").Append(message).AppendHtml("</li>");
            else output.Content.AppendHtml($"<li><a href=\"#{Ui.Encode(Ids.GetValueOrDefault(name) ?? TagBuilder.CreateSanitizedId(name, "_"))}\">").Append(message).AppendHtml("</a></li>");
        }
        output.Content.AppendHtml("</ul>");
    }
}
