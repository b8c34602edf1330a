using Liaison.Access;
using Liaison.Contacts.Lifecycle;
using Liaison.Kernel.Data;
using Liaison.Kernel.Texts;
using Liaison.Kernel.Ui;
using Microsoft.AspNetCore.Html;

namespace Liaison.Contacts.Lists;

/// <summary>What every row of a list needs, looked up once a request: names of users, statuses, types, and the marks.</summary>
public sealed class ListLook(Localizer texts, Display show, Users users, LiaisonDb db, ContactLists lists)
{
    private readonly Dictionary<ContactStatus, IHtmlContent> _badges = [];
    private readonly Dictionary<long, IHtmlContent> _people = [];
    private IReadOnlyDictionary<long, Colleague> _users = new Dictionary<long, Colleague>();
    private IReadOnlyList<Choice> _types = [], _temperatures = [];
    private IHtmlContent? _read, _write, _company;

    /// <summary>Reads the lists (from memory, at most five seconds old).</summary>
    public async ValueTask<ListLook> ReadyAsync(CancellationToken cancel)
    {
        _users = await users.AllAsync(cancel);
        var known = await lists.OfAsync(db, cancel);
        (_types, _temperatures) = (known.TypeChoices, known.TemperatureChoices);
        Tick = texts["contacts.list.tick", "\u0001"].Split('\u0001')[0];
        return this;
    }

    /// <summary>"Choose ", before a name, for screen readers.</summary>
    public string Tick { get; private set; } = "";

    /// <summary>A moment as people say it.</summary>
    public IHtmlContent When(DateTime? utc) => show.When(utc);

    /// <summary>The status as a badge.</summary>
    public IHtmlContent Badge(ContactStatus status) => _badges.TryGetValue(status, out var badge) ? badge : status == ContactStatus.None ? HtmlString.Empty
        : _badges[status] = Ui.Badge(texts["status." + ContactFilter.Word(status)], StatusTexts.Badge(status));

    /// <summary>A user's initials.</summary>
    public IHtmlContent Person(long id) => _people.TryGetValue(id, out var person) ? person
        : _people[id] = _users.TryGetValue(id, out var user) ? Ui.NamedAvatar(user.Name) : HtmlString.Empty;

    /// <summary>The mark of a contact that others see too.</summary>
    public IHtmlContent Shared(ContactAccess access) => access switch
    {
        ContactAccess.Read => _read ??= Ui.LabelledIcon("users", texts["contacts.shared.read"], "mark"),
        ContactAccess.ReadWrite => _write ??= Ui.LabelledIcon("users", texts["contacts.shared.readWrite"], "mark"),
        _ => HtmlString.Empty,
    };

    /// <summary>The mark of a company.</summary>
    public IHtmlContent Company => _company ??= Ui.LabelledIcon("building-2", texts["contacts.kind.company"], "mark kind");

    /// <summary>Name of a type, empty for none.</summary>
    public string Type(long? id) => Name(_types, id);

    /// <summary>Name of a temperature, empty for none.</summary>
    public string Temperature(long? id) => Name(_temperatures, id);

    private string Name(IReadOnlyList<Choice> list, long? id)
    {
        if (id is not null) foreach (var choice in list) if (choice.Id == id) return choice.Say(texts);
        return "";
    }
}
