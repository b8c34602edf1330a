using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Liaison.Kernel.Ui;

namespace Liaison.Kernel.Search;

/// <summary>Slot: a module whose records are found by the search field and the command palette.</summary>
public abstract class SearchSource : IPart
{
    /// <summary>Place of its group among the results, ascending.</summary>
    public abstract int Order { get; }
    /// <summary>Key of the group's heading.</summary>
    public abstract string Text { get; }
    /// <summary>Permission needed to find anything here.</summary>
    public abstract string Permission { get; }
    /// <summary>At most <paramref name="take"/> visible records that match, best first.</summary>
    public abstract Task<IReadOnlyList<SearchHit>> FindAsync(LiaisonDb db, string query, int take, CancellationToken cancel);
    /// <summary>What is offered where nothing at all was found; its text is given the query. Null: nothing.</summary>
    public virtual MenuItem? Offer(string query) => null;
}

/// <summary>A record found.</summary>
/// <param name="Type">Kind of the record: "contact".</param>
/// <param name="Id">Its id.</param>
/// <param name="Title">Name.</param>
/// <param name="Line">One line of context.</param>
/// <param name="Url">Its page.</param>
/// <param name="Icon">Lucide icon.</param>
public sealed record SearchHit(string Type, long Id, string Title, string Line, string Url, string Icon)
{
    /// <summary>For a command that acts, as in <see cref="Ui.MenuItem.Send"/>; null where the URL is a page.</summary>
    public string? Send { get; init; }
}
