using Liaison.Contacts;
using Liaison.Kernel.Access;
using Liaison.Kernel.Data;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Activities.Pages;

/// <summary>GET /activities/suggestions?field=campaign&amp;q=: values used earlier on actions that the person sees.</summary>
[Permission("activities.view")]
public sealed class SuggestionsPage(LiaisonDb db) : PageModel
{
    private const int Known = 1000, Offered = 10, LookedAt = 200;

    // [field] is one of the three columns that OnGetAsync lets through, never what was sent.
    private const string Distinct = """
        WITH RECURSIVE word(value) AS (
          SELECT min([field]) FROM activity WHERE [field] <> '' AND deleted_at IS NULL
          UNION ALL
          SELECT (SELECT min(a.[field]) FROM activity a WHERE a.[field] > word.value AND a.[field] <> '' AND a.deleted_at IS NULL) FROM word WHERE word.value IS NOT NULL)
        SELECT value AS "Value" FROM word WHERE value IS NOT NULL LIMIT {0}
        """;

    public IReadOnlyList<string> Words { get; private set; } = [];

    public async Task OnGetAsync(string? field, string? q, CancellationToken cancel)
    {
        if (field is not ("campaign" or "field1" or "field2")) return;
        var wanted = SearchText.Fold(q ?? "");
        // Distinct values by jumping through the index from one to the next.
        var all = await db.Database.SqlQueryRaw<string>(Distinct.Replace("[field]", field, StringComparison.Ordinal), Known).ToListAsync(cancel);
        var words = new List<string>();
        foreach (var word in all.Where(w => SearchText.Fold(w).Contains(wanted, StringComparison.Ordinal)).OrderBy(w => !SearchText.Fold(w).StartsWith(wanted, StringComparison.Ordinal)).ThenBy(w => w, StringComparer.CurrentCultureIgnoreCase).Take(Offered * 3))
        {
            if (words.Count == Offered) break;
            if (db.SeesAll || await IsSeenAsync(field, word, cancel)) words.Add(word);
        }
        Words = words;
    }

    // A value used only with contacts of others is nobody else's business.
    private async Task<bool> IsSeenAsync(string field, string word, CancellationToken cancel)
    {
        var used = db.Set<Activity>().IgnoreQueryFilters().Where(a => a.DeletedAt == null);
        used = field switch
        {
            "campaign" => used.Where(a => a.Campaign == word && a.Campaign != ""),
            "field1" => used.Where(a => a.Field1 == word && a.Field1 != ""),
            _ => used.Where(a => a.Field2 == word && a.Field2 != ""),
        };
        // In two steps: filters switched off in a part of a query are off in all of it.
        var some = await used.OrderByDescending(a => a.OccurredAt).ThenByDescending(a => a.Id).Select(a => a.ContactId).Take(LookedAt).ToListAsync(cancel);
        return await db.Contacts().AnyAsync(c => some.Contains(c.Id), cancel);
    }
}
