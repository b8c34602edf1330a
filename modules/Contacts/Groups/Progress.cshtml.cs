using System.Text.Json;
using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Liaison.Kernel.Jobs;
using Liaison.Kernel.Journal;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Groups;

/// <summary>GET /contacts/groups/progress/{id}: how far one's own long order is, and what came of it.</summary>
[Permission("contacts.edit")]
public sealed class ProgressModel(LiaisonDb db) : PageModel
{
    /// <summary>The job.</summary>
    public Job Job { get; private set; } = null!;
    /// <summary>The order.</summary>
    public GroupOrder Order { get; private set; } = null!;
    /// <summary>How far it is.</summary>
    public GroupProgress Progress { get; private set; } = null!;
    /// <summary>Whether nothing more will happen.</summary>
    public bool IsOver => Job.State is JobState.Done or JobState.Failed or JobState.Cancelled;
    /// <summary>Whether another order is at work and this one follows.</summary>
    public bool Waits { get; private set; }
    /// <summary>The list it came from.</summary>
    public string Back => Order.Filter.Length > 0 ? "/contacts?" + Order.Filter : "/contacts";
    /// <summary>Where it can be undone, or null.</summary>
    public string? Undo => IsOver ? GroupModel.UndoUrl(Order, Progress.Result) : null;

    /// <summary>The page.</summary>
    public async Task<IActionResult> OnGetAsync(long id, CancellationToken cancel)
    {
        var viewer = db.ViewerId;
        if (await db.Set<Job>().AsNoTracking().FirstOrDefaultAsync(j => j.Id == id && j.Kind == GroupJob.Name && j.UserId == viewer, cancel) is not { } job) return NotFound();
        Job = job;
        Order = JsonSerializer.Deserialize<GroupOrder>(job.Payload, Journaling.Json)!;
        Progress = job.Progress is null ? new(0, 0, GroupResult.None) : JsonSerializer.Deserialize<GroupProgress>(job.Progress, Journaling.Json)!;
        Waits = !IsOver && await db.BehindOthers().AnyAsync(j => j.Id == id, cancel);
        return Page();
    }

    /// <summary>Stops it; what is done stays done.</summary>
    public async Task<IActionResult> OnPostAsync(long id, CancellationToken cancel)
    {
        var (viewer, now) = (db.ViewerId, Kernel.Time.Moments.Now(db.Clock));
        await db.InTransactionAsync(() => db.Set<Job>().Where(j => j.Id == id && j.Kind == GroupJob.Name && j.UserId == viewer && (j.State == JobState.Waiting || j.State == JobState.Running))
            .ExecuteUpdateAsync(s => s.SetProperty(j => j.State, JobState.Cancelled).SetProperty(j => j.FinishedAt, now), cancel), cancel);
        return new Kernel.Ui.SeeOther(FormattableString.Invariant($"/contacts/groups/progress/{id}"));
    }
}
