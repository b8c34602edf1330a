using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Liaison.Kernel.Ui;

/// <summary>Every posting form carries the antiforgery token, also one with a written action, which the framework leaves out.</summary>
[HtmlTargetElement("form", Attributes = "[method=post]")]
public sealed class PostingFormTagHelper(IHtmlGenerator generator) : TagHelper
{
    /// <summary>The page being made.</summary>
    [ViewContext, HtmlAttributeNotBound] public ViewContext View { get; set; } = null!;

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (context.AllAttributes["action"]?.Value.ToString() is not { Length: > 0 } || context.AllAttributes.ContainsName("asp-antiforgery")) return;
        output.PostContent.AppendHtml(generator.GenerateAntiforgery(View));
    }
}
