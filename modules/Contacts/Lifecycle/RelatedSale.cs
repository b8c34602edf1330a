using Liaison.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Lifecycle;

/// <summary>A sale with one contact that counts for another: with a person for their company, or the other way round. It lasts as long as the sale does.</summary>
public sealed class RelatedSale
{
    /// <summary>For whom it counts.</summary>
    public long ContactId { get; set; }
    /// <summary>With whom the sale was.</summary>
    public long SoldId { get; set; }
    /// <summary>Kind of the record of the sale: a cause's type.</summary>
    public string SaleType { get; set; } = "";
    /// <summary>Its id.</summary>
    public long? SaleId { get; set; }
    /// <summary>When the sale took place, UTC.</summary>
    public DateTime At { get; set; }
    /// <summary>When it was recorded, UTC.</summary>
    public DateTime RecordedAt { get; set; }

    /// <summary>Whether it stands for this event.</summary>
    internal bool Is(StatusEvent sale) => SaleType == sale.Cause.Type && SaleId == sale.Cause.Id;

    /// <summary>Stands for this event from now on.</summary>
    /// <returns>Whether that changes anything.</returns>
    internal bool Follow(StatusEvent sale)
    {
        if (Is(sale) && At == sale.At) return false;
        (SaleType, SaleId, At, RecordedAt) = (sale.Cause.Type, sale.Cause.Id, sale.At, sale.RecordedAt);
        return true;
    }
}

/// <summary>Sales with others as what the status is folded from.</summary>
internal sealed class RelatedSales : IStatusEvents
{
    public async Task<ILookup<long, StatusEvent>> OfAsync(LiaisonDb db, IReadOnlyCollection<long> contactIds, CancellationToken cancel) =>
        (await db.Set<RelatedSale>().AsNoTracking().Where(s => contactIds.Contains(s.ContactId)).ToListAsync(cancel)).ToLookup(s => s.ContactId,
            s => new StatusEvent(s.At, s.RecordedAt, s.SaleId ?? 0, StatusEffect.Sale, new StatusCause(StatusCause.RelatedSale, s.SaleId, s.SaleType)));
}
