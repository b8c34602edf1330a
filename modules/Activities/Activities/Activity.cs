using Liaison.Contacts;
using Liaison.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Activities;

/// <summary>Who turned to whom.</summary>
public enum ActivityDirection
{
    /// <summary>The contact turned to us.</summary>
    Inbound = 1,
    /// <summary>We turned to the contact.</summary>
    Outbound = 2,
}

/// <summary>Something done with one contact: a call, an e-mail, a meeting, a sale, a note.</summary>
public sealed class Activity : IVersioned, IStamped
{
    public long Id { get; set; }
    public long ContactId { get; set; }
    public Contact? Contact { get; set; }
    public long TypeId { get; set; }
    public ActivityDirection Direction { get; set; } = ActivityDirection.Outbound;
    public ActivityOutcome Outcome { get; set; }
    /// <summary>How the contact felt, 1 (very negative) to 5 (very positive); null for no rating.</summary>
    public int? Rating { get; set; }
    /// <summary>When it took place, UTC.</summary>
    public DateTime OccurredAt { get; set; }
    public string Details { get; set; } = "";
    public string Campaign { get; set; } = "";
    /// <summary>First and second sorting field (seed 003); their labels are settings.</summary>
    public string Field1 { get; set; } = "";
    public string Field2 { get; set; } = "";
    /// <summary>What it is found by; empty until it can be.</summary>
    public string SearchText { get; set; } = "";
    public DateTime? DeletedAt { get; set; }
    public long Version { get; set; }
    public DateTime CreatedAt { get; set; }
    public long CreatedById { get; set; }
    public DateTime UpdatedAt { get; set; }
    public long UpdatedById { get; set; }
    public List<Response> Responses { get; set; } = [];
}

/// <summary>What the contact answered to an action, dated; counts as an engagement of the contact.</summary>
public sealed class Response : IVersioned, IStamped
{
    public long Id { get; set; }
    public long ActivityId { get; set; }
    public long ContactId { get; set; }
    public string Text { get; set; } = "";
    /// <summary>When it came, UTC.</summary>
    public DateTime OccurredAt { get; set; }
    public DateTime? DeletedAt { get; set; }
    public long Version { get; set; }
    public DateTime CreatedAt { get; set; }
    public long CreatedById { get; set; }
    public DateTime UpdatedAt { get; set; }
    public long UpdatedById { get; set; }
}

/// <summary>How actions lie in the database; they are seen by whoever sees their contact.</summary>
internal static class ActivityMapping
{
    public const string NotDeleted = "notDeleted";

    public static void Map(ModelBuilder model, LiaisonDb db)
    {
        model.Entity<ActivityType>(e => { e.ToTable("activity_type"); e.HasIndex(t => t.Key).IsUnique(); });
        model.Entity<OutcomeRule>(e => { e.ToTable("outcome_rule").HasKey(r => r.Outcome); e.Property(r => r.Outcome).ValueGeneratedNever(); });
        model.Entity<Activity>(e =>
        {
            e.ToTable("activity");
            e.Property(a => a.SearchText).Binary();
            e.HasOne(a => a.Contact).WithMany().HasForeignKey(a => a.ContactId);
            e.HasOne<ActivityType>().WithMany().HasForeignKey(a => a.TypeId).OnDelete(DeleteBehavior.Restrict);
            e.HasMany(a => a.Responses).WithOne().HasForeignKey(r => r.ActivityId);
            e.HasQueryFilter(NotDeleted, a => a.DeletedAt == null);
            // Asked of each action as the list is walked: joined, SQLite would first read all contacts.
            e.HasQueryFilter("visible", a => db.Set<Contact>().Any(c => c.Id == a.ContactId && c.DeletedAt == null
                && (db.SeesAll || c.Access != ContactAccess.Private || c.Responsibles.Any(x => x.UserId == db.ViewerId))));
        });
        model.Entity<Response>(e =>
        {
            e.ToTable("response");
            e.HasOne<Contact>().WithMany().HasForeignKey(r => r.ContactId).OnDelete(DeleteBehavior.Cascade);
            e.HasQueryFilter(NotDeleted, r => r.DeletedAt == null);
            e.HasQueryFilter("visible", r => db.Set<Contact>().Any(c => c.Id == r.ContactId && c.DeletedAt == null
                && (db.SeesAll || c.Access != ContactAccess.Private || c.Responsibles.Any(x => x.UserId == db.ViewerId))));
        });
    }

    /// <summary>The actions the viewer sees; not tracked.</summary>
    public static IQueryable<Activity> Activities(this LiaisonDb db) => db.Set<Activity>().AsNoTracking();
}
