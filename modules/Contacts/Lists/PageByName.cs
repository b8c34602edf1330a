using System.Collections.Concurrent;
using System.Linq.Expressions;
using Liaison.Contacts.Labels;
using Liaison.Contacts.Lifecycle;
using Liaison.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Liaison.Contacts.Lists;

/// <summary>
/// A page of contacts by name, of any status or of some: the lists that are opened most. Each shape is put together and translated once; saying a query anew costs more than
/// the database needs to answer it.
/// </summary>
internal sealed class PageByName<T>(IReadOnlyList<ContactStatus> statuses, bool descending, Cursor? cursor, int take) where T : class, IListed<T>
{
    private static readonly ConcurrentDictionary<Shape, FixedQuery<string, long, int, T>> All = new();
    private static readonly ConcurrentDictionary<(bool Descending, bool SeesAll), FixedQuery<string, string, long, int, NamePlace>> InCity = new();
    private static readonly ConcurrentDictionary<Shape, FixedQuery<string, string, long, int, T>> Tagged = new();
    private static readonly ConcurrentDictionary<Shape, FixedQuery<long, string, long, int, T>> Held = new();
    private static readonly ConcurrentDictionary<Shape, FixedQuery<long, List<ContactStatus>, string, long, int, T>> Seen = new();
    private static readonly ConcurrentDictionary<Shape, FixedQuery<long, List<ContactStatus>, string, long, int, NamePlace>> SeenPlaces = new();

    // Without a cursor it starts before the first name, or behind the last.
    private readonly string _key = cursor?.Key ?? (descending ? "\U0010FFFF" : "");
    private readonly long _id = cursor?.Id ?? (descending ? long.MaxValue : 0);
    // Every status is as good as none.
    private readonly List<ContactStatus> _statuses = statuses.Count == Enum.GetValues<ContactStatus>().Length ? [] : [.. statuses.Order()];

    /// <summary>Of all contacts the viewer sees.</summary>
    public Task<List<T>> AllAsync(LiaisonDb db, CancellationToken cancel) =>
        All.GetOrAdd(ShapeFor(db), static shape => new(OfAll(shape), isOnePlan: true)).ListAsync(db, _key, _id, take, cancel);

    /// <summary>Of those with a tag.</summary>
    public Task<List<T>> TaggedAsync(LiaisonDb db, string tag, CancellationToken cancel) => Tagged.GetOrAdd(ShapeFor(db), static shape => new(Marked<string, ContactTag>(shape,
        (db, key) => db.Set<ContactTag>().Where(t => t.TagId == db.Set<Tag>().Where(x => x.Key == key).Select(x => x.Id).First())), isOnePlan: true)).ListAsync(db, SearchText.Fold(tag), _key, _id, take, cancel);

    /// <summary>Of those a user looks after.</summary>
    public Task<List<T>> HeldByAsync(LiaisonDb db, long user, CancellationToken cancel) =>
        Held.GetOrAdd(ShapeFor(db), static shape => new(Marked(shape, HeldBy), isOnePlan: true)).ListAsync(db, user, _key, _id, take, cancel);

    /// <summary>Of what somebody sees who sees little of the base: their own from the index of responsible users, the others from that of the shared ones.</summary>
    public Task<List<T>> SeenAsync(LiaisonDb db, CancellationToken cancel) =>
        Seen.GetOrAdd(ShapeFor(db), static shape => new(OfSeen(shape), isOnePlan: true)).ListAsync(db, db.ViewerId, _statuses, _key, _id, take, cancel);

    /// <summary>Where the same stand, in order.</summary>
    public Task<List<NamePlace>> SeenPlacesAsync(LiaisonDb db, CancellationToken cancel) =>
        SeenPlaces.GetOrAdd(ShapeFor(db), static shape => new(PlacesOfSeen(shape), isOnePlan: true)).ListAsync(db, db.ViewerId, _statuses, _key, _id, take, cancel);

