using Liaison.Kernel.Texts;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Liaison.Kernel.Ui;

/// <summary><c>&lt;th sort="name"&gt;Name&lt;/th&gt;</c>: a column header that sorts by the parameter <c>sort</c> ("name", "-name" descending).</summary>
[HtmlTargetElement("th", Attributes = "sort")]
public sealed class SortHeaderTagHelper : TagHelper
{
    /// <summary>Name of the order.</summary>
    public required string Sort { get; set; }
    /// <summary>Whether the first click sorts descending (dates, amounts).</summary>
    [HtmlAttributeName("sort-descending")] public bool Descending { get; set; }
    /// <summary>The order in force when the URL names none.</summary>
    [HtmlAttributeName("sort-default")] public string? Default { get; set; }
    /// <summary>The page being made.</summary>
    [ViewContext, HtmlAttributeNotBound] public ViewContext View { get; set; } = null!;

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var request = View.HttpContext.Request;
        var order = request.Query["sort"].ToString();
        if (order.Length == 0) order = Default ?? "";
        var down = order == "-" + Sort;
        var isOn = down || order == Sort;
        var next = isOn ? (down ? Sort : "-" + Sort) : Descending ? "-" + Sort : Sort;
        output.Attributes.RemoveAll("sort");
        output.Attributes.SetAttribute("scope", "col");
        if (isOn) output.Attributes.SetAttribute("aria-sort", down ? "descending" : "ascending");
        output.PreContent.SetHtmlContent("<a href=\"").Append(request.With(("sort", next))).AppendHtml("\">");
        if (isOn) output.PostContent.SetHtmlContent(Ui.Icon(down ? "arrow-down" : "arrow-up"));
        output.PostContent.AppendHtml("</a>");
    }
}

/// <summary><c>&lt;filter-chip label="Status" value="Prospect" name="status" /&gt;</c>: a filter in force, in words, with its removal.</summary>
[HtmlTargetElement("filter-chip", TagStructure = TagStructure.WithoutEndTag)]
public sealed class FilterChipTagHelper(Localizer texts) : TagHelper
{
    /// <summary>What is filtered.</summary>
    public required string Label { get; set; }
    /// <summary>By what, in words.</summary>
    public required string Value { get; set; }
    /// <summary>Its parameter in the URL.</summary>
    public required string Name { get; set; }
    /// <summary>The value in the URL to take away, when the parameter may be there several times.</summary>
    public string? Parameter { get; set; }
    /// <summary>The page being made.</summary>
    [ViewContext, HtmlAttributeNotBound] public ViewContext View { get; set; } = null!;

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "span";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "chip");
        output.Content.Append(texts["ui.filter.is", Label]).AppendHtml(" <em>").Append(Value)
            .AppendHtml("</em><a class=\"remove\" href=\"").Append(View.HttpContext.Request.Without(Name, string.IsNullOrEmpty(Parameter) ? null : Parameter))
            .AppendHtml("\" aria-label=\"").Append(texts["ui.filter.remove", Label]).AppendHtml("\">").AppendHtml(Ui.Icon("x")).AppendHtml("</a>");
    }
}
