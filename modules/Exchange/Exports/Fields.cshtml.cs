using Liaison.Kernel.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liaison.Exchange.Exports;

/// <summary>Chooses format and fields of an export; the filters of the list it came from go along.</summary>
[Permission("exchange.export")]
public sealed class FieldsModel(WriteExport export, CurrentViewer current) : PageModel
{
    public string Target { get; private set; } = "";
    public string Back => $"/{Target}{Request.QueryString}";
    public IReadOnlyList<string> Formats { get; } = ["csv", "xlsx", "vcf", "vcf3"];
    public IReadOnlyList<ExportField> Fields { get; private set; } = [];
    public IReadOnlyList<(string Name, string Value)> Filter { get; private set; } = [];
    public bool IsNarrowed => Filter.Count > 0;

    public IActionResult OnGet(string target)
    {
        if (export.Source(target) is not { } source) return NotFound();
        if (!current.Viewer.May(source.Permission)) return Forbid();
        (Target, Fields) = (target, source.Fields);
        Filter = [.. Request.Query.Where(q => source.Filters.Contains(q.Key)).SelectMany(q => q.Value.OfType<string>().Select(v => (q.Key, v)))];
        return Page();
    }
}
