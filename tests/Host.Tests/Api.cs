using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Orchestrator.Host.Tests;

/// <summary>An answer: status, headers and JSON body.</summary>
sealed record Reply(HttpStatusCode Status, HttpResponseHeaders Headers, JsonNode? Json, string Text)
{
    public string? Code => Json is JsonObject json ? (string?)json["code"] : null;

    public JsonNode this[string name] => Json![name]!;

    /// <summary>Content-Language.</summary>
    public string? Language { get; init; }
}

/// <summary>Talks to the server as a browser page does: JSON, cookies, the antiforgery token.</summary>
sealed class Api(HttpClient client)
{
    public HttpClient Client => client;

    public string? Csrf { get; set; }

    public async Task<Reply> SignIn(string login, string password)
    {
        var reply = await Post("/api/v1/session", new { login, password });
        if (reply.Status == HttpStatusCode.OK) Csrf = (string?)reply["csrfToken"];
        return reply;
    }

    public Task<Reply> Get(string path, params (string Name, string Value)[] headers) => Send(HttpMethod.Get, path, null, headers);

    public Task<Reply> Delete(string path, params (string Name, string Value)[] headers) => Send(HttpMethod.Delete, path, null, headers);

    public Task<Reply> Post(string path, object? body = null, params (string Name, string Value)[] headers) => Send(HttpMethod.Post, path, Content(body), headers);

    public Task<Reply> Put(string path, object? body, params (string Name, string Value)[] headers) => Send(HttpMethod.Put, path, Content(body), headers);

    public async Task<Reply> Send(HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (content?.Headers.ContentLength > 1_000_000) request.Headers.ExpectContinue = true;   // so that a refusal arrives instead of a broken pipe
        if (Csrf is not null && method != HttpMethod.Get) request.Headers.Add("X-CSRF-Token", Csrf);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var isJson = response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true;
        return new(response.StatusCode, response.Headers, isJson && text.Length > 0 ? JsonNode.Parse(text) : null, text) { Language = response.Content.Headers.ContentLanguage.FirstOrDefault() };
    }

    /// <summary>JSON of an object, or the text itself as JSON.</summary>
    public static HttpContent? Content(object? body) => body switch
    {
        null => null,
        string text => new StringContent(text, Encoding.UTF8, "application/json"),
        JsonNode node => new StringContent(node.ToJsonString(), Encoding.UTF8, "application/json"),
        _ => new StringContent(System.Text.Json.JsonSerializer.Serialize(body), Encoding.UTF8, "application/json"),
    };
}