    /// <summary>Of those in these cities, of whatever status.</summary>
    public async Task<List<T>> InCitiesAsync(LiaisonDb db, IReadOnlyList<string> cities, CancellationToken cancel)
    {
        // The index is in the order of names within each city, so the first of each city are enough.
        var places = new List<NamePlace>();
        foreach (var city in cities) places.AddRange(await InCity.GetOrAdd((descending, db.SeesAll), static shape => OfCity(shape.Descending, shape.SeesAll)).ListAsync(db, city, _key, _id, take, cancel));
        places.Sort((a, b) => NamePlace.Compare(a, b) * (descending ? -1 : 1));
        var ids = places.Take(take).Select(p => p.Id).ToList();
        var rows = (await OfIds.ListAsync(db, ids, cancel)).ToDictionary(r => r.Id);
        return [.. ids.Where(rows.ContainsKey).Select(id => rows[id])];
    }

    private Shape ShapeFor(LiaisonDb db) => new(string.Join(' ', _statuses.Select(s => (int)s)), descending, db.SeesAll);

    // What differs between the statements: everything else are parameters.
    private sealed record Shape(string Words, bool Descending, bool SeesAll)
    {
        public IEnumerable<ContactStatus> Statuses => Words.Length == 0 ? Enum.GetValues<ContactStatus>() : Words.Split(' ').Select(Enum.Parse<ContactStatus>);
    }

    private sealed class Place
    {
        public required string SortName { get; init; }
        public required long Id { get; init; }
    }

    private sealed class Placed
    {
        public required Place Place { get; init; }
        public required Contact Contact { get; init; }
    }

    private static readonly ParameterExpression Db = Expression.Parameter(typeof(LiaisonDb), "db"), Wanted = Expression.Parameter(typeof(List<ContactStatus>), "wanted"),
        Key = Expression.Parameter(typeof(string), "key"), Id = Expression.Parameter(typeof(long), "id"), Take = Expression.Parameter(typeof(int), "take");

    private static readonly string[] Visible = [ContactMapping.Visible];

    private static readonly Expression<Func<Contact, T>> Of = T.Of;

    private static readonly FixedQuery<List<long>, T> OfIds = new((db, ids) => db.Set<Contact>().AsNoTracking().Where(c => ids.Contains(c.Id)).Select(Of));

    private static readonly Expression<Func<IQueryable<Contact>, int, IQueryable<Place>>> Places = (all, take) => all.Select(c => new Place { SortName = c.SortName, Id = c.Id }).Take(take);

    private static readonly Expression<Func<LiaisonDb, long, IQueryable<ContactResponsible>>> HeldBy = (db, user) => db.Set<ContactResponsible>().Where(r => r.UserId == user);

    private static Expression<Func<LiaisonDb, string, long, int, IQueryable<T>>> OfAll(Shape shape)
    {
        Expression<Func<IQueryable<Contact>, ContactStatus, IQueryable<Contact>>> within = (all, wanted) => all.Where(c => c.Status == wanted);
        Expression<Func<IQueryable<Contact>, int, IQueryable<T>>> rows = (all, take) => all.Take(take).Select(Of);
        var all = Contacts(shape.SeesAll);
        var parts = shape.Words.Length == 0 ? [all] : shape.Statuses.Select(status => Put(within, all, Expression.Constant(status))).ToArray();
        parts = [.. parts.Select(part => Put(InOrder(shape.Descending), part, Key, Id))];
        var asked = parts.Length == 1 ? Put(rows, parts[0], Take)
            // The index is in the order of names within each status, so the first of each status are enough.
            : Rows(shape.Descending, parts.Select(part => Put(Places, part, Take)).Aggregate((before, next) => Joined(nameof(Queryable.Concat), before, next)), all);
        return Expression.Lambda<Func<LiaisonDb, string, long, int, IQueryable<T>>>(asked, Db, Key, Id, Take);
    }

