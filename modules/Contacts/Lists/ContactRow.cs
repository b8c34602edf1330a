using System.Linq.Expressions;
using Liaison.Contacts.Lifecycle;
using Liaison.Kernel.Data;
using Liaison.Kernel.Time;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;

namespace Liaison.Contacts.Lists;

/// <summary>What is read of the contacts of a list.</summary>
internal interface IListed<T> where T : IListed<T>
{
    long Id { get; }
    static abstract Expression<Func<Contact, T>> Of { get; }
    /// <summary>The same for a viewer who does not see everything, in a statement without filters; with what they see of the company, where it is shown.</summary>
    static virtual Expression<Func<LiaisonDb, long, Contact, T>> OfSeen
    {
        get
        {
            var (db, viewer) = (Expression.Parameter(typeof(LiaisonDb), "db"), Expression.Parameter(typeof(long), "viewer"));
            var row = T.Of;
            return Expression.Lambda<Func<LiaisonDb, long, Contact, T>>(row.Body, db, viewer, row.Parameters[0]);
        }
    }
}

/// <summary>A contact as lists show it.</summary>
public sealed class ContactRow : IListed<ContactRow>
{
    public long Id { get; init; }
    public ContactKind Kind { get; init; }
    public string FirstName { get; init; } = "";
    public string LastName { get; init; } = "";
    public string JobTitle { get; init; } = "";
    /// <summary>The company a person belongs to, where the viewer can open it.</summary>
    public long? CompanyId { get; set; }
    /// <summary>Whether the viewer can open it; null when that is still to be asked.</summary>
    public bool? OpensCompany { get; init; }
    public string CompanyName { get; init; } = "";
    public ContactStatus Status { get; init; }
    public DateTime StatusSince { get; init; }
    public string PrimaryEmail { get; init; } = "";
    public string PrimaryPhone { get; init; } = "";
    public string City { get; init; } = "";
    public ContactAccess Access { get; init; }
    public long? TypeId { get; init; }
    public long? TemperatureId { get; init; }
    public DateTime LastActivityAt { get; init; }
    public long? LastActivityId { get; init; }
    public string? LastActivityMark { get; init; }
    public string? PartsMark { get; init; }
    public DateTime? NextReminderAt { get; init; }
    public DateTime CreatedAt { get; init; }
    public string SortName { get; init; } = "";
    public string CityKey { get; init; } = "";
    public string CompanyKey { get; init; } = "";
    /// <summary>Names of the tags.</summary>
    public IReadOnlyList<string> Tags { get; set; } = [];
    /// <summary>Ids of the responsible users.</summary>
    public IReadOnlyList<long> Responsibles { get; set; } = [];
    /// <summary>What other modules show in their columns, by column key.</summary>
    public Dictionary<string, object> More { get; } = [];

    /// <summary>Name to show.</summary>
    public string Name => Contact.NameOf(Kind, FirstName, LastName, CompanyName, PrimaryEmail, PrimaryPhone);
    /// <summary>Whether there was an action.</summary>
    public bool HasActivity => LastActivityAt > Moments.Never;

    /// <summary>Reads just these columns.</summary>
    public static Expression<Func<Contact, ContactRow>> Of { get; } = c => new ContactRow
    {
        Id = c.Id, Kind = c.Kind, FirstName = c.FirstName, LastName = c.LastName, JobTitle = c.JobTitle, CompanyId = c.CompanyId, CompanyName = c.CompanyName,
        Status = c.Status, StatusSince = c.StatusSince, PrimaryEmail = c.PrimaryEmail, PrimaryPhone = c.PrimaryPhone, City = c.City, Access = c.Access, TypeId = c.TypeId,
        TemperatureId = c.TemperatureId, LastActivityAt = c.LastActivityAt, LastActivityId = c.LastActivityId, LastActivityMark = c.LastActivityMark, PartsMark = c.PartsMark, NextReminderAt = c.NextReminderAt, CreatedAt = c.CreatedAt, SortName = c.SortName,
        CityKey = c.CityKey, CompanyKey = c.CompanyKey,
    };

    // Also in the trash, as ContactQueries.OpenCompaniesAsync.
    private static readonly Expression<Func<LiaisonDb, long, Contact, bool?>> Opens = (db, viewer, c) => c.CompanyId != null
        && db.Set<Contact>().IgnoreQueryFilters().Any(o => o.Id == c.CompanyId && (o.Access != ContactAccess.Private || db.Set<ContactResponsible>().Any(r => r.ContactId == o.Id && r.UserId == viewer)));

    static Expression<Func<LiaisonDb, long, Contact, ContactRow>> IListed<ContactRow>.OfSeen { get; } = WithOpens();

    private static Expression<Func<LiaisonDb, long, Contact, ContactRow>> WithOpens()
    {
        var row = (MemberInitExpression)ReplacingExpressionVisitor.Replace(Of.Parameters[0], Opens.Parameters[2], Of.Body);
        var opens = Expression.Bind(typeof(ContactRow).GetProperty(nameof(OpensCompany))!, Opens.Body);
        return Expression.Lambda<Func<LiaisonDb, long, Contact, ContactRow>>(row.Update(row.NewExpression, row.Bindings.Append(opens)), Opens.Parameters);
    }
}

/// <summary>Slot: a column that another module adds to the list of contacts.</summary>
public abstract class ContactColumn : Kernel.Access.IPart
{
    /// <summary>Permission needed to be given it, or null.</summary>
    public virtual string? Permission => null;
    /// <summary>Key in the URL and in the chooser.</summary>
    public abstract string Key { get; }
    /// <summary>Key of the heading's text.</summary>
    public abstract string Text { get; }
    /// <summary>Puts what the column shows into <see cref="ContactRow.More"/> of all rows at once.</summary>
    public abstract Task LoadAsync(Kernel.Data.LiaisonDb db, IReadOnlyList<ContactRow> rows, CancellationToken cancel);
    /// <summary>The cell.</summary>
    public abstract Microsoft.AspNetCore.Html.IHtmlContent Cell(ContactRow row);
}
