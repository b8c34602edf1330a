using Liaison.Kernel.Access;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Liaison.Kernel.Ui;

/// <summary><c>&lt;icon name="phone" /&gt;</c>; with <c>label</c> it stands alone.</summary>
[HtmlTargetElement("icon", TagStructure = TagStructure.WithoutEndTag)]
public sealed class IconTagHelper : TagHelper
{
    /// <summary>Name of a Lucide icon listed in icons.txt.</summary>
    public required string Name { get; set; }
    /// <summary>What it means, when no text beside it does.</summary>
    public string? Label { get; set; }
    /// <summary>More classes.</summary>
    public string? Class { get; set; }

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        output.Content.SetHtmlContent(Label is null ? Ui.Icon(Name, Class) : Ui.LabelledIcon(Name, Label, Class));
    }
}

/// <summary><c>&lt;when value="utc" /&gt;</c>: a moment as people say it, in the viewer's zone.</summary>
[HtmlTargetElement("when", TagStructure = TagStructure.WithoutEndTag)]
public sealed class WhenTagHelper(Display display) : TagHelper
{
    /// <summary>The moment in UTC.</summary>
    public DateTime? Value { get; set; }
    /// <summary>Or a day.</summary>
    public DateOnly? Day { get; set; }

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        output.Content.SetHtmlContent(Day is null ? display.When(Value) : display.When(Day));
    }
}

/// <summary><c>&lt;status-badge kind="lead" text="…" /&gt;</c>; with <c>href</c> a link to what explains it.</summary>
[HtmlTargetElement("status-badge", TagStructure = TagStructure.WithoutEndTag)]
public sealed class StatusBadgeTagHelper : TagHelper
{
    /// <summary>lead, prospect, client, dead, info, good, warn, bad, accent.</summary>
    public string Kind { get; set; } = "";
    /// <summary>The word.</summary>
    public required string Text { get; set; }
    /// <summary>What explains it.</summary>
    public string? Href { get; set; }

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = Href is null ? "span" : "a";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "badge " + Kind);
        if (Href is not null) output.Attributes.SetAttribute("href", Href);
        output.Content.SetContent(Text);
    }
}

/// <summary><c>&lt;avatar name="…" size="l" /&gt;</c>: initials, decorative because the name stands beside.</summary>
[HtmlTargetElement("avatar", TagStructure = TagStructure.WithoutEndTag)]
public sealed class AvatarTagHelper : TagHelper
{
    /// <summary>The name.</summary>
    public string? Name { get; set; }
    /// <summary>Nothing, "m" or "l".</summary>
    public string Size { get; set; } = "";
    /// <summary>Companies are square.</summary>
    public bool Company { get; set; }

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        output.Content.SetHtmlContent(Ui.Avatar(Name, Size, Company));
    }
}

/// <summary><c>permission="contacts.edit"</c> on any element: it is there only for those who hold the permission.</summary>
[HtmlTargetElement("*", Attributes = "permission")]
public sealed class PermissionTagHelper(CurrentViewer current) : TagHelper
{
    /// <summary>The permission's key.</summary>
    public required string Permission { get; set; }
    /// <inheritdoc/>
    public override int Order => -1000;

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.Attributes.RemoveAll("permission");
        if (!current.Viewer.May(Permission)) output.SuppressOutput();
    }
}

/// <summary><c>&lt;empty-state icon="users" title="…" text="…"&gt;buttons&lt;/empty-state&gt;</c>: why nothing is there, and the next step.</summary>
[HtmlTargetElement("empty-state")]
public sealed class EmptyStateTagHelper : TagHelper
{
    /// <summary>Name of a Lucide icon.</summary>
    public string Icon { get; set; } = "inbox";
    /// <summary>What is missing.</summary>
    public required string Title { get; set; }
    /// <summary>Why, and what to do.</summary>
    public string? Text { get; set; }

    /// <inheritdoc/>
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var buttons = await output.GetChildContentAsync();
        output.TagName = "div";
        output.Attributes.SetAttribute("class", "empty");
        output.Content.SetHtmlContent(Ui.Icon(Icon)).AppendHtml("<h2>").Append(Title).AppendHtml("</h2>");
        if (Text is not null) output.Content.AppendHtml("<p>").Append(Text).AppendHtml("</p>");
        if (!buttons.IsEmptyOrWhiteSpace) output.Content.AppendHtml("<div class=\"btns\">").AppendHtml(buttons).AppendHtml("</div>");
    }
}

/// <summary><c>&lt;note kind="warn"&gt;</c>: a notice inside a page; kinds: info, good, warn, bad.</summary>
[HtmlTargetElement("note")]
public sealed class NoteTagHelper : TagHelper
{
    /// <summary>info, good, warn or bad.</summary>
    public string Kind { get; set; } = "info";

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "div";
        output.Attributes.SetAttribute("class", Kind == "info" ? "note" : "note " + Kind);
        if (Kind == "bad") output.Attributes.SetAttribute("role", "alert");
        output.PreContent.SetHtmlContent(Ui.Icon(Kind switch { "good" => "circle-check", "warn" => "triangle-alert", "bad" => "circle-alert", _ => "info" })).AppendHtml("<div>");
        output.PostContent.SetHtmlContent("</div>");
    }
}
