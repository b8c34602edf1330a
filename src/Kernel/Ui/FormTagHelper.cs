using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Liaison.Kernel.Ui;

/// <summary>
/// Every posting form carries the antiforgery token, and goes to the present address when none is written. The framework's own helpers for forms are left out of the
/// pages: they keep what is in each form back until its end, and take part in every option of a select.
/// </summary>
[HtmlTargetElement("form", Attributes = "[method=post]")]
public sealed class PostingFormTagHelper(IHtmlGenerator generator) : TagHelper
{
    /// <summary>The page being made.</summary>
    [ViewContext, HtmlAttributeNotBound] public ViewContext View { get; set; } = null!;

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (context.AllAttributes.ContainsName("asp-antiforgery")) return;
        var request = View.HttpContext.Request;
        if (!output.Attributes.ContainsName("action")) output.Attributes.SetAttribute("action", request.PathBase + request.Path + request.QueryString);
        // A question that is not there in some cases is written as an empty one, which would be asked.
        if (output.Attributes["data-turbo-confirm"] is { } question && string.IsNullOrEmpty(question.Value?.ToString())) output.Attributes.Remove(question);
        // In the pages of an extension that takes the framework's helpers too there may be one already.
        if (generator.GenerateAntiforgery(View) is { } token) output.PostContent.AppendHtml(token);
    }
}
