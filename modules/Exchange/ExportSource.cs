using Liaison.Kernel.Data;
using Microsoft.AspNetCore.Http;

namespace Liaison.Exchange;

/// <summary>What can be exported: a module fills this slot for its record. The Exchange module writes CSV, XLSX or vCard from it, streamed.</summary>
public abstract class ExportSource
{
    /// <summary>The resource's word: "contacts".</summary>
    public abstract string Key { get; }
    /// <summary>Permission needed to export.</summary>
    public abstract string Permission { get; }
    /// <summary>Fields in the order of the file; the first are always there, others may be chosen.</summary>
    public abstract IReadOnlyList<ExportField> Fields { get; }
    /// <summary>The rows that the list's query string selects (or ?ids=1,2), in pages; each row has the values of <paramref name="fields"/> in their order.</summary>
    public abstract IAsyncEnumerable<IReadOnlyList<string?[]>> RowsAsync(LiaisonDb db, IQueryCollection query, IReadOnlyList<ExportField> fields, CancellationToken cancel);
    /// <summary>The same rows as vCards written to <paramref name="writer"/>; false when the record is no card.</summary>
    public virtual Task<bool> WriteCardsAsync(LiaisonDb db, IQueryCollection query, TextWriter writer, string version, CancellationToken cancel) => Task.FromResult(false);
}

/// <summary>A column of an export.</summary>
/// <param name="Key">Stable key: "email.work", "status", "lastAction.date".</param>
/// <param name="Label">Heading in the current language.</param>
/// <param name="Group">Heading of its group in the chooser.</param>
public sealed record ExportField(string Key, string Label, string Group);
