using System.Diagnostics;

namespace Liaison.Tests.Harness;

/// <summary>Waits for what happens by itself: asks again until it is so, and fails with what was awaited when it never is.</summary>
public static class Eventually
{
    public static Task TrueAsync(Func<Task<bool>> condition, string what, int seconds = 60) => TrueAsync(condition, () => what, seconds);

    public static Task TrueAsync(Func<bool> condition, string what, int seconds = 60) => TrueAsync(() => Task.FromResult(condition()), what, seconds);

    /// <summary>For what can be told only in the end.</summary>
    public static async Task TrueAsync(Func<Task<bool>> condition, Func<string> what, int seconds = 60)
    {
        var since = Stopwatch.StartNew();
        while (!await condition())
        {
            if (since.Elapsed.TotalSeconds > seconds) Assert.Fail($"Not within {seconds} s: {what()}");
            await Task.Delay(25);
        }
    }
}
