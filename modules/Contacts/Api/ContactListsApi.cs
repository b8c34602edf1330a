using Liaison.Kernel.Access;
using Liaison.Kernel.Api;
using Liaison.Kernel.Data;
using Liaison.Kernel.Journal;
using Liaison.Kernel.Texts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Api;

/// <summary>/api/v1/contact-types and /api/v1/temperatures: short lists that administrators edit.</summary>
internal static class ContactListsApi
{
    public static void Map(RouteGroupBuilder api)
    {
        Map(api.MapGroup("/contact-types").WithTags("contact-types"), "ContactType", new Doors<ContactType>(
            "contact-types", "contactType", t => t.Id, t => new(t.Key, t.Name, null, t.Position),
            (t, e) => (t.Key, t.Name, t.Position) = (e.Key, e.Name, e.Position), () => new ContactType { Key = "" },
            (db, id) => db.Set<Contact>().IgnoreQueryFilters().AnyAsync(c => c.TypeId == id)));
        Map(api.MapGroup("/temperatures").WithTags("temperatures"), "Temperature", new Doors<Temperature>(
            "temperatures", "temperature", t => t.Id, t => new(t.Key, t.Name, t.Color, t.Position),
            (t, e) => (t.Key, t.Name, t.Color, t.Position) = (e.Key, e.Name, e.Color ?? "#77cf9a", e.Position), () => new Temperature { Key = "" },
            (db, id) => db.Set<Contact>().IgnoreQueryFilters().AnyAsync(c => c.TemperatureId == id)));
    }

    private sealed record Entry(string Key, string? Name, string? Color, int Position);

    private sealed record Doors<T>(
        string Path, string Texts, Func<T, long> Id, Func<T, Entry> Read, Action<T, Entry> Write, Func<T> New, Func<LiaisonDb, long, Task<bool>> IsUsed) where T : class;

    private static void Map<T>(RouteGroupBuilder list, string name, Doors<T> doors) where T : class
    {
        list.MapGet("", async (HttpContext http, LiaisonDb db, Localizer texts, CancellationToken cancel) => Answers.Whole(http,
            (await AllAsync(db, doors, cancel)).ConvertAll(t => Reply(t, doors, texts)))).Permission("contacts.view").Lists<ListEntryReply>($"list{name}s");
        list.MapGet("/{id:long}", async (HttpContext http, long id, LiaisonDb db, Localizer texts, CancellationToken cancel) =>
            await db.Set<T>().FindAsync([id], cancel) is { } found ? Tagged(http, found, doors, texts) : Answers.Missing(http)).Permission("contacts.view").Gives<ListEntryReply>($"get{name}");
        list.MapPost("", (HttpContext http, LiaisonDb db, Localizer texts, ContactLists lists, CancellationToken cancel) => CreateAsync(http, db, texts, lists, doors, cancel))
            .Permission("contacts.configure").Creates<ListEntryInput, ListEntryReply>($"create{name}");
        list.MapPatch("/{id:long}", (HttpContext http, long id, LiaisonDb db, Localizer texts, ContactLists lists, CancellationToken cancel) => ChangeAsync(http, id, db, texts, lists, doors, cancel))
            .Permission("contacts.configure").Changes<ListEntryInput, ListEntryReply>($"change{name}");
        list.MapDelete("/{id:long}", (HttpContext http, long id, LiaisonDb db, ContactLists lists, CancellationToken cancel) => DeleteAsync(http, id, db, lists, doors, cancel))
            .Permission("contacts.configure").DeletesUnused($"delete{name}");
    }

    private static async Task<List<T>> AllAsync<T>(LiaisonDb db, Doors<T> doors, CancellationToken cancel) where T : class =>
        [.. (await db.Set<T>().ToListAsync(cancel)).OrderBy(t => doors.Read(t).Position).ThenBy(doors.Id)];

    private static ListEntryReply Reply<T>(T row, Doors<T> doors, Localizer texts) where T : class
    {
        var entry = doors.Read(row);
        return new(doors.Id(row), entry.Key, entry.Name ?? texts[$"{doors.Texts}.{entry.Key}"], entry.Color, entry.Position);
    }

