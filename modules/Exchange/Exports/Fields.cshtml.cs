using Liaison.Kernel.Access;
using Liaison.Kernel.Texts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liaison.Exchange.Exports;

/// <summary>Chooses format and fields of an export; the filters of the list it came from go along. What was chosen comes back here once: a table without a column would hold nothing.</summary>
[Permission("exchange.export")]
public sealed class FieldsModel(WriteExport export, CurrentViewer current, Localizer texts) : PageModel
{
    /// <summary>The parameter that says that the form was sent.</summary>
    public const string Chosen = "chosen";

    public string Target { get; private set; } = "";
    public string Back => $"/{Target}{QueryString.Create(Filter.Select(f => KeyValuePair.Create(f.Name, (string?)f.Value)))}";
    public IReadOnlyList<string> Formats { get; } = ["csv", "xlsx", "vcf", "vcf3"];
    public IReadOnlyList<ExportField> Fields { get; private set; } = [];
    public IReadOnlyList<(string Name, string Value)> Filter { get; private set; } = [];
    public bool IsNarrowed => Filter.Count > 0;
    public ExportFormat Format { get; private set; }
    public bool IsRefused => !ModelState.IsValid;

    public IActionResult OnGet(string target)
    {
        if (export.Source(target) is not { } source) return NotFound();
        if (!current.Viewer.May(source.Permission)) return Forbid();
        (Target, Fields) = (target, source.Fields);
        Filter = [.. Request.Query.Where(q => source.Filters.Contains(q.Key)).SelectMany(q => q.Value.OfType<string>().Select(v => (q.Key, v)))];
        Format = WriteExport.FormatOf(Request.Query["format"].FirstOrDefault());
        if (!Request.Query.ContainsKey(Chosen)) return Page();
        var isTable = Format is ExportFormat.Csv or ExportFormat.Xlsx;
        if (!isTable || Request.Query.ContainsKey("fields"))
            return Redirect($"/exports/{target}{QueryString.Create(Request.Query.Where(q => q.Key != Chosen).SelectMany(q => q.Value.Select(v => KeyValuePair.Create(q.Key, v))))}");
        ModelState.AddModelError(Fields[0].Key, texts["export.error.noField"]);
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }
}
