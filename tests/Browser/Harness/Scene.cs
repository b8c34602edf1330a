using Liaison.Contacts;
using Liaison.Contacts.Lifecycle;

namespace Liaison.Browser.Harness;

/// <summary>What a journey begins with.</summary>
public static class Scene
{
    /// <summary>Adds a contact of Anna's with an e-mail address and a city.</summary>
    public static async Task<long> ContactAsync(LiaisonServer server, string first, string last, string city = "Lyon")
    {
        await using var db = server.Db();
        var mail = $"{first}@{last}.example".ToLowerInvariant();
        var contact = new Contact
        {
            FirstName = first, LastName = last, CreatedById = Cast.Anna.Id, StatusSince = server.Clock.Now, StatusCauseJson = new StatusCause("created").ToString(),
            Responsibles = [new ContactResponsible { UserId = Cast.Anna.Id }],
            Points = [new ContactPoint { Kind = PointKind.Email, Value = mail, Normal = ContactPoint.NormalOf(PointKind.Email, mail), Category = "work", IsPrimary = true }],
            Addresses = [new ContactAddress { City = city, Category = "office", IsPrimary = true }],
        };
        contact.Derive();
        db.Add(contact);
        await db.SaveChangesAsync();
        return contact.Id;
    }
}
