using Liaison.Kernel.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Liaison.Contacts;

/// <summary>How contacts lie in the database, and who sees them.</summary>
internal static class ContactMapping
{
    /// <summary>Name of the filter that hides what the viewer may not see.</summary>
    public const string Visible = "visible";
    /// <summary>Name of the filter that hides the trash.</summary>
    public const string NotDeleted = "notDeleted";

    public static void Map(ModelBuilder model, LiaisonDb db)
    {
        model.Entity<Contact>(e =>
        {
            e.ToTable("contact");
            e.HasQueryFilter(Visible, c => db.SeesAll || c.Access != ContactAccess.Private || c.Responsibles.Any(r => r.UserId == db.ViewerId));
            e.HasQueryFilter(NotDeleted, c => c.DeletedAt == null);
            e.Property(c => c.SortName).Binary();
            e.Property(c => c.NameKey).Binary();
            e.Property(c => c.CityKey).Binary();
            e.Property(c => c.CompanyKey).Binary();
            e.Property(c => c.SearchText).Binary();
            e.Ignore(c => c.Name);
            e.HasMany(c => c.Points).WithOne().HasForeignKey(p => p.ContactId);
            e.HasMany(c => c.Addresses).WithOne().HasForeignKey(a => a.ContactId);
            e.HasMany(c => c.Responsibles).WithOne().HasForeignKey(r => r.ContactId);
            e.HasMany(c => c.Tags).WithOne().HasForeignKey(t => t.ContactId);
            e.HasOne<Contact>().WithMany().HasForeignKey(c => c.CompanyId).OnDelete(DeleteBehavior.SetNull);
            e.HasOne<ContactType>().WithMany().HasForeignKey(c => c.TypeId).OnDelete(DeleteBehavior.Restrict);
            e.HasOne<Temperature>().WithMany().HasForeignKey(c => c.TemperatureId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<ContactPoint>(e =>
        {
            e.ToTable("contact_point");
            e.Property(p => p.Normal).Binary();
            e.HasIndex(p => new { p.ContactId, p.Position });
        });
        model.Entity<ContactAddress>(e => e.ToTable("contact_address").HasIndex(a => new { a.ContactId, a.Position }));
        model.Entity<ContactResponsible>(e =>
        {
            e.ToTable("contact_responsible").HasKey(r => new { r.ContactId, r.UserId });
            Mark(e);
            e.HasIndex(r => new { r.UserId, r.Status, r.SortName, r.ContactId });
        });
        model.Entity<ContactTag>(e =>
        {
            e.ToTable("contact_tag").HasKey(t => new { t.ContactId, t.TagId });
            e.HasOne<Tag>().WithMany().HasForeignKey(t => t.TagId);
            Mark(e);
            e.HasIndex(t => new { t.TagId, t.Status, t.SortName, t.ContactId });
        });
        model.Entity<Tag>(e => { e.ToTable("tag"); e.Property(t => t.Key).Binary(); e.HasIndex(t => t.Key).IsUnique(); });
        model.Entity<Lifecycle.RelatedSale>(e =>
        {
            e.ToTable("related_sale").HasKey(s => new { s.ContactId, s.SoldId });
            e.HasOne<Contact>().WithMany().HasForeignKey(s => s.ContactId);
            e.HasIndex(s => s.SoldId);
        });
        model.Entity<ContactType>(e => { e.ToTable("contact_type"); e.HasIndex(t => t.Key).IsUnique(); });
        model.Entity<Temperature>(e => { e.ToTable("temperature"); e.HasIndex(t => t.Key).IsUnique(); });
    }

    // Triggers keep these.
    private static void Mark<T>(EntityTypeBuilder<T> e) where T : class, IContactMark
    {
        e.Property(m => m.Status).Metadata.SetAfterSaveBehavior(PropertySaveBehavior.Ignore);
        e.Property(m => m.SortName).Binary().Metadata.SetAfterSaveBehavior(PropertySaveBehavior.Ignore);
    }
}
