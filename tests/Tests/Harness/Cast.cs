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

    internal static Task MoveInAsync(IServiceProvider services) => Task.CompletedTask;

    internal static Task<(string Name, string Value)?> SessionAsync(LiaisonServer server, Person person) => Task.FromResult<(string, string)?>(null);
}
