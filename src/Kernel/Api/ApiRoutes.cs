using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Liaison.Kernel.Api;

/// <summary>The query parameters an endpoint reads; any other is refused. Part of the description at /api/v1/openapi.json.</summary>
/// <param name="Names">Names; one that may stand several times ends with "*".</param>
public sealed record QueryParameters(IReadOnlyList<string> Names)
{
    /// <summary>Besides, these parameters of lists, by the word of the list, which depend on the address: the endpoint refuses the others itself.</summary>
    public Func<IServiceProvider, IEnumerable<(string List, IReadOnlyList<string> Names)>>? OfLists { get; init; }
    /// <summary>Whether the parameter may stand several times.</summary>
    public bool AllowsMany(string name) => Names.Contains(name + "*");
    /// <summary>Whether the parameter is read at all.</summary>
    public bool Has(string name) => Names.Contains(name) || AllowsMany(name);
}

/// <summary>A service: what a property that holds anything may hold, for the description.</summary>
/// <param name="Type">The class.</param>
/// <param name="Property">Its property.</param>
/// <param name="Holds">A class that it may hold.</param>
public sealed record MayHold(Type Type, string Property, Type Holds);

/// <summary>What a query parameter holds when it is more than any text: part of the description.</summary>
/// <param name="Name">The parameter.</param>
/// <param name="Type">An enum (its words in camel case), a number, a day, yes or no.</param>
/// <param name="Words">The words it knows, when they are no enum.</param>
public sealed record ParameterValues(string Name, Type Type, IReadOnlyList<string> Words);

/// <summary>Whether a record comes with an ETag: part of the description.</summary>
/// <param name="IsSent">Yes or no; what is declared last counts.</param>
public sealed record ETagSent(bool IsSent);

/// <summary>Describes endpoints of the API: name (its text is "apiDoc.NAME"), what they take and give. The description is what is checked.</summary>
public static class ApiRoutes
{
    /// <summary>A list: limit, cursor, and these parameters besides.</summary>
    public static RouteHandlerBuilder Lists<T>(this RouteHandlerBuilder route, string name, params string[] query) =>
        route.Described(name, ["limit", "cursor", .. query]).Produces<ListReply<T>>().Problems(400, 401, 403);

    /// <summary>The best of a list, not more: limit, and these parameters besides.</summary>
    public static RouteHandlerBuilder ListsBest<T>(this RouteHandlerBuilder route, string name, params string[] query) =>
        route.Described(name, ["limit", .. query]).Produces<ListReply<T>>().Problems(400, 401, 403);

    /// <summary>One record, with its ETag; 404 where the address has a part that may be wrong.</summary>
    public static RouteHandlerBuilder Gives<T>(this RouteHandlerBuilder route, string name, params string[] query) =>
        route.Described(name, query).WithETag().Produces<T>().Problems(400, 401, 403, 404);

    /// <summary>What is said about an input, of which nothing is kept, or a record that it acts on.</summary>
    public static RouteHandlerBuilder Answers<TInput, T>(this RouteHandlerBuilder route, string name, params string[] query) where TInput : notnull =>
        route.Gives<T>(name, query).WithETag(false).Accepts<TInput>("application/json").Problems(413, 415, 422);

    /// <summary>A file.</summary>
    public static RouteHandlerBuilder GivesFile(this RouteHandlerBuilder route, string name, string mediaType, params string[] more) =>
        route.Described(name).Produces<Stream>(200, mediaType, more).Problems(400, 401, 403, 404);

    /// <summary>A new record from an input, as JSON unless another media type is named.</summary>
    public static RouteHandlerBuilder Creates<TInput, T>(this RouteHandlerBuilder route, string name, string mediaType = "application/json") where TInput : notnull =>
        route.Described(name).WithETag().Accepts<TInput>(mediaType).Produces<T>(201).Problems(400, 401, 403, 413, 415, 422);

