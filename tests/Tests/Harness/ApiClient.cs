using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Liaison.Kernel.Api;

namespace Liaison.Tests.Harness;

/// <summary>A program that uses the API with a person's token.</summary>
public sealed class ApiClient : IDisposable
{
    internal ApiClient(Uri address, Person person)
    {
        Http = new HttpClient { BaseAddress = new Uri(address, "/api/v1/") };
        if (person.Token is { } token) Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        Http.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");
    }

    /// <summary>Asks for another language than English.</summary>
    public ApiClient In(string language)
    {
        Http.DefaultRequestHeaders.AcceptLanguage.Clear();
        Http.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
        return this;
    }

    /// <summary>For what the methods here do not do.</summary>
    public HttpClient Http { get; }

    public Task<ApiReply> GetAsync(string path) => SendAsync(HttpMethod.Get, path);
    public Task<ApiReply> PostAsync(string path, object? body = null, string? key = null) => SendAsync(HttpMethod.Post, path, body, key: key);
    public Task<ApiReply> PutAsync(string path, object body, string? ifMatch = null) => SendAsync(HttpMethod.Put, path, body, ifMatch);
    public Task<ApiReply> PatchAsync(string path, object body, string? ifMatch = null) => SendAsync(HttpMethod.Patch, path, body, ifMatch);
    public Task<ApiReply> DeleteAsync(string path, string? ifMatch = null) => SendAsync(HttpMethod.Delete, path, null, ifMatch);

    /// <summary>Posts and reads what was created.</summary>
    public async Task<T> PostAsync<T>(string path, object body) => (await PostAsync(path, body)).ExpectSuccess().As<T>();

    /// <summary>Gets and reads.</summary>
    public async Task<T> GetAsync<T>(string path) => (await GetAsync(path)).ExpectSuccess().As<T>();

    public void Dispose() => Http.Dispose();

    private async Task<ApiReply> SendAsync(HttpMethod method, string path, object? body = null, string? ifMatch = null, string? key = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = body as HttpContent ?? (body is string text ? new StringContent(text, System.Text.Encoding.UTF8, "application/json") : JsonContent.Create(body, options: ApiJson.Options));
        if (ifMatch is not null) request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        using var response = await Http.SendAsync(request);
        return new ApiReply($"{method} {path}", (int)response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers.ETag?.ToString(), response.Headers.Location?.OriginalString,
            response.Headers.ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase));
    }
}

/// <summary>What the API answered.</summary>
public sealed record ApiReply(string Request, int Status, string Body, string? ETag, string? Location, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>The body as JSON.</summary>
    public JsonElement Json => JsonElement.Parse(Body);

    /// <summary>A member of the body.</summary>
    public JsonElement this[string name] => Json.GetProperty(name);

    public long Id => Json.GetProperty("id").GetInt64();

    public T As<T>() => JsonSerializer.Deserialize<T>(Body, Reading)!;

    /// <summary>Asserts the status and goes on.</summary>
    public ApiReply Expect(int status)
    {
        if (Status != status) Assert.Fail($"{Request} answered {Status} instead of {status}: {Body}");
        return this;
    }

    public ApiReply ExpectSuccess()
    {
        if (Status is < 200 or > 299) Assert.Fail($"{Request} answered {Status}: {Body}");
        return this;
    }

    /// <summary>Asserts a problem with this status whose errors name exactly these fields.</summary>
    public ApiReply ExpectProblem(int status, params string[] fields)
    {
        Expect(status);
        Assert.Equal(status, Json.GetProperty("status").GetInt32());
        Assert.False(string.IsNullOrWhiteSpace(Json.GetProperty("title").GetString()));
        var named = Json.TryGetProperty("errors", out var errors) ? errors.EnumerateObject().Select(e => e.Name).ToArray() : [];
        Assert.Equal(fields.Order(StringComparer.Ordinal), named.Order(StringComparer.Ordinal));
        return this;
    }

    // A test may read a part of the reply into a small record.
    private static readonly JsonSerializerOptions Reading = new(ApiJson.Options) { UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Skip };
}
