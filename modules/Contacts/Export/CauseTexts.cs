using Liaison.Contacts.Lifecycle;

namespace Liaison.Contacts.Export;

/// <summary>Tells the causes of statuses; those that differ only by the record's id are told once.</summary>
internal sealed class CauseTexts(StatusTexts statuses)
{
    private const int Most = 1000;
    private const string Id = ",\"id\":";
    private readonly Dictionary<string, string> _told = new(StringComparer.Ordinal);

    public string Tell(string json)
    {
        var key = WithoutId(json);
        if (_told.TryGetValue(key, out var text)) return text;
        if (_told.Count >= Most) _told.Clear();
        return _told[key] = statuses.Because(StatusCause.Parse(json));
    }

    // The id stands before the details, whose quotes are escaped.
    private static string WithoutId(string json)
    {
        var at = json.IndexOf(Id, StringComparison.Ordinal);
        if (at < 0 || json.IndexOf("\"details\":", StringComparison.Ordinal) is >= 0 and var details && details < at) return json;
        var end = at + Id.Length;
        while (end < json.Length && char.IsAsciiDigit(json[end])) end++;
        return string.Concat(json.AsSpan(0, at), json.AsSpan(end));
    }
}
