using Liaison.Contacts.Lists;
using Liaison.Kernel.Data;
using Liaison.Kernel.Search;
using Liaison.Kernel.Texts;
using Liaison.Kernel.Ui;

namespace Liaison.Contacts.Finding;

/// <summary>Contacts in the search field: names that start with what is typed first, then names with a word that does, then the rest.</summary>
internal sealed class FindContacts(ContactList list, ListSizes sizes, Localizer texts) : SearchSource
{
    // What is looked at besides names that start with what is typed: fewer when these fill the list already.
    private const int Sample = 80, SmallSample = 16;

    public override int Order => 100;
    public override string Text => "menu.contacts";
    public override string Permission => "contacts.view";

    public override async Task<IReadOnlyList<SearchHit>> FindAsync(LiaisonDb db, string query, int take, CancellationToken cancel)
    {
        var words = SearchText.Words(query);
        if (words.Count == 0) return [];
        var typed = SearchText.Fold(query);
        var found = new SomeContacts(db, list, sizes);
        var starting = await found.StartingAsync(query, typed.Split(' ')[0], take, cancel);
        var others = await found.SomeAsync(query, starting.Count < take ? Math.Max(Sample, take) : Math.Max(SmallSample, take), cancel);
        var rows = starting.Concat(others).DistinctBy(r => r.Id);
        return [.. rows.Select(row => (Row: row, Rank: Rank(row, typed, words))).OrderBy(r => r.Rank).ThenBy(r => r.Row.SortName, StringComparer.Ordinal).ThenBy(r => r.Row.Id).Take(take)
            .Select(r => new SearchHit("contact", r.Row.Id, ContactTable.NameOf(r.Row), Line(r.Row, words), FormattableString.Invariant($"/contacts/{r.Row.Id}"), r.Row.Kind == ContactKind.Company ? "building-2" : "user-round"))];
    }

    public override MenuItem? Offer(string query) => new("contacts.new.named", Pages.NewPage.Named(query), "user-plus", "contacts.edit", Order);

    private static int Rank(ContactRow row, string typed, IReadOnlyList<SearchWord> words)
    {
        var name = SearchText.NameSpellings(row.Name, row.Kind == ContactKind.Person);
        if (name.StartsWith(typed, StringComparison.Ordinal) || row.SortName.StartsWith(typed, StringComparison.Ordinal)) return 0;
        var parts = name.Split(' ', '-', '\'');
        if (words.All(word => Array.Exists(parts, word.Begins))) return 1;
        return words.All(word => word.IsIn(name)) ? 2 : 3;
    }

    // Status and company tell people of one name apart; what was found elsewhere (e-mail, phone, city) is shown, so that one sees why.
    private string Line(ContactRow row, IReadOnlyList<SearchWord> words)
    {
        var company = row.Kind == ContactKind.Company ? "" : row.CompanyName;
        var found = new[] { row.PrimaryEmail, row.PrimaryPhone, row.City }.FirstOrDefault(part => words.Any(word =>
            part == row.PrimaryPhone ? Phones.Digits(part).Contains(word.Text, StringComparison.Ordinal) : word.IsIn(SearchText.Spellings(part))));
        return string.Join(" · ", new[] { texts["status." + ContactFilter.Word(row.Status)], company, found ?? "" }.Where(part => part.Length > 0));
    }
}
