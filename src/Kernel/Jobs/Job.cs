using Liaison.Kernel.Data;
using Liaison.Kernel.Time;

namespace Liaison.Kernel.Jobs;

/// <summary>Where a job stands.</summary>
public enum JobState
{
    /// <summary>Waits until it is due (also between tries).</summary>
    Waiting = 0,
    /// <summary>A worker holds it.</summary>
    Running = 1,
    /// <summary>Finished.</summary>
    Done = 2,
    /// <summary>Set aside after its last try; its error is kept.</summary>
    Failed = 3,
    /// <summary>Stopped by a person.</summary>
    Cancelled = 4,
}

/// <summary>Work to be done in the background: a row written together with the change that asks for it.</summary>
public sealed class Job
{
    /// <summary>How often a job is tried before it is set aside.</summary>
    public const int Tries = 5;

    /// <summary>Identity.</summary>
    public long Id { get; set; }
    /// <summary>Names the handler.</summary>
    public required string Kind { get; init; }
    /// <summary>Unique per run where a run must not be doubled; else null.</summary>
    public string? Key { get; init; }
    /// <summary>What to work on, as JSON.</summary>
    public required string Payload { get; init; }
    /// <summary>The user it acts for; 0 for the program.</summary>
    public long UserId { get; init; }
    /// <summary>UTC.</summary>
    public DateTime CreatedAt { get; init; }
    /// <summary>Not before, UTC.</summary>
    public DateTime DueAt { get; set; }
    /// <summary>State.</summary>
    public JobState State { get; set; }
    /// <summary>Tries begun since it last got on.</summary>
    public int Attempts { get; set; }
    /// <summary>Until when the worker owns it, UTC.</summary>
    public DateTime? LeasedUntil { get; set; }
    /// <summary>Goes up with each lease: a worker that lost its lease is recognised by an old number.</summary>
    public long Fence { get; set; }
    /// <summary>How far it is, as JSON of the handler's choosing.</summary>
    public string? Progress { get; set; }
    /// <summary>Why the last try failed.</summary>
    public string? Error { get; set; }
    /// <summary>UTC.</summary>
    public DateTime? FinishedAt { get; set; }
}

/// <summary>Asking for background work.</summary>
public static class JobQueue
{
    /// <summary>Adds a job to the context; it exists once the context is saved. The running workers notice within a second.</summary>
    public static Job Enqueue(this LiaisonDb db, string kind, object payload, DateTime? dueAt = null, string? key = null)
    {
        var now = db.Clock.Now();
        var job = new Job
        {
            Kind = kind, Key = key, Payload = System.Text.Json.JsonSerializer.Serialize(payload, Journal.Journaling.Json),
            UserId = db.ViewerId, CreatedAt = now, DueAt = dueAt ?? now,
        };
        db.Add(job);
        return job;
    }

    /// <summary>Jobs that wait although they are due, because another of their kind is at work.</summary>
    public static IQueryable<Job> BehindOthers(this LiaisonDb db)
    {
        var now = db.Clock.Now();
        return db.Behind(others: true, now).Where(j => j.State == JobState.Waiting && j.DueAt <= now);
    }

    /// <summary>Jobs of whose kind another is at work, or those of whose kind none is: of a kind one runs after the other.</summary>
    internal static IQueryable<Job> Behind(this LiaisonDb db, bool others, DateTime now)
    {
        var jobs = db.Set<Job>();
        return jobs.Where(j => jobs.Any(o => o.Kind == j.Kind && o.Id != j.Id && o.State == JobState.Running && o.LeasedUntil >= now) == others);
    }
}

/// <summary>Does one kind of background work. Run twice it must act once: guard each transaction with <see cref="JobRun.HoldAsync(object, CancellationToken)"/>.</summary>
public interface IJobHandler
{
    /// <summary>The kind of job it takes.</summary>
    string Kind { get; }
    /// <summary>Does the work, as the user who asked for it. Throwing sets the job back for another try.</summary>
    Task RunAsync(JobRun run, CancellationToken cancel);
    /// <summary>The job is about to be set aside for good: notes it where people look. May be called twice.</summary>
    Task GiveUpAsync(JobRun run, string why, CancellationToken cancel) => Task.CompletedTask;
}

/// <summary>The work failed for good: trying again would not help. The message is shown to people.</summary>
public sealed class JobFailedException(string message) : Exception(message);

/// <summary>The lease was lost to another worker, or the job was cancelled: stop at once, nothing more may be written.</summary>
public sealed class LeaseLostException() : Exception("The job is no longer ours.");
