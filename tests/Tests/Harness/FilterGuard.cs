using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Query;

namespace Liaison.Tests.Harness;

/// <summary>
/// Looks at each query before it is compiled. A filter that is switched off anywhere in a query is off in all of it: every table that has such a filter must then
/// say itself that it does without, or what others may not see gets in by accident.
/// </summary>
public sealed class FilterGuard : IQueryExpressionInterceptor
{
    /// <summary>One for all servers.</summary>
    public static readonly FilterGuard Instance = new();

    /// <summary>Queries looked at that switch a filter off.</summary>
    public int Seen => _seen;
    private int _seen;

    public Expression QueryCompilationStarting(Expression queryExpression, QueryExpressionEventData eventData)
    {
        var reading = new Reading();
        reading.Visit(queryExpression);
        if (reading.Off.Count == 0) return queryExpression;
        Interlocked.Increment(ref _seen);
        foreach (var (type, own) in reading.Tables)
        {
            // Two sets of names: those off in the whole query, and those this table does without.
            if (Filters(type).FirstOrDefault(f => IsOff(reading.Off, f) && !IsOff(own, f)) is { } filter)
                throw new InvalidOperationException($"The filter “{filter}” of {type.ClrType.Name} is off in this query because another table does without it: {queryExpression}");
        }
        return queryExpression;
    }

    private static IEnumerable<string> Filters(IEntityType type) => type.GetDeclaredQueryFilters().Select(f => f.Key ?? "");

    private static bool IsOff(IEnumerable<string> off, string filter) => off.Any(o => o == "*" || o == filter);

    private sealed class Reading : ExpressionVisitor
    {
        private readonly List<string> _here = [];

        /// <summary>Names of filters switched off anywhere; "*" for all.</summary>
        public HashSet<string> Off { get; } = new(StringComparer.Ordinal);
        /// <summary>Each table read, with the filters it does without.</summary>
        public List<(IEntityType Type, string[] Own)> Tables { get; } = [];

        protected override Expression VisitMethodCall(MethodCallExpression node)
        {
            if (node.Method.DeclaringType != typeof(EntityFrameworkQueryableExtensions)) return Elsewhere(node);
            if (node.Method.Name is "AsNoTracking" or "AsTracking") return base.VisitMethodCall(node);
            if (node.Method.Name != "IgnoreQueryFilters") return Elsewhere(node);
            string[] names = node.Arguments.Count == 1 ? ["*"] : [.. Names(node.Arguments[1])];
            Off.UnionWith(names);
            _here.AddRange(names);
            Visit(node.Arguments[0]);
            _here.RemoveRange(_here.Count - names.Length, names.Length);
            return node;
        }

        protected override Expression VisitExtension(Expression node)
        {
            if (node is EntityQueryRootExpression root) Tables.Add((root.EntityType, [.. _here]));
            return node is QueryRootExpression ? node : base.VisitExtension(node);
        }

        // What was said of one table does not hold for what is joined to it.
        private Expression Elsewhere(MethodCallExpression node)
        {
            var kept = _here.ToArray();
            _here.Clear();
            var visited = base.VisitMethodCall(node);
            _here.AddRange(kept);
            return visited;
        }

        private static IEnumerable<string> Names(Expression names) => names switch
        {
            ConstantExpression { Value: IEnumerable<string> values } => values,
            NewArrayExpression array => array.Expressions.Cast<ConstantExpression>().Select(e => (string)e.Value!),
            _ => Expression.Lambda<Func<IEnumerable<string>>>(names).Compile()(),
        };
    }
}
