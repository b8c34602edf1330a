using Liaison.Kernel.Texts;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Liaison.Kernel.Ui;

/// <summary><c>&lt;drop-menu label="…" icon="ellipsis"&gt;items&lt;/drop-menu&gt;</c>: a button that opens a menu, also without script.</summary>
[HtmlTargetElement("drop-menu")]
public sealed class DropMenuTagHelper : TagHelper
{
    /// <summary>What the button says.</summary>
    public required string Label { get; set; }
    /// <summary>Icon of the button.</summary>
    public string? Icon { get; set; }
    /// <summary>Shows only the icon; the label is still read aloud.</summary>
    public bool IconOnly { get; set; }
    /// <summary>Classes of the button, such as "primary" or "s plain".</summary>
    public string Button { get; set; } = "";
    /// <summary>"end" aligns the panel with the end of the button.</summary>
    public string Align { get; set; } = "";

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "details";
        output.Attributes.SetAttribute("class", $"menu {Align}");
        var icon = Icon ?? (IconOnly ? "ellipsis" : null);
        output.PreContent.SetHtmlContent($"<summary class=\"btn {Button}{(IconOnly ? " icon-only" : "")}\">");
        if (icon is not null) output.PreContent.AppendHtml(Ui.Icon(icon));
        output.PreContent.AppendHtml(IconOnly ? "<span class=\"sr\">" : "<span>").Append(Label).AppendHtml("</span>");
        if (!IconOnly) output.PreContent.AppendHtml(Ui.Icon("chevron-down"));
        output.PreContent.AppendHtml("</summary><div class=\"menu-panel\">");
        output.PostContent.SetHtmlContent("</div>");
    }
}

/// <summary><c>&lt;menu-item href icon&gt;</c> opens a page; <c>&lt;menu-item post icon&gt;</c> posts (add <c>confirm</c> to ask first).</summary>
[HtmlTargetElement("menu-item")]
public sealed class MenuItemTagHelper(IHtmlGenerator generator) : TagHelper
{
    /// <summary>Page to open.</summary>
    public string? Href { get; set; }
    /// <summary>Address to post to.</summary>
    public string? Post { get; set; }
    /// <summary>Question asked before posting, naming the record.</summary>
    public string? Confirm { get; set; }
    /// <summary>Icon.</summary>
    public string? Icon { get; set; }
    /// <summary>Whether it destroys something.</summary>
    public bool Danger { get; set; }
    /// <summary>The page being made.</summary>
    [ViewContext, HtmlAttributeNotBound] public ViewContext View { get; set; } = null!;

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = Post is null ? "a" : "button";
        output.Attributes.SetAttribute("class", Danger ? "menu-item danger" : "menu-item");
        if (Icon is not null) output.PreContent.SetHtmlContent(Ui.Icon(Icon));
        if (Post is null) { output.Attributes.SetAttribute("href", Href); return; }
        output.PreElement.SetHtmlContent("<form method=\"post\" action=\"").Append(Post).AppendHtml("\"");
        if (Confirm is not null) output.PreElement.AppendHtml(" data-turbo-confirm=\"").Append(Confirm).AppendHtml("\"");
        output.PreElement.AppendHtml(">").AppendHtml(generator.GenerateAntiforgery(View));
        output.PostElement.SetHtmlContent("</form>");
    }
}

/// <summary><c>&lt;page-nav next="cursor" previous="cursor" text="1–50" /&gt;</c>: the pager of a keyset list.</summary>
[HtmlTargetElement("page-nav", TagStructure = TagStructure.WithoutEndTag)]
public sealed class PageNavTagHelper(Localizer texts) : TagHelper
{
    /// <summary>Cursor of the next page, or null at the end.</summary>
    public string? Next { get; set; }
    /// <summary>Cursor of the page before, or null at the beginning.</summary>
    public string? Previous { get; set; }
    /// <summary>Cursor of the last page, or null when there is no way there.</summary>
    public string? Last { get; set; }
    /// <summary>What the page shows.</summary>
    public string? Text { get; set; }
    /// <summary>The page being made.</summary>
    [ViewContext, HtmlAttributeNotBound] public ViewContext View { get; set; } = null!;

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        // Markup hands over nothing as an empty text.
        if (Next is "") Next = null;
        if (Previous is "") Previous = null;
        if (Last is "") Last = null;
        if (Text is "") Text = null;
        if (Next is null && Previous is null && Text is null) { output.SuppressOutput(); return; }
        var request = View.HttpContext.Request;
        output.TagName = "nav";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "pager");
        output.Attributes.SetAttribute("aria-label", texts["ui.pages"]);
        output.Content.AppendHtml("<span class=\"grow\">").Append(Text ?? "").AppendHtml("</span>");
        if (Previous is not null) output.Content.AppendHtml("<a class=\"btn s plain\" href=\"").Append(request.With()).AppendHtml("\">").Append(texts["ui.pages.first"]).AppendHtml("</a>");
        Step(output, Previous, "prev", "ui.pages.previous", "chevron-left", request);
        Step(output, Next, "next", "ui.pages.next", "chevron-right", request);
        if (Next is not null && Last is not null) output.Content.AppendHtml("<a class=\"btn s plain\" href=\"").Append(request.With(("cursor", Last))).AppendHtml("\">").Append(texts["ui.pages.last"]).AppendHtml("</a>");
    }

    private void Step(TagHelperOutput output, string? cursor, string rel, string text, string icon, Microsoft.AspNetCore.Http.HttpRequest request)
    {
        if (cursor is null) return;
        output.Content.AppendHtml("<a class=\"btn s\" rel=\"").Append(rel).AppendHtml("\" href=\"").Append(request.With(("cursor", cursor))).AppendHtml("\">");
        if (rel == "prev") output.Content.AppendHtml(Ui.Icon(icon));
        output.Content.Append(texts[text]);
        if (rel == "next") output.Content.AppendHtml(Ui.Icon(icon));
        output.Content.AppendHtml("</a>");
    }
}
