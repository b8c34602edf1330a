using System.Globalization;
using System.Text.Json;
using Liaison.Kernel.Api;
using Liaison.Kernel.Data;
using Liaison.Kernel.Jobs;
using Liaison.Kernel.Journal;
using Liaison.Kernel.Time;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Groups;

/// <summary>The same order sent again by the same form: a button that is pressed twice has its effect once, and its answer offers what the first one did.</summary>
public sealed class GroupRepeats(LiaisonDb db, UndoGroup undo)
{
    /// <summary>A number for the rows of an order that is about to be carried out. The form keeps the first one until another had an effect.</summary>
    public async Task<GroupOrder> BeginAsync(string? key, GroupOrder order, CancellationToken cancel)
    {
        var numbered = order with { Batch = await db.NewBatchAsync(cancel) };
        if (NameOf(key, order) is { } name) await db.InTransactionAsync(async () =>
        {
            await db.LockAsync(name, db.ViewerId, cancel);
            if (!await Rows(name).AnyAsync(cancel)) await db.InsertAsync(new Once { Key = name, UserId = db.ViewerId, BodyHash = "", Status = 303, At = db.Clock.Now(), Result = Written(numbered.Batch) }, cancel);
        }, cancel);
        return numbered;
    }

    /// <summary>An order that came again had an effect after all: from now on it is this one.</summary>
    public async Task KeepAsync(string? key, GroupOrder order, CancellationToken cancel)
    {
        if (NameOf(key, order) is not { } name) return;
        var batch = Written(order.Batch);
        await db.InTransactionAsync(() => Rows(name).Where(o => o.Result != batch).ExecuteUpdateAsync(s => s.SetProperty(o => o.Result, batch), cancel), cancel);
    }

    /// <summary>What the same order did that the form gave before, as far as nobody took it back; null when it did nothing.</summary>
    public async Task<(GroupOrder Order, GroupResult Result)?> FindAsync(string? key, GroupOrder order, CancellationToken cancel)
    {
        if (NameOf(key, order) is not { } name || await Rows(name).Select(o => o.Result).FirstOrDefaultAsync(cancel) is not { } batch) return null;
        var before = order with { Batch = long.Parse(batch, CultureInfo.InvariantCulture) };
        return before.Batch != order.Batch && await undo.StandingAsync(before.Batch, cancel) is var standing and > 0 ? (before, new(standing, 0, standing)) : null;
    }

    /// <summary>The job that carries out the same order of the form, while it does.</summary>
    public async Task<long?> AtWorkAsync(string? key, GroupOrder order, CancellationToken cancel)
    {
        if (NameOf(key, order) is not { } name || await Rows(name).Select(o => o.Result).FirstOrDefaultAsync(cancel) is not { } batch) return null;
        var (jobKey, viewer) = (JobKey(order with { Batch = long.Parse(batch, CultureInfo.InvariantCulture) }), db.ViewerId);
        return await db.Set<Job>().Where(j => j.Key == jobKey && j.UserId == viewer && (j.State == JobState.Waiting || j.State == JobState.Running)).Select(j => (long?)j.Id).FirstOrDefaultAsync(cancel);
    }

    /// <summary>By what the job of an order is found; an undo has the number of another.</summary>
    public static string? JobKey(GroupOrder order) => order.Operation == GroupOperation.Undo ? null : string.Create(CultureInfo.InvariantCulture, $"{GroupJob.Name}:{order.Batch}");

    private IQueryable<Once> Rows(string name)
    {
        var viewer = db.ViewerId;
        return db.Set<Once>().Where(o => o.Key == name && o.UserId == viewer);
    }

    private static string? NameOf(string? key, GroupOrder order) => FormOnce.NameOf(key, JsonSerializer.Serialize(order with { Batch = 0 }, Journaling.Json));

    private static string Written(long batch) => batch.ToString(CultureInfo.InvariantCulture);
}
