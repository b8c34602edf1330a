using System.Net.Http.Headers;
using System.Text;

namespace Liaison.Tests.Exchange;

/// <summary>Uploads and runs imports in the tests.</summary>
public static class ImportUse
{
    /// <summary>A field of this name is sent as the header.</summary>
    public const string Key = "Idempotency-Key";

    public static Task<ApiReply> UploadAsync(this ApiClient api, string fileName, string content, params (string Name, string Value)[] fields) =>
        api.UploadAsync(fileName, Encoding.UTF8.GetBytes(content), fields);

    public static async Task<ApiReply> UploadAsync(this ApiClient api, string fileName, byte[] content, params (string Name, string Value)[] fields)
    {
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields.Where(f => f.Name != Key)) form.Add(new StringContent(value), name);
        var file = new ByteArrayContent(content);
        file.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        form.Add(file, "file", fileName);
        return await api.PostAsync("imports", form, fields.FirstOrDefault(f => f.Name == Key).Value);
    }

    /// <summary>Uploads, runs and waits; the import as it is then.</summary>
    public static async Task<ApiReply> ImportAsync(this ApiClient api, string fileName, byte[] content, params (string Name, string Value)[] fields)
    {
        var id = (await api.UploadAsync(fileName, content, fields)).Expect(201).Id;
        (await api.PostAsync($"imports/{id}/run")).ExpectSuccess();
        return await api.SettledAsync(id);
    }

    public static Task<ApiReply> ImportAsync(this ApiClient api, string fileName, string content, params (string Name, string Value)[] fields) =>
        api.ImportAsync(fileName, Encoding.UTF8.GetBytes(content), fields);

    /// <summary>Waits until nothing is at work on the import.</summary>
    public static async Task<ApiReply> SettledAsync(this ApiClient api, long id)
    {
        ApiReply? reply = null;
        await Eventually.TrueAsync(async () => (reply = (await api.GetAsync($"imports/{id}")).ExpectSuccess())["state"].GetString() is not ("checking" or "running" or "undoing"), $"import {id} is settled", 180);
        return reply!;
    }

    /// <summary>created, updated, skipped, failed</summary>
    public static (long Created, long Updated, long Skipped, long Failed) Counts(this ApiReply import) =>
        (import["created"].GetInt64(), import["updated"].GetInt64(), import["skipped"].GetInt64(), import["failed"].GetInt64());
}
