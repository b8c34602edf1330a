using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Liaison.Tests.Parts;

/// <summary>Who writes next where there is one writer at a time.</summary>
public sealed class WriteGateTests(LiaisonServer server) : HttpTests(server)
{
    [Fact]
    public async Task People_write_before_work_in_the_background_which_is_not_kept_waiting_for_ever()
    {
        var order = new List<string>();
        var (held, writes) = (new TaskCompletionSource(), new List<Task>());
        writes.Add(WriteAsync("holder", held.Task));
        // Whoever calls stands in the queue when the call returns.
        foreach (var who in Enumerable.Repeat("work", 2).Concat(Enumerable.Repeat("person", 40))) writes.Add(WriteAsync(who, Task.CompletedTask));
        // Somebody who went away is passed over.
        using (var gone = new CancellationTokenSource())
        {
            var left = WriteAsync("gone", Task.CompletedTask, gone.Token);
            await gone.CancelAsync();
            if (Server.Services.GetRequiredService<DatabaseSettings>().Engine == Engine.Sqlite) await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        }
        held.SetResult();
        await Task.WhenAll(writes);

        if (Server.Services.GetRequiredService<DatabaseSettings>().Engine != Engine.Sqlite) return;
        Assert.Equal(["holder", .. Enumerable.Repeat("person", 32), "work", .. Enumerable.Repeat("person", 8), "work"], order);

        async Task WriteAsync(string who, Task until, CancellationToken cancel = default)
        {
            // As within a request.
            var http = Server.Services.GetRequiredService<IHttpContextAccessor>();
            http.HttpContext = who is "person" or "gone" ? new DefaultHttpContext() : null;
            await using var db = Server.Services.GetRequiredService<Databases>().Open(Viewer.System);
            http.HttpContext = null;
            await db.InTransactionAsync(async () =>
            {
                lock (order) order.Add(who);
                await until;
            }, cancel);
        }
    }
}
