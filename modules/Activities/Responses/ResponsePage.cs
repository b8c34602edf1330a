using Liaison.Contacts;
using Liaison.Kernel.Data;
using Liaison.Kernel.Texts;
using Liaison.Kernel.Validation;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Activities;

/// <summary>What the form of a response sends.</summary>
public sealed class ResponseForm
{
    public string? Text { get; set; }
    public string? OccurredAt { get; set; }
    /// <summary>What <see cref="OccurredAt"/> showed at first.</summary>
    [JsonIgnore]
    public string? Shown { get; set; }
    /// <summary>Makes a form that is sent twice act once.</summary>
    [JsonIgnore]
    public string? Once { get; set; }
    /// <summary>All of what an edit showed at first.</summary>
    [JsonIgnore]
    public string? Original { get; set; }

    /// <summary>What an edit means over what is <paramref name="stored"/> now: a field that was left as it was shown stays; <paramref name="both"/> were changed here and there.</summary>
    public ResponseForm Over(ResponseForm stored, out IReadOnlyList<string> both)
    {
        var meant = Kernel.Validation.Shown.Merge(Original, Settled(), stored, out both);
        (meant.Shown, meant.Original) = (stored.Shown, stored.Original);
        return meant;
    }

    /// <summary>Written alike whether it comes from a browser or from the database.</summary>
    public ResponseForm Settled()
    {
        Text = Text?.ReplaceLineEndings("\n");
        return this;
    }

    /// <summary>Its fields in words.</summary>
    public IReadOnlyList<(string Name, string Label, string? Value)> Told(Localizer texts) =>
        [(nameof(Text), texts["activities.response"], Text), (nameof(OccurredAt), texts["activities.field.at"], OccurredAt?.Replace('T', ' '))];
}

/// <summary>What the form of a response shows.</summary>
/// <param name="Answer">Its fields.</param>
/// <param name="Address">Where it is sent.</param>
/// <param name="ContactId">Where Cancel leads.</param>
/// <param name="AnchorId">The action it belongs to.</param>
/// <param name="Frame">The frame it stands in on the contact's page.</param>
/// <param name="IsPart">Whether it stands there now, instead of on a page of its own.</param>
/// <param name="Theirs">What somebody else changed meanwhile.</param>
public sealed record ResponseFormModel(ResponseForm Answer, string Address, long ContactId, long AnchorId, string Frame, bool IsPart, IReadOnlyList<Stale> Theirs);

/// <summary>What the pages about one response have in common.</summary>
public abstract class ResponsePage(LiaisonDb db, Localizer texts, ActivityTexts words) : ActivityPage(db, texts, words)
{
    /// <summary>The response for changing with its contact, if the person sees it; also a deleted one when asked for.</summary>
    protected async Task<(Response Response, Contact Contact)?> ResponseAsync(long id, bool deleted, CancellationToken cancel)
    {
        var responses = deleted ? Db.Set<Response>().IgnoreQueryFilters([ActivityMapping.NotDeleted]) : Db.Set<Response>();
        if (await responses.FirstOrDefaultAsync(r => r.Id == id, cancel) is not { } response) return null;
        return await ActivityAsync(response.ActivityId, deleted, cancel) is var (_, contact) ? (response, contact) : null;
    }
}
