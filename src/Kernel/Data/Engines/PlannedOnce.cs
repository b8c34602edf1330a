using System.Collections;
using System.Collections.Concurrent;
using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;
using NpgsqlTypes;

namespace Liaison.Kernel.Data.Engines;

/// <summary>
/// Gives PostgreSQL queries that it plans once instead of at each call. It plans for the values again and again, which costs more than most queries, where the plan for any value
/// looks dear: a limit that is a parameter is taken for a tenth of all rows, a list for ten values, and a condition that falls away for some ("or the viewer sees all") counts in
/// full. Limits, truth values and short lists are therefore written into the text. The other parameters have places instead of names, which spares the driver to search the text
/// for them.
/// </summary>
internal sealed class PlannedOnce : DbCommandInterceptor
{
    private readonly ConditionalWeakTable<string, Query> _queries = [];

    public override DbCommand CommandInitialized(CommandEndEventData eventData, DbCommand result)
    {
        if (result is not NpgsqlCommand { Parameters.Count: > 0 } command || !(command.CommandText.StartsWith("SELECT", StringComparison.Ordinal) || OnePlan.IsOf(command.CommandText))) return result;
        var text = command.CommandText;
        if (!_queries.TryGetValue(text, out var query)) _queries.AddOrUpdate(text, query = Query.Of(text, command.Parameters));
        query.PutInto(command);
        return result;
    }

    private enum Use { Limit, Truth, Any, Other }

    private sealed class Query
    {
        // Whoever asks for ever another number of rows fills neither the memory here nor that of prepared statements there.
        private const int MostTexts = 32;
        // Longer lists are as well off as parameters: any list counts as one of ten.
        private const int LongestList = 4;
        private const long AsItIs = -1;

        private readonly ConcurrentDictionary<long, string> _texts = new();
        private readonly List<Piece> _pieces = [];
        // The parameters whose value changes the text.
        private readonly List<(int Place, Use Use)> _telling = [];
        private bool _isLeft;

        private readonly record struct Piece(string Text, int Parameter);

        /// <summary>Takes a query apart; what is not understood for certain stays as it is.</summary>
        public static Query Of(string text, NpgsqlParameterCollection parameters)
        {
            var query = new Query();
            query._isLeft = !query.Take(text, parameters);
            return query;
        }

        public void PutInto(NpgsqlCommand command)
        {
            if (_isLeft) return;
            var parameters = command.Parameters;
            var values = ValuesOf(parameters);
            if (!_texts.TryGetValue(values, out var text))
            {
                if (_texts.Count >= MostTexts) values = AsItIs;
                text = _texts.GetOrAdd(values, TextFor(values, parameters));
            }
            command.CommandText = text;
            if (values != AsItIs)
            {
                foreach (var (place, use) in _telling)
                    if (use == Use.Any && Short(parameters[place]) is { } list) PutItems(parameters, place, list);
                for (var i = _telling.Count - 1; i >= 0; i--)
                    if (_telling[i].Use != Use.Any) parameters.RemoveAt(_telling[i].Place);
            }
            for (var i = 0; i < parameters.Count; i++) parameters[i].ParameterName = "";
        }

        // The first item in the place of the list, the others behind all parameters.
        private static void PutItems(NpgsqlParameterCollection parameters, int place, IList list)
        {
            var type = parameters[place].NpgsqlDbType & ~NpgsqlDbType.Array;
            (parameters[place].NpgsqlDbType, parameters[place].Value) = (type, list[0]);
            for (var i = 1; i < list.Count; i++) parameters.Add(new NpgsqlParameter { NpgsqlDbType = type, Value = list[i] });
        }

        // Sixteen bits for each limit, one for each truth value and three for each list.
        private long ValuesOf(NpgsqlParameterCollection parameters)
        {
            var values = 0L;
            foreach (var (place, use) in _telling)
            {
                var value = parameters[place].Value;
                if (values >= 1L << 46) return AsItIs;
                if (use == Use.Any) values = (values << 3) | (long)(Short(parameters[place])?.Count ?? 0);
                else if (use == Use.Limit && value is int and >= 0 and < 1 << 16 and var rows) values = (values << 16) | (long)rows;
                else if (use == Use.Truth && value is bool holds) values = (values << 1) | (holds ? 1L : 0L);
                else return AsItIs;
            }
            return values;
        }

