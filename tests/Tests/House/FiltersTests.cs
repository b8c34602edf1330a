using System.Text.RegularExpressions;
using Liaison.Activities;
using Liaison.Contacts;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Tests.House;

/// <summary>
/// Where the filters that hide what somebody may not see are switched off, and that this never reaches a table by accident. Every query of every test goes
/// through <see cref="FilterGuard"/>; what is listed here is looked at in review.
/// </summary>
public sealed partial class FiltersTests(LiaisonServer server) : HttpTests(server)
{
    // Files in which all filters of a table are switched off, and why nothing gets out by that.
    private static readonly Dictionary<string, string> Reasons = new(StringComparer.Ordinal)
    {
        ["modules/Activities/Activities/ActivityStatusEvents.cs"] = "the status is folded from all actions, whoever causes it; nothing is shown",
        ["modules/Activities/Activities/LastActionExport.cs"] = "actions of contacts that are exported, hence seen, by their ids",
        ["modules/Activities/Activities/RecordActivity.cs"] = "the last action of a contact is kept whoever looks; nothing is shown",
        ["modules/Activities/Api/LastActivities.cs"] = "last actions of contacts that are seen, by their ids",
        ["modules/Activities/Home/SilentLeads.cs"] = "narrowed to contacts of which the viewer is responsible, without the trash",
        ["modules/Activities/List/ActivityList.cs"] = "who sees an action and that neither it nor its contact is in the trash are conditions",
        ["modules/Activities/List/LastActionColumn.cs"] = "last actions of contacts that are on the page",
        ["modules/Activities/List/Suggestions.cshtml.cs"] = "ids only, looked up among the visible contacts by a second query",
        ["modules/Activities/List/Unanswered.cs"] = "attempts of contacts that are on the page, or the viewer's own",
        ["modules/Activities/Rules/RulesPreview.cs"] = "what rules would change is counted over everything; names are read by a second query with filters",
        ["modules/Activities/Search/ActivitySearch.cs"] = "ids of candidates, looked up or joined among the visible actions",
        ["modules/Activities/List/NoteLastActions.cs"] = "the program itself notes last actions",
        ["modules/Activities/Search/FillSearch.cs"] = "the program itself makes actions findable",
        ["modules/Activities/Seeding/SeedBase.cs"] = "whether the base is empty",
        ["modules/Activities/Timeline/ActivityTimeline.cs"] = "the record of one contact, which the page has found with filters",
        ["modules/Activities/Types/SaveType.cs"] = "how many actions have a type, also those in the trash, and another one for all of them; nothing else is shown",
        ["modules/Contacts/Contacts/ContactQueries.cs"] = "both filters said as conditions, for queries that join an unfiltered set",
        ["modules/Contacts/Contacts/DeleteContacts.cs"] = "contacts in the trash, by ids that were found among those the viewer may change",
        ["modules/Contacts/Contacts/Duplicates.cs"] = "names of responsible users to ask, nothing of the contact",
        ["modules/Contacts/Contacts/SaveContact.cs"] = "a company's new name reaches all its persons; nothing is shown",
        ["modules/Contacts/Finding/ContactSets.cs"] = "candidate ids, looked up or joined among the visible contacts",
        ["modules/Contacts/Finding/SeenCities.cs"] = "how far a city is looked for, a place only",
        ["modules/Contacts/Finding/SpellingsJob.cs"] = "the program itself writes anew by what contacts are found",
        ["modules/Contacts/Groups/GroupJournal.cs"] = "versions of contacts, by ids that were found among those the viewer may change, or changed before",
        ["modules/Contacts/Groups/UndoGroup.cs"] = "contacts of the viewer's own journal rows of the last day, put back as they were; nothing of them is shown",
        ["modules/Contacts/Import/HiddenMatches.cs"] = "names of responsible users to ask, nothing of the contact",
        ["modules/Contacts/Import/ImportUndoing.cs"] = "records of one import of the viewer; kept ones are told by name as the import did",
        ["modules/Contacts/Lifecycle/Replay.cs"] = "the status is computed also when the contact has just left the viewer's sight",
        ["modules/Contacts/Lifecycle/TypesWithout.cs"] = "the status is computed also when nobody who looks sees the contact",
        ["modules/Contacts/ShortLists/ContactTypeList.cs"] = "how many contacts have a type, also those in the trash, and another one for all of them; nothing else is shown",
        ["modules/Contacts/ShortLists/TemperatureList.cs"] = "how many contacts have a temperature, also those in the trash, and another one for all of them; nothing else is shown",
        ["modules/Contacts/Lists/ContactRow.cs"] = "whether the company of a seen contact is seen, said as a condition",
        ["modules/Contacts/Lists/ContactList.cs"] = "where a walk through an order ends, a place only",
        ["modules/Contacts/Lists/SeenContacts.cs"] = "shared contacts and, joined to the places of seen ones, all of them; without the trash, by conditions",
        ["modules/Contacts/Lists/ListSizes.cs"] = "the highest id, to judge how large the base is; nothing is shown",
        ["modules/Contacts/Trash/EmptyTrash.cs"] = "the program itself empties the trash",
        ["modules/Exchange/Imports/PurgeImports.cs"] = "the program itself throws old uploads away",
        ["modules/Exchange/Imports/RunImport.cs"] = "the state of the import that the job works on",
    };