    // For those who see everything the condition is left out, as everywhere.
    private static Expression Contacts(bool all)
    {
        Expression<Func<LiaisonDb, IQueryable<Contact>>> contacts = all ? db => db.Set<Contact>().IgnoreQueryFilters(Visible).AsNoTracking() : db => db.Set<Contact>().AsNoTracking();
        return Put(contacts, Db);
    }

    private static FixedQuery<string, string, long, int, NamePlace> OfCity(bool descending, bool seesAll)
    {
        Expression<Func<IQueryable<Contact>, string, IQueryable<Contact>>> there = (all, city) => all.Where(c => c.CityKey == city);
        Expression<Func<IQueryable<Contact>, int, IQueryable<NamePlace>>> places = (all, take) => all.Take(take).Select(c => new NamePlace(c.SortName, c.Id));
        var city = Expression.Parameter(typeof(string), "city");
        var asked = Put(InOrder(descending), Put(there, Contacts(seesAll), city), Key, Id);
        return new(Expression.Lambda<Func<LiaisonDb, string, string, long, int, IQueryable<NamePlace>>>(Put(places, asked, Take), Db, city, Key, Id, Take), isOnePlan: true);
    }

    private static Expression<Func<LiaisonDb, TMark, string, long, int, IQueryable<T>>> Marked<TMark, TOne>(Shape shape, Expression<Func<LiaisonDb, TMark, IQueryable<TOne>>> marks) where TOne : class, IContactMark
    {
        Expression<Func<LiaisonDb, IQueryable<TOne>, IQueryable<TOne>>> visible = (db, all) => all.Where(m => db.Set<Contact>().Any(c => c.Id == m.ContactId));
        Expression<Func<LiaisonDb, IQueryable<Contact>>> contacts = db => db.Set<Contact>().AsNoTracking();
        var mark = Expression.Parameter(typeof(TMark), "mark");
        var asked = Put(marks, Db, mark);
        if (!shape.SeesAll) asked = Put(visible, Db, asked);
        return Expression.Lambda<Func<LiaisonDb, TMark, string, long, int, IQueryable<T>>>(Rows(shape.Descending, First<TOne>(shape, asked), Put(contacts, Db)), Db, mark, Key, Id, Take);
    }

    private static readonly ParameterExpression OfViewer = Expression.Parameter(typeof(long), "viewer");

    private static Expression<Func<LiaisonDb, long, List<ContactStatus>, string, long, int, IQueryable<T>>> OfSeen(Shape shape) =>
        Expression.Lambda<Func<LiaisonDb, long, List<ContactStatus>, string, long, int, IQueryable<T>>>(Rows(shape.Descending, BothSeen(shape), Put(SeenContacts.AliveOf, Db), OfPlaced(contact => Put(T.OfSeen, Db, OfViewer, contact))), Db, OfViewer, Wanted, Key, Id, Take);

    private static Expression<Func<LiaisonDb, long, List<ContactStatus>, string, long, int, IQueryable<NamePlace>>> PlacesOfSeen(Shape shape)
    {
        Expression<Func<IQueryable<Place>, int, IQueryable<NamePlace>>> first = shape.Descending
            ? (places, take) => places.OrderByDescending(p => p.SortName).ThenByDescending(p => p.Id).Take(take).Select(p => new NamePlace(p.SortName, p.Id))
            : (places, take) => places.OrderBy(p => p.SortName).ThenBy(p => p.Id).Take(take).Select(p => new NamePlace(p.SortName, p.Id));
        return Expression.Lambda<Func<LiaisonDb, long, List<ContactStatus>, string, long, int, IQueryable<NamePlace>>>(Put(first, BothSeen(shape), Take), Db, OfViewer, Wanted, Key, Id, Take);
    }

    // The first of the viewer's own and of the shared ones.
    private static MethodCallExpression BothSeen(Shape shape)
    {
        Expression<Func<IQueryable<Contact>, List<ContactStatus>, IQueryable<Contact>>> within = (all, wanted) => all.Where(c => wanted.Contains(c.Status));
        var others = Put(SeenContacts.SharedOf, Db);
        if (shape.Words.Length > 0) others = Put(within, others, Wanted);
        others = Put(Places, Put(InOrder(shape.Descending), others, Key, Id), Take);
        return Joined(nameof(Queryable.Union), First<ContactResponsible>(shape, Put(HeldBy, Db, OfViewer)), others);
    }