        private static IList? Short(NpgsqlParameter parameter) =>
            parameter.Value is IList { Count: > 0 and <= LongestList } list && parameter.NpgsqlDbType.HasFlag(NpgsqlDbType.Array) && !list.Contains(null) ? list : null;

        private string TextFor(long values, NpgsqlParameterCollection parameters)
        {
            var gone = values == AsItIs ? [] : _telling.Where(t => t.Use != Use.Any).Select(t => t.Place).ToList();
            string Place(int parameter) => string.Create(CultureInfo.InvariantCulture, $"${parameter - gone.Count(g => g < parameter) + 1}");
            var lists = new Dictionary<int, string>();
            var next = parameters.Count;
            foreach (var (place, _) in _telling.Where(t => t.Use == Use.Any))
            {
                var items = values == AsItIs ? null : Short(parameters[place]);
                lists[place] = items is null ? $"ANY ({Place(place)})" : items.Count == 1 ? Place(place)
                    : $"ANY (ARRAY[{string.Join(',', Enumerable.Range(0, items.Count).Select(i => i == 0 ? Place(place) : Place(next++)))}])";
            }
            var text = new StringBuilder();
            foreach (var (before, parameter) in _pieces)
            {
                text.Append(before);
                if (parameter < 0) continue;
                if (lists.TryGetValue(parameter, out var list)) text.Append(list);
                else if (!gone.Contains(parameter)) text.Append(Place(parameter));
                else if (parameters[parameter].Value is bool holds) text.Append(holds ? "TRUE" : "FALSE");
                else text.Append(CultureInfo.InvariantCulture, $"{parameters[parameter].Value}");
            }
            return text.ToString();
        }

        private bool Take(string text, NpgsqlParameterCollection parameters)
        {
            var places = new Dictionary<string, int>(StringComparer.Ordinal);
            for (var i = 0; i < parameters.Count; i++) places[parameters[i].ParameterName.TrimStart('@')] = i;
            if (places.Count != parameters.Count) return false;
            var uses = new Dictionary<int, Use>();
            var start = 0;
            for (var i = 0; i < text.Length; i++)
            {
                switch (text[i])
                {
                    case '\'' or '"':
                        // A doubled quote ends one quotation and begins the next; E'' knows other escapes, and several statements are for the driver to part.
                        if (text[i] == '\'' && i > 0 && text[i - 1] == 'E') return false;
                        i = text.IndexOf(text[i], i + 1);
                        if (i < 0) return false;
                        break;
                    case ';' or '$' or '\\': return false;
                    case '-' when i + 1 < text.Length && text[i + 1] == '-':
                        i = text.IndexOf('\n', i);
                        if (i < 0) return false;
                        break;
                    case '@' when i + 1 < text.Length && (char.IsLetter(text[i + 1]) || text[i + 1] == '_'):
                        var end = i + 1;
                        while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] == '_')) end++;
                        if (!places.TryGetValue(text[(i + 1)..end], out var parameter)) return false;
                        var before = text[start..i];
                        var use = before.EndsWith("LIMIT ", StringComparison.Ordinal) ? Use.Limit : parameters[parameter].Value is bool ? Use.Truth
                            : before.EndsWith("= ANY (", StringComparison.Ordinal) && end < text.Length && text[end] == ')' ? Use.Any : Use.Other;
                        // What is used in two ways is left alone.
                        if (uses.TryGetValue(parameter, out var other) && other != use) return false;
                        uses[parameter] = use;
                        _pieces.Add(new(use == Use.Any ? before[..^"ANY (".Length] : before, parameter));
                        start = use == Use.Any ? end + 1 : end;
                        i = start - 1;
                        break;
                }
            }
            _pieces.Add(new(text[start..], -1));
            // A parameter that the text does not name has no place there.
            if (uses.Count != parameters.Count) return false;
            _telling.AddRange(uses.Where(u => u.Value != Use.Other).OrderBy(u => u.Key).Select(u => (u.Key, u.Value)));
            return true;
        }
    }
}
