using System.Text.Json;
using System.Text.RegularExpressions;
using Liaison.Kernel.Texts;

namespace Liaison.Exchange.Reading;

/// <summary>What other programs put around the values of a cell.</summary>
internal static partial class CellText
{
    /// <summary>The cell without it; lists have a line for each value.</summary>
    public static string Plain(ImportField field, string text)
    {
        // "Accounts::::Acme" is the account Acme.
        int module = text.IndexOf("::::", StringComparison.Ordinal);
        if (module > 0 && text.AsSpan(0, module).IndexOfAnyExceptInRange('A', 'z') < 0) text = text[(module + 4)..].Trim();
        if (field.Kind is not (FieldKind.Description or FieldKind.Website) && text.EndsWith(')') && text.Contains("(https://www.notion.so/", StringComparison.Ordinal)) text = PageLink().Replace(text, "").Trim();
        return field.Kind is FieldKind.Email or FieldKind.Phone or FieldKind.Website or FieldKind.Social or FieldKind.Tags && text.Length > 1 && Items(text) is { } items
            ? field.Kind == FieldKind.Tags ? WordList.Join(items) : string.Join('\n', items) : text;
    }

    // ["a@x.org", "b@x.org"] of JSON, ['a', 'b'] of Python, {a,b} of PostgreSQL.
    private static string[]? Items(string text) => (text[0], text[^1]) switch
    {
        ('[', ']') => Json(text) ?? Json(text.Replace('\'', '"')),
        ('{', '}') when !text.Contains(':') => [.. text[1..^1].Split(',').Select(t => t.Trim(' ', '"')).Where(t => t.Length > 0)],
        _ => null,
    };

    private static string[]? Json(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<string[]>(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"\s*\(https://www\.notion\.so/[^)\s]*\)", RegexOptions.CultureInvariant)]
    private static partial Regex PageLink();
}