    [Fact]
    public void Every_place_that_switches_all_filters_off_has_a_reason()
    {
        var uses = Repository.Files(".cs", ".cshtml").Where(f => !f.Path.StartsWith("tests/", StringComparison.Ordinal) && All().IsMatch(f.Text)).ToList();
        Assert.Equal(Reasons.Keys.Order(StringComparer.Ordinal), uses.Select(f => f.Path).Order(StringComparer.Ordinal));
        // Said of a table, not of a query that may hold several.
        Assert.Equal("", string.Join('\n', uses.Where(f => All().Count(f.Text) != OfATable().Count(f.Text)).Select(f => f.Path)));
    }

    [Fact]
    public async Task A_filter_that_is_off_for_one_table_is_noticed_at_another()
    {
        await using var db = Db();
        await Assert.ThrowsAsync<InvalidOperationException>(() => db.Set<Activity>().IgnoreQueryFilters().Where(a => db.Set<Contact>().Any(c => c.Id == a.ContactId)).ToListAsync());
        await Assert.ThrowsAsync<InvalidOperationException>(() => db.Set<Contact>().Join(db.Set<Activity>().IgnoreQueryFilters().AsNoTracking(), c => c.Id, a => a.ContactId, (c, a) => c.Id).ToListAsync());
        await Assert.ThrowsAsync<InvalidOperationException>(() => db.Set<Activity>().Where(a => db.Set<Contact>().IgnoreQueryFilters(new[] { "notDeleted" }).Any(c => c.Id == a.ContactId)).ToListAsync());
        var ids = db.Set<Activity>().IgnoreQueryFilters().Select(a => a.ContactId);
        await Assert.ThrowsAsync<InvalidOperationException>(() => db.Set<Contact>().CountAsync(c => ids.Contains(c.Id)));

        var seen = FilterGuard.Instance.Seen;
        Assert.Empty(await db.Set<Activity>().IgnoreQueryFilters().Where(a => db.Set<Contact>().IgnoreQueryFilters().Any(c => c.Id == a.ContactId)).ToListAsync());
        Assert.Empty(await db.Set<Activity>().IgnoreQueryFilters().Where(a => db.Set<ActivityType>().Any(t => t.Id == a.TypeId)).ToListAsync());
        Assert.True(FilterGuard.Instance.Seen >= seen + 2);
    }

    [GeneratedRegex(@"\.IgnoreQueryFilters\(\)", RegexOptions.None, 1000)]
    private static partial Regex All();

    [GeneratedRegex(@"\bSet<[\w.]+>\(\)\.IgnoreQueryFilters\(\)", RegexOptions.None, 1000)]
    private static partial Regex OfATable();
}
