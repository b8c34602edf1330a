using Liaison.Contacts.Lists;
using Liaison.Kernel.Access;
using Liaison.Kernel.Texts;

namespace Liaison.Contacts.Lifecycle;

/// <summary>Statuses and their reasons in words of the current language.</summary>
public sealed class StatusTexts(Localizer texts, IEnumerable<IStatusCauseText> tellers, CurrentViewer current)
{
    /// <summary>"Prospect", "Lead mort"…</summary>
    public string Name(ContactStatus status) => texts["status." + ContactFilter.Word(status)];

    /// <summary>The badge's kind: lead, prospect, client, dead.</summary>
    public static string Badge(ContactStatus status) => status switch
    {
        ContactStatus.Lead => "lead", ContactStatus.Prospect => "prospect", ContactStatus.Client => "client", ContactStatus.None => "none", _ => "dead",
    };

    /// <summary>The reason as what follows "because": "the e-mail was sent".</summary>
    public string Because(StatusCause cause) => cause.Type switch
    {
        "created" => texts["because.created"],
        "import" => texts["because.import"],
        "noLifecycle" => texts["because.noLifecycle"],
        "type" => texts["because.type"],
        StatusCause.RelatedSale => texts["because.relatedSale"],
        "lifecycle" => texts["because.lifecycle"],
        "manual" => cause.Details is { Length: > 0 } reason ? texts["because.manualReason", reason] : texts["because.manual"],
        _ => tellers.FirstOrDefault(t => t.Types.Contains(cause.Type)) is not { } teller ? texts["because.other"] : current.Viewer.MayHave(teller) ? teller.Tell(cause) : teller.Hint(cause),
    };
}
