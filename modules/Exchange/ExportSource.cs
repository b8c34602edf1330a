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
    /// <summary>Fields that can be chosen, in the order of the file, with headings in the current language.</summary>
    public abstract IReadOnlyList<ExportField> Fields { get; }
    /// <summary>Parameters of the list's query string that narrow the export; any other is refused.</summary>
    public abstract IReadOnlyList<string> Filters { get; }
    /// <summary>Opens an export of what the list's query string selects (also ?ids=1,2).</summary>
    /// <exception cref="Kernel.Api.BadFieldException">The query string names something unknown.</exception>
    public abstract Task<OpenExport> OpenAsync(LiaisonDb db, IQueryCollection query, IReadOnlyList<string>? fields, CancellationToken cancel);
    /// <summary>Writes the same records as vCards; false when the record is no card.</summary>
    public virtual Task<bool> WriteCardsAsync(LiaisonDb db, IQueryCollection query, TextWriter writer, bool version3, CancellationToken cancel) => Task.FromResult(false);
}

/// <summary>An export about to be written.</summary>
/// <param name="Headers">Column headings in the current language.</param>
/// <param name="Rows">The rows, in pages; each has a text for every heading. A page is valid until the next is asked for.</param>
public sealed record OpenExport(IReadOnlyList<string> Headers, IAsyncEnumerable<Utf8Rows> Rows);

/// <summary>A column of an export.</summary>
/// <param name="Key">Stable key: "email.work", "status", "lastAction.date".</param>
/// <param name="Label">Heading in the current language.</param>
/// <param name="Group">Heading of its group in the chooser.</param>
public sealed record ExportField(string Key, string Label, string Group);
