using System.ComponentModel.DataAnnotations;
using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Liaison.Kernel.Time;
using Liaison.Kernel.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Sample.Notes;

/// <summary>GET, POST /sample</summary>
[Permission("sample.view")]
public sealed class IndexPage(LiaisonDb db, TimeProvider clock) : PageModel
{
    [BindProperty, Required, MaxLength(200)]
    public string Text { get; set; } = "";

    public IReadOnlyList<Note> Notes { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel) =>
        Notes = await db.Set<Note>().AsNoTracking().OrderByDescending(n => n.Id).Take(50).ToListAsync(cancel);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!ModelState.IsValid)
        {
            await OnGetAsync(cancel);
            Response.StatusCode = 422;
            return Page();
        }
        db.Add(new Note { Text = Text, At = clock.Now() });
        await db.SaveChangesAsync(cancel);
        return new SeeOther("/sample");
    }
}
