using Liaison.Access;
using Liaison.Contacts.Groups;
using Liaison.Contacts.Lists;
using Liaison.Kernel.Access;
using Liaison.Kernel.Validation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Liaison.Contacts.Api;

/// <summary>An operation on many contacts.</summary>
public sealed class ContactBatchInput
{
    /// <summary>tag, untag, responsible, access or delete.</summary>
    public GroupOperation? Operation { get; set; }
    /// <summary>The contacts, or else <see cref="Filter"/>.</summary>
    public List<long>? ContactIds { get; set; }
    /// <summary>All that this query string of the list matches for the caller: "status=lead&amp;tag=Salon"; empty for all.</summary>
    public string? Filter { get; set; }
    /// <summary>How many they must be: when it is another number, nothing is done.</summary>
    public int? Count { get; set; }
    /// <summary>For tag and untag.</summary>
    public List<string> Tags { get; set; } = [];
    /// <summary>For responsible: the user.</summary>
    public long? Responsible { get; set; }
    /// <summary>For responsible: whether the others go.</summary>
    public bool Replace { get; set; }
    /// <summary>For access.</summary>
    public ContactAccess? Access { get; set; }

    /// <summary>What is wrong with it.</summary>
    public async Task<Problems> ValidateAsync(Viewer viewer, Users users, CancellationToken cancel)
    {
        var problems = new Problems();
        if (Operation is null) problems.Add(nameof(Operation), "api.error.required");
        else if (Operation == GroupOperation.Undo) problems.Add(nameof(Operation), "api.error.badValue", "operation");
        if (ContactIds is null == Filter is null) problems.Add(nameof(ContactIds), "contacts.batch.which");
        if (Filter is not null) CheckFilter(viewer, problems);
        Tags = [.. Tags.Select(ContactInput.Clean).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)];
        var isTags = Operation is GroupOperation.Tag or GroupOperation.Untag;
        if (isTags && Tags.Count == 0) problems.Add(nameof(Tags), "api.error.required");
        if (ContactIds?.Exists(id => id < 1) == true) problems.Add(nameof(ContactIds), "api.error.badValue", "contactIds");
        if (Tags.Count > ContactInput.MostValues) problems.Add(nameof(Tags), "contacts.error.tooMany", ContactInput.MostValues);
        if (Tags.Exists(t => t.Length > 100)) problems.Add(nameof(Tags), "contacts.error.tooLong", 100);
        if (Operation == GroupOperation.Responsible && (Responsible is not { } user || (await users.NameAsync(user, cancel)).Length == 0)) problems.Add(nameof(Responsible), "contacts.error.responsible");
        if (Operation == GroupOperation.Access && Access is null) problems.Add(nameof(Access), "contacts.error.access");
        // What the operation does not read would be lost without a word.
        if (!isTags && Tags.Count > 0) problems.Add(nameof(Tags), "contacts.batch.notRead");
        if (Operation != GroupOperation.Responsible && Responsible is not null) problems.Add(nameof(Responsible), "contacts.batch.notRead");
        if (Operation != GroupOperation.Responsible && Replace) problems.Add(nameof(Replace), "contacts.batch.notRead");
        if (Operation != GroupOperation.Access && Access is not null) problems.Add(nameof(Access), "contacts.batch.notRead");
        return problems;
    }

    /// <summary>The order.</summary>
    public GroupOrder ToOrder() => new(Operation!.Value)
    {
        Ids = ContactIds is null ? null : [.. ContactIds.Distinct().Order()], Filter = Filter ?? "", Tags = Tags, User = Responsible ?? 0, Replace = Replace, Access = Access ?? default,
    };

    private void CheckFilter(Viewer viewer, Problems problems)
    {
        var query = QueryHelpers.ParseQuery(Filter);
        foreach (var name in query.Keys.Where(n => !ContactFilter.Names.Contains(n))) problems.Add(nameof(Filter), "api.error.unknownParameter", name);
        var wrong = new Problems();
        ContactFilter.Parse(new QueryCollection(query), viewer, wrong);
        foreach (var problem in wrong.All) problems.Add(nameof(Filter), problem.Text, problem.Arguments);
    }
}
