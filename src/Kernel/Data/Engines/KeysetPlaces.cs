using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Liaison.Kernel.Data.Engines;

/// <summary>
/// Says <see cref="Keyset.After"/> and <see cref="Keyset.Before"/> to each engine. PostgreSQL compares rows in an index, and expects the same cost for any place, so that one plan
/// does for all; for SQLite the first column bounds the search and the rest is looked at.
/// </summary>
internal sealed class KeysetPlaces(Engine engine) : IQueryExpressionInterceptor
{
    private static readonly Expression<Func<string, long, string, long, bool>>
        After = (key, id, place, placeId) => string.Compare(key, place) >= 0 && (string.Compare(key, place) > 0 || id > placeId),
        Before = (key, id, place, placeId) => string.Compare(key, place) <= 0 && (string.Compare(key, place) < 0 || id < placeId),
        RowAfter = (key, id, place, placeId) => EF.Functions.GreaterThan(ValueTuple.Create(key, id), ValueTuple.Create(place, placeId)),
        RowBefore = (key, id, place, placeId) => EF.Functions.LessThan(ValueTuple.Create(key, id), ValueTuple.Create(place, placeId));

    private readonly Putting _put = engine == Engine.PostgreSql ? new(RowAfter, RowBefore) : new(After, Before);

    public Expression QueryCompilationStarting(Expression queryExpression, QueryExpressionEventData eventData) => _put.Visit(queryExpression);

    private sealed class Putting(Expression<Func<string, long, string, long, bool>> after, Expression<Func<string, long, string, long, bool>> before) : ExpressionVisitor
    {
        protected override Expression VisitMethodCall(MethodCallExpression node)
        {
            if (node.Method.DeclaringType != typeof(Keyset)) return base.VisitMethodCall(node);
            return new Replacing(node.Method.Name == nameof(Keyset.After) ? after : before, node.Arguments).Body();
        }

        // EF's own nodes have nothing to look into.
        protected override Expression VisitExtension(Expression node) => node;
    }

    private sealed class Replacing(LambdaExpression lambda, IReadOnlyList<Expression> arguments) : ExpressionVisitor
    {
        public Expression Body() => Visit(lambda.Body);

        protected override Expression VisitParameter(ParameterExpression node) => lambda.Parameters.IndexOf(node) is >= 0 and var at ? arguments[at] : node;

        // Members that are no columns have been read when a query comes here.
        protected override Expression VisitMember(MemberExpression node) => node.Expression is null ? Expression.Constant(EF.Functions) : base.VisitMember(node);
    }
}
