namespace Liaison.Contacts.Form;

/// <summary>The lines of e-mails, phones, websites or social profiles in a form.</summary>
/// <param name="Page">The form's page.</param>
/// <param name="List">Name of the list in the input.</param>
/// <param name="Kind">What the lines hold.</param>
/// <param name="Items">What is there.</param>
/// <param name="Type">Type of the text field.</param>
public sealed record PointLines(ContactFormPage Page, string List, PointKind Kind, IReadOnlyList<PointInput> Items, string Type)
{
    /// <summary>The lines shown: what is there, one to fill in when there is none, one more when asked for.</summary>
    public IReadOnlyList<PointInput> Shown { get; } = Items.Count == 0 || Page.Grown == List ? [.. Items, new PointInput { Primary = Items.Count == 0 }] : Items;
    /// <summary>The list as the API calls it.</summary>
    public string Field => List.ToLowerInvariant();
}

/// <summary>One line; its number is "__i__" in the template of new lines.</summary>
public sealed record PointLine(PointLines Lines, PointInput Point, string Number)
{
    public string Name => $"Input.{Lines.List}[{Number}].Value";
    public string Id => $"Input_{Lines.List}_{Number}__Value";
}