    /// <summary>A changed record from an input.</summary>
    public static RouteHandlerBuilder Changes<TInput, T>(this RouteHandlerBuilder route, string name) where TInput : notnull =>
        route.Described(name).WithETag().Takes<TInput>().Produces<T>().Problems(400, 401, 403, 404, 412, 413, 415, 422);

    /// <summary>A record that goes away.</summary>
    public static RouteHandlerBuilder Deletes(this RouteHandlerBuilder route, string name, params string[] query) =>
        route.Described(name, query).Produces(204).Problems(400, 401, 403, 404, 412);

    /// <summary>The same; while something needs it 409, unless the request says what that gets instead.</summary>
    public static RouteHandlerBuilder DeletesOrReplaces(this RouteHandlerBuilder route, string name) => route.Deletes(name, "replaceWith").Problems(409);

    /// <summary>The name, and the query parameters the endpoint reads.</summary>
    public static RouteHandlerBuilder Described(this RouteHandlerBuilder route, string name, params IReadOnlyList<string> query) =>
        route.WithName(name).WithMetadata(new QueryParameters(query)).ProducesProblem(429);

    /// <summary>Says whether the reply has an ETag.</summary>
    public static RouteHandlerBuilder WithETag(this RouteHandlerBuilder route, bool isSent = true) => route.WithMetadata(new ETagSent(isSent));

    /// <summary>Says what a query parameter holds.</summary>
    public static RouteHandlerBuilder Holds<T>(this RouteHandlerBuilder route, params IEnumerable<string> parameters)
    {
        foreach (var name in parameters) route.WithMetadata(new ParameterValues(name, typeof(T), []));
        return route;
    }

    /// <summary>Says which words a query parameter knows.</summary>
    public static RouteHandlerBuilder HoldsOneOf(this RouteHandlerBuilder route, string parameter, params IEnumerable<string> words) =>
        route.WithMetadata(new ParameterValues(parameter, typeof(string), [.. words]));

    /// <summary>Says by which fields a list is sorted: each also descending, with "-" in front.</summary>
    public static RouteHandlerBuilder SortsBy(this RouteHandlerBuilder route, params IEnumerable<string> fields) => route.HoldsOneOf("sort", fields.SelectMany(f => new[] { f, "-" + f }));

    /// <summary>What every endpoint of the API goes through.</summary>
    public static RouteGroupBuilder AddApiFilters(this RouteGroupBuilder api) => api.AddEndpointFilter<StrictQuery>().AddEndpointFilter<Idempotency>();

    private static RouteHandlerBuilder Takes<T>(this RouteHandlerBuilder route) where T : notnull =>
        route.Accepts<T>("application/json", "application/merge-patch+json");

    private static RouteHandlerBuilder Problems(this RouteHandlerBuilder route, params int[] statuses)
    {
        foreach (var status in statuses) route.ProducesProblem(status);
        return route;
    }
}

/// <summary>A list's reply.</summary>
/// <param name="Items">This page.</param>
/// <param name="NextCursor">Where the next page starts; null at the end.</param>
/// <param name="Count">How many there are in all pages; null where they are not counted.</param>
/// <param name="CountIsCapped">Whether counting stopped there and there are more.</param>
public sealed record ListReply<T>(IReadOnlyList<T> Items, string? NextCursor, int? Count, bool CountIsCapped);

/// <summary>Refuses query parameters that the endpoint does not read, doubled ones, and broken text.</summary>
internal sealed class StrictQuery : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (http.Request.Query.Count > 0 && http.GetEndpoint()?.Metadata.GetMetadata<QueryParameters>() is { } known)
        {
            foreach (var (name, values) in http.Request.Query)
            {
                if (!known.Has(name) && known.OfLists is null) throw new BadFieldException(name, "api.error.unknownParameter", name);
                if (values.Count > 1 && known.Has(name) && !known.AllowsMany(name)) throw new BadFieldException(name, "api.error.doubled", name);
                if (values.Any(v => v is not null && v.Contains('\0', StringComparison.Ordinal))) throw new BadFieldException(name, "api.error.badText", name);
            }
        }
        return next(context);
    }
}
