using System.Text.Json;
using Liaison.Kernel.Data;
using Liaison.Kernel.Jobs;
using Liaison.Kernel.Journal;
using Liaison.Kernel.Ui;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Lifecycle;

/// <summary>The last replay in the background, how far it is, and what it leads to ask.</summary>
/// <param name="Job">The job.</param>
/// <param name="Progress">How far it is.</param>
/// <param name="Questions">Contacts that it made clients, each with the question about those they belong to.</param>
/// <param name="Page">The page that shows it.</param>
public sealed record ReplayView(Job Job, ReplayProgress? Progress, IReadOnlyList<(Contact Contact, Toast Question)> Questions, string Page)
{
    /// <summary>Whether it still runs.</summary>
    public bool IsRunning => Job.State is JobState.Waiting or JobState.Running;

    /// <summary>The last one of a kind, or null.</summary>
    public static async Task<ReplayView?> LoadAsync(LiaisonDb db, RelatedContacts related, string kind, string page, CancellationToken cancel)
    {
        if (await db.Set<Job>().AsNoTracking().Where(j => j.Kind == kind).OrderByDescending(j => j.Id).FirstOrDefaultAsync(cancel) is not { } job) return null;
        var progress = job.Progress is { } json ? JsonSerializer.Deserialize<ReplayProgress>(json, Journaling.Json) : null;
        var questions = job.State == JobState.Done && progress is not null ? await related.QuestionsAsync(progress.Clients, cancel) : [];
        return new(job, progress, questions, page);
    }
}