    // The index of a tag's or a user's contacts is in the order of names within each status, so the first of each status are enough.
    private static Expression First<TOne>(Shape shape, Expression marks) where TOne : class, IContactMark
    {
        Expression<Func<IQueryable<TOne>, ContactStatus, string, long, int, IQueryable<Place>>> part = shape.Descending
            ? (all, status, key, id, take) => all.Where(m => m.Status == status && Keyset.Before(m.SortName, m.ContactId, key, id))
                .OrderByDescending(m => m.SortName).ThenByDescending(m => m.ContactId).Select(m => new Place { SortName = m.SortName, Id = m.ContactId }).Take(take)
            : (all, status, key, id, take) => all.Where(m => m.Status == status && Keyset.After(m.SortName, m.ContactId, key, id))
                .OrderBy(m => m.SortName).ThenBy(m => m.ContactId).Select(m => new Place { SortName = m.SortName, Id = m.ContactId }).Take(take);
        return shape.Statuses.Select(status => Put(part, marks, Expression.Constant(status), Key, Id, Take)).Aggregate((before, next) => Joined(nameof(Queryable.Concat), before, next));
    }

    private static Expression<Func<IQueryable<Contact>, string, long, IQueryable<Contact>>> InOrder(bool descending) => descending
        ? (all, key, id) => all.Where(c => Keyset.Before(c.SortName, c.Id, key, id)).OrderByDescending(c => c.SortName).ThenByDescending(c => c.Id)
        : (all, key, id) => all.Where(c => Keyset.After(c.SortName, c.Id, key, id)).OrderBy(c => c.SortName).ThenBy(c => c.Id);

    // The contacts at the first of these places.
    private static Expression Rows(bool descending, Expression places, Expression contacts, Expression<Func<Placed, T>>? row = null)
    {
        Expression<Func<IQueryable<Place>, IQueryable<Contact>, int, IQueryable<Placed>>> first = descending
            ? (places, contacts, take) => places.OrderByDescending(p => p.SortName).ThenByDescending(p => p.Id).Take(take).Join(contacts, p => p.Id, c => c.Id, (p, c) => new Placed { Place = p, Contact = c })
                .OrderByDescending(p => p.Place.SortName).ThenByDescending(p => p.Place.Id)
            : (places, contacts, take) => places.OrderBy(p => p.SortName).ThenBy(p => p.Id).Take(take).Join(contacts, p => p.Id, c => c.Id, (p, c) => new Placed { Place = p, Contact = c })
                .OrderBy(p => p.Place.SortName).ThenBy(p => p.Place.Id);
        return Expression.Call(typeof(Queryable), nameof(Queryable.Select), [typeof(Placed), typeof(T)], Put(first, places, contacts, Take), Expression.Quote(row ?? OfPlaced(contact => Put(T.Of, contact))));
    }

    private static Expression<Func<Placed, T>> OfPlaced(Func<Expression, Expression> row)
    {
        var placed = Expression.Parameter(typeof(Placed), "placed");
        return Expression.Lambda<Func<Placed, T>>(row(Expression.Property(placed, nameof(Placed.Contact))), placed);
    }

    private static MethodCallExpression Joined(string how, Expression some, Expression others) => Expression.Call(typeof(Queryable), how, [typeof(Place)], some, others);

    // The lambda's body with these in the place of its parameters.
    private static Expression Put(LambdaExpression lambda, params Expression[] arguments) => new Replacing(lambda.Parameters.Zip(arguments).ToDictionary(p => p.First, p => p.Second)).Visit(lambda.Body);

    private sealed class Replacing(Dictionary<ParameterExpression, Expression> by) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => by.GetValueOrDefault(node, node);
    }
}
