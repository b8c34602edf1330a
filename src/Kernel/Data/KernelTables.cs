using Liaison.Kernel.Api;
using Liaison.Kernel.Files;
using Liaison.Kernel.Jobs;
using Liaison.Kernel.Journal;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Liaison.Kernel.Data;

/// <summary>The Kernel's own tables.</summary>
internal static class KernelTables
{
    public static void Map(ModelBuilder model)
    {
        model.Entity<JournalEntry>(e =>
        {
            e.ToTable("journal");
            e.HasIndex(x => new { x.SubjectType, x.SubjectId, x.At, x.Id });
        });
        model.Entity<Job>(e =>
        {
            e.ToTable("job");
            e.HasIndex(x => new { x.State, x.DueAt });
            e.HasIndex(x => x.Key).IsUnique();
        });
        model.Entity<StoredFile>(e => e.ToTable("file"));
        model.Entity<FileChunk>(e =>
        {
            e.ToTable("file_chunk").HasKey(x => new { x.FileId, x.Number });
            e.HasOne<StoredFile>().WithMany().HasForeignKey(x => x.FileId);
        });
        model.Entity<DataProtectionKey>(e => e.ToTable("data_protection_key"));
        model.Entity<Once>(e => { e.ToTable("once").HasKey(x => new { x.Key, x.UserId }); e.HasIndex(x => x.At); });
        model.Entity<Setting>(e => e.ToTable("setting").HasKey(x => x.Key));
    }
}

/// <summary>Makes text columns sort and compare alike on both engines.</summary>
public static class BinaryText
{
    /// <summary>The column is compared byte by byte (PostgreSQL collation "C"), as SQLite does.</summary>
    public static PropertyBuilder<string> Binary(this PropertyBuilder<string> property) =>
        property.HasAnnotation("Liaison:Binary", true);
}

/// <summary>A named setting of the organisation.</summary>
public sealed class Setting
{
    /// <summary>Name, such as "organisation.country".</summary>
    public required string Key { get; init; }
    /// <summary>Value as text.</summary>
    public required string Value { get; set; }
}

/// <summary>A key with which cookies and form tokens are protected, shared by all instances.</summary>
public sealed class DataProtectionKey
{
    /// <summary>Identity.</summary>
    public long Id { get; init; }
    /// <summary>The key's friendly name.</summary>
    public required string Name { get; init; }
    /// <summary>The key.</summary>
    public required string Xml { get; init; }
}
