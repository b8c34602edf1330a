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
    public static Task<string?> OnceAsync(this LiaisonDb db, string? key, string content, Func<Task<string?>> action, CancellationToken cancel) => db.OnceAsync(key, content, _ => action(), cancel);

    /// <summary>The same; the action is told what the viewer got for the same form with other content, since the way back in a browser leads to it again.</summary>
    public static Task<string?> OnceAsync(this LiaisonDb db, string? key, string content, Func<IReadOnlyList<string>, Task<string?>> action, CancellationToken cancel) => db.AgainAsync(() => db.InTransactionAsync(async () =>
    {
        if (NameOf(key, content) is not { } name) return await action([]);
        var (userId, form) = (db.ViewerId, name[..(name.LastIndexOf(':') + 1)]);
        // In one go: what is asked behind the lock sees what was there when it was given.
        List<Sent> earlier = [];
        await db.TogetherAsync(() => db.LockAsync(name, userId, cancel), async () => earlier = await Earlier.ListAsync(db, form, form + "g", userId, cancel));
        earlier.RemoveAll(e => !e.Key.StartsWith(form, StringComparison.Ordinal));
        if (earlier.Find(e => e.Key == name) is { } known) return known.Result;
        var result = await action([.. earlier.Select(e => e.Result)]);
        if (result is null) return null;
        await db.InsertAsync(new Once { Key = name, UserId = userId, BodyHash = "", Status = 303, At = db.Clock.Now(), Result = result }, cancel);
        return result;
    }, cancel));

    /// <summary>Under which key what became of a form with this content is remembered; null when the form has none.</summary>
    public static string? NameOf(string? key, string content) =>
        key is { Length: > 0 and <= 100 } ? $"form:{key}:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)).AsSpan(0, 8))}" : null;

    // What follows the form's part of a key is a hexadecimal number, which every collation puts before "g".
    private static readonly FixedQuery<string, string, long, Sent> Earlier = new((db, from, to, userId) =>
        db.Set<Once>().Where(o => o.UserId == userId && o.Key.CompareTo(from) >= 0 && o.Key.CompareTo(to) < 0).OrderByDescending(o => o.At).Take(20).Select(o => new Sent(o.Key, o.Result)));

    private sealed record Sent(string Key, string Result);
}
