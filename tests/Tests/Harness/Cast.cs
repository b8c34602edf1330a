using Liaison.Access;
using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Liaison.Tests.Harness;

/// <summary>Somebody who uses Liaison in the tests.</summary>
public sealed class Person(string userName, string name, bool isAdministrator = false)
{
    public string UserName => userName;
    public string Name => name;
    public bool IsAdministrator => isAdministrator;
    public string Email => $"{userName}@liaison.example";
    public string Password => $"{userName}-quite-a-long-password";
    public long Id { get; internal set; }
    public string? Token { get; internal set; }
}

/// <summary>The people of the tests; they are in every test database.</summary>
public static class Cast
{
    public static readonly Person Admin = new("admin", "Alice Admin", isAdministrator: true);
    public static readonly Person Anna = new("anna", "Anna Martin");
    public static readonly Person Ben = new("ben", "Ben Durand");
    /// <summary>Is not signed in.</summary>
    public static readonly Person Nobody = new("", "");

    public static readonly IReadOnlyList<Person> All = [Admin, Anna, Ben];

    // Hashing a password as carefully as the program does would take most of a short test run; it is renewed at a first sign-in.
    private static readonly PasswordHasher<User> Hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = 1_000 }));

    /// <summary>Gives everybody an account with a password and a token.</summary>
    internal static async Task MoveInAsync(IServiceProvider services)
    {
        await using var db = services.GetRequiredService<Databases>().Open(Viewer.System);
        foreach (var person in All)
        {
            var user = await db.Set<User>().FirstOrDefaultAsync(u => u.UserName == person.UserName);
            if (user is null) db.Add(user = new User { Name = person.Name, Level = Level.User, UserName = person.UserName, NormalizedUserName = User.Normalize(person.UserName) });
            user.Name = person.Name;
            user.Email = person.Email;
            user.NormalizedEmail = User.Normalize(person.Email);
            services.GetRequiredService<Passwords>().Set(user, "", mustChange: false);
            user.PasswordHash = Hasher.HashPassword(user, person.Password);
            await db.SaveChangesAsync();
            person.Id = user.Id;
            person.Token = await services.GetRequiredService<Tokens>().CreateAsync(db, user.Id, "tests");
        }
    }

    /// <summary>Starts a session and returns its cookie; none for nobody.</summary>
    public static async Task<(string Name, string Value)?> SessionAsync(LiaisonServer server, Person person)
    {
        if (person == Nobody) return null;
        var http = new DefaultHttpContext();
        await using var db = server.Db();
        server.Services.GetRequiredService<Sessions>().Start(db, person.Id, http);
        await db.SaveChangesAsync();
        var cookie = SetCookieHeaderValue.Parse(http.Response.Headers.SetCookie.ToString());
        return (cookie.Name.ToString(), cookie.Value.ToString());
    }
}
