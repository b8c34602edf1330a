using System.Security.Cryptography;
using System.Text;
using Liaison.Kernel.Data;
using Liaison.Kernel.Time;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Kernel.Api;

/// <summary>Forms that act once however often they are sent (a double click, a repeated request).</summary>
public static class FormOnce
{
    /// <summary>A key for a hidden field of the form.</summary>
    public static string NewKey() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>
    /// Runs the action in a transaction, unless the viewer sent the same form with the same content already: then gives back what the action returned.
    /// An action that returns null has done nothing and is not remembered.
    /// </summary>
    public static Task<string?> OnceAsync(this LiaisonDb db, string? key, string content, Func<Task<string?>> action, CancellationToken cancel) => db.AgainAsync(() => db.InTransactionAsync(async () =>
    {
        if (NameOf(key, content) is not { } name) return await action();
        var userId = db.ViewerId;
        // In one go: what is asked behind the lock sees what was there when it was given.
        List<string> earlier = [];
        await db.TogetherAsync(() => db.LockAsync(name, userId, cancel), async () => earlier = await Earlier.ListAsync(db, name, userId, cancel));
        if (earlier is [var known]) return known;
        var result = await action();
        if (result is null) return null;
        await db.InsertAsync(new Once { Key = name, UserId = userId, BodyHash = "", Status = 303, At = db.Clock.Now(), Result = result }, cancel);
        return result;
    }, cancel));

    /// <summary>Under which key what became of a form with this content is remembered; null when the form has none.</summary>
    public static string? NameOf(string? key, string content) =>
        key is { Length: > 0 and <= 100 } ? $"form:{key}:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)).AsSpan(0, 8))}" : null;

    private static readonly FixedQuery<string, long, string> Earlier = new((db, name, userId) => db.Set<Once>().Where(o => o.Key == name && o.UserId == userId).Select(o => o.Result));
}