    // Who changes a list waits for whoever is changing it.
    private static Task TurnAsync<T>(LiaisonDb db, Doors<T> doors, CancellationToken cancel) where T : class => db.LockAsync(doors.Path, cancel: cancel);

    private static string Stamp(Entry entry) => $"{entry.Key} {entry.Name} {entry.Color} {entry.Position}";

    private static IResult Tagged<T>(HttpContext http, T row, Doors<T> doors, Localizer texts, int status = 200) where T : class =>
        Answers.Tagged(http, Reply(row, doors, texts), Stamp(doors.Read(row)), status);

    private static async Task<IResult> CreateAsync<T>(HttpContext http, LiaisonDb db, Localizer texts, ContactLists lists, Doors<T> doors, CancellationToken cancel) where T : class
    {
        var input = await ApiJson.ReadAsync<ListEntryInput>(http.Request, cancel);
        var problems = input.Validate(isNew: true, null, typeof(T) == typeof(Temperature));
        return await db.InTransactionAsync(async () =>
        {
            await TurnAsync(db, doors, cancel);
            var all = await AllAsync(db, doors, cancel);
            if (all.Exists(t => doors.Read(t).Key == input.Key)) problems.Add(nameof(input.Key), "api.error.taken");
            if (problems.Any) return Answers.Invalid(http, problems);
            var row = doors.New();
            doors.Write(row, new(input.Key!, input.Name, input.Color, input.Position ?? all.Select(t => doors.Read(t).Position + 1).DefaultIfEmpty(0).Max()));
            db.Add(row);
            await db.SaveChangesAsync(cancel);
            db.Record($"{doors.Texts}.created", doors.Texts, doors.Id(row), new { input.Key, input.Name });
            await db.SaveChangesAsync(cancel);
            lists.Forget();
            http.Response.Headers.Location = $"/api/v1/{doors.Path}/{doors.Id(row)}";
            return Tagged(http, row, doors, texts, 201);
        }, cancel);
    }

    private static async Task<IResult> ChangeAsync<T>(HttpContext http, long id, LiaisonDb db, Localizer texts, ContactLists lists, Doors<T> doors, CancellationToken cancel) where T : class
    {
        var body = await ApiJson.ReadNodeAsync(http.Request, cancel);
        return await db.InTransactionAsync(async () =>
        {
            await TurnAsync(db, doors, cancel);
            if (await db.Set<T>().FindAsync([id], cancel) is not { } row) return Answers.Missing(http);
            var entry = doors.Read(row);
            if (!Answers.MatchesTag(http, Stamp(entry))) return Answers.Stale(http);
            var input = ApiJson.Merge(body, new ListEntryInput { Key = entry.Key, Name = entry.Name, Color = entry.Color, Position = entry.Position });
            var problems = input.Validate(isNew: false, entry.Key, typeof(T) == typeof(Temperature));
            // The delivered entries have a name in each language to fall back to; others need their own.
            if (input.Name is null && texts.Find($"{doors.Texts}.{entry.Key}") is null) problems.Add(nameof(input.Name), "api.error.required");
            if (problems.Any) return Answers.Invalid(http, problems);
            doors.Write(row, new(entry.Key, input.Name, input.Color, input.Position ?? entry.Position));
            db.Record($"{doors.Texts}.edited", doors.Texts, id, new { input.Name, input.Color, input.Position });
            await db.SaveChangesAsync(cancel);
            lists.Forget();
            return Tagged(http, row, doors, texts);
        }, cancel);
    }

    private static Task<IResult> DeleteAsync<T>(HttpContext http, long id, LiaisonDb db, ContactLists lists, Doors<T> doors, CancellationToken cancel) where T : class => db.InTransactionAsync(async () =>
    {
        await TurnAsync(db, doors, cancel);
        if (await db.Set<T>().FindAsync([id], cancel) is not { } row) return Answers.Missing(http);
        if (!Answers.MatchesTag(http, Stamp(doors.Read(row)))) return Answers.Stale(http);
        if (await doors.IsUsed(db, id)) return Answers.Conflict(http, "api.error.inUse");
        db.Remove(row);
        db.Record($"{doors.Texts}.deleted", doors.Texts, id, new { doors.Read(row).Key });
        await db.SaveChangesAsync(cancel);
        lists.Forget();
        return Answers.Done();
    }, cancel);
}
