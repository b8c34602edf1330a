using Liaison.Exchange.Imports;
using Liaison.Kernel.Access;
using Liaison.Kernel.Texts;
using Liaison.Kernel.Ui;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liaison.Exchange.Wizard;

/// <summary>GET, POST /imports/new?target=contacts: choosing the file.</summary>
[Permission("contacts.import"), FormLimits(Bytes = ImportsApi.MostBytes)]
public sealed class NewPage(StartImport start, Localizer texts) : PageModel
{
    [FromQuery]
    public string Target { get; set; } = "contacts";

    public IActionResult OnGet() => start.Target(Target) is null ? NotFound() : Page();

    public async Task<IActionResult> OnPostAsync(IFormFile? file, CancellationToken cancel)
    {
        if (start.Target(Target) is null) return NotFound();
        if (file is null) return Refuse(texts["imports.error.noFile"]);
        try
        {
            await using var content = file.OpenReadStream();
            var import = await start.UploadAsync(Target, file.FileName, content, cancel);
            return new SeeOther($"/imports/{import.Id}");
        }
        catch (UnreadableFileException e) { return Refuse(texts["import.file." + e.Problem.Kind]); }
    }

    private PageResult Refuse(string message)
    {
        ModelState.AddModelError("file", message);
        Response.StatusCode = 422;
        return Page();
    }
}
