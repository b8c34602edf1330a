using Liaison.Exchange.Reading;
using Liaison.Kernel.Data;
using Liaison.Kernel.Files;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Exchange.Imports;

/// <summary>Where an import stands.</summary>
public enum ImportState
{
    /// <summary>The file is there; columns can be mapped.</summary>
    Mapping = 1,
    /// <summary>The dry run is at work.</summary>
    Checking = 2,
    /// <summary>The dry run is done; nothing is written yet.</summary>
    Checked = 3,
    /// <summary>Writing.</summary>
    Running = 4,
    /// <summary>Everything is written.</summary>
    Done = 5,
    /// <summary>Stopped by a person; what was written stays and can be undone.</summary>
    Cancelled = 6,
    /// <summary>Stopped by a fault; what was written stays and can be undone.</summary>
    Failed = 7,
    /// <summary>Being taken back.</summary>
    Undoing = 8,
    /// <summary>Taken back.</summary>
    Undone = 9,
}

/// <summary>
/// One file being imported, with its counts: rows = created + updated + skipped + failed once it is done. Companies that rows named come on top.
/// </summary>
public sealed class Import : IStamped
{
    /// <summary>Days during which an import can be undone.</summary>
    public const int UndoDays = 30;

    public long Id { get; set; }
    /// <summary>Key of the target: "contacts".</summary>
    public required string Target { get; set; }
    public long FileId { get; set; }
    public required string FileName { get; set; }
    public ImportState State { get; set; } = ImportState.Mapping;
    /// <summary>How the file is read, as JSON of <see cref="FileShape"/>.</summary>
    public required string Shape { get; set; }
    /// <summary>JSON of <see cref="ImportOptions"/>.</summary>
    public required string Options { get; set; }
    /// <summary>Rows with data.</summary>
    public long Rows { get; set; }
    public long Created { get; set; }
    public long Updated { get; set; }
    public long Skipped { get; set; }
    public long Failed { get; set; }
    /// <summary>Companies made because rows named them.</summary>
    public long Companies { get; set; }
    /// <summary>JSON of <see cref="ImportNotice"/>s: what is to be told of the whole file.</summary>
    public string? Notices { get; set; }
    /// <summary>Records left by the undo because somebody changed them since.</summary>
    public long Kept { get; set; }
    public string? Error { get; set; }
    public DateTime? StartedAt { get; set; }
    public DateTime? FinishedAt { get; set; }
    /// <summary>Where the undo goes on.</summary>
    public string? UndoPlace { get; set; }
    /// <summary>When the file was thrown away.</summary>
    public DateTime? PurgedAt { get; set; }
    public DateTime CreatedAt { get; set; }
    public long CreatedById { get; set; }
    public DateTime UpdatedAt { get; set; }
    public long UpdatedById { get; set; }

    /// <summary>Rows decided so far.</summary>
    public long Decided => Created + Updated + Skipped + Failed;
}

/// <summary>What became of a row (in a dry run: what would).</summary>
public sealed class ImportedRow
{
    public long ImportId { get; set; }
    public long Number { get; set; }
    public ImportResult Result { get; set; }
    public long? RecordId { get; set; }
    public required string Name { get; set; }
    public string? Details { get; set; }
}

internal static class ImportMapping
{
    public static void Map(ModelBuilder model, LiaisonDb db)
    {
        model.Entity<Import>(e =>
        {
            e.ToTable("import");
            e.Ignore(i => i.Decided);
            e.HasOne<StoredFile>().WithMany().HasForeignKey(i => i.FileId).OnDelete(DeleteBehavior.Restrict);
            e.HasIndex(i => new { i.CreatedAt, i.Id });
            e.HasQueryFilter("visible", i => db.SeesAll || i.CreatedById == db.ViewerId);
        });
        model.Entity<ImportedRow>(e =>
        {
            e.ToTable("import_row").HasKey(r => new { r.ImportId, r.Number });
            e.HasOne<Import>().WithMany().HasForeignKey(r => r.ImportId);
            e.HasIndex(r => new { r.ImportId, r.Result, r.Number });
        });
    }
}
