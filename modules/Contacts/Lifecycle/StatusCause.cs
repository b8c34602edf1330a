using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Liaison.Kernel.Access;
using Liaison.Kernel.Journal;

namespace Liaison.Contacts.Lifecycle;

/// <summary>What made a status: kept as data and told in the reader's language.</summary>
/// <param name="Type">"created", "import", "manual", "noLifecycle" (its type has no status), "type" (it got another type), "lifecycle" (its type was switched), "merge", "relatedSale", or the word of the module whose record it is ("activity", "response").</param>
/// <param name="Id">The record's id.</param>
/// <param name="Details">Particulars the teller of this type understands (channel, direction, outcome; the action of a response; the reason given by hand; the file's name).</param>
public sealed record StatusCause(string Type, long? Id = null, string? Details = null)
{
    /// <summary>Type of the cause "a sale with a related contact": its id is the sale's, its details the kind of that record.</summary>
    public const string RelatedSale = "relatedSale";

    /// <summary>The cause "a response came": told with the action that it answers.</summary>
    public static StatusCause Response(long id, long activityId) => new("response", id, activityId.ToString(CultureInfo.InvariantCulture));

    /// <summary>The action that it is or that it answers. Earlier on, a response was told by its action alone.</summary>
    [JsonIgnore]
    public long? ActivityId => Type switch
    {
        "activity" => Id,
        RelatedSale when Details == "activity" => Id,
        "response" => long.TryParse(Details, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : Id,
        _ => null,
    };

    /// <summary>The response that it is, where it is known.</summary>
    [JsonIgnore]
    public long? ResponseId => Type == "response" && Details is not null ? Id : null;

    /// <summary>As JSON.</summary>
    public override string ToString() => JsonSerializer.Serialize(this, Journaling.Json);

    /// <summary>Reads the JSON back.</summary>
    public static StatusCause Parse(string json) =>
        json.Length == 0 ? new StatusCause("created") : JsonSerializer.Deserialize<StatusCause>(json, Journaling.Json)!;
}

/// <summary>Slot: a module whose records count for the status gives them for a contact. Called inside the transaction of the change.</summary>
public interface IStatusEvents
{
    /// <summary>All events of the contacts that are done and not deleted, by contact.</summary>
    Task<ILookup<long, StatusEvent>> OfAsync(Kernel.Data.LiaisonDb db, IReadOnlyCollection<long> contactIds, CancellationToken cancel);
}

/// <summary>Slot: tells a cause of its type in words, such as "an e-mail was sent".</summary>
public interface IStatusCauseText : IPart
{
    /// <summary>The cause types it tells.</summary>
    IReadOnlyCollection<string> Types { get; }
    /// <summary>The reason without particulars, for those who lack the permission.</summary>
    string Hint(StatusCause cause);
    /// <summary>The reason as half a sentence that follows "because", in the current language.</summary>
    string Tell(StatusCause cause);
}
