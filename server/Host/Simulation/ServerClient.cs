using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Orchestrator.Kernel;
using Orchestrator.Kernel.Engine;

namespace Orchestrator.Host.Simulation;

/// <summary>Talks to a server as a program does: JSON, and an API token for whoever acts.</summary>
sealed class ServerClient(HttpClient http)
{
    /// <summary>Sends and reads the answer; a problem document becomes the refusal it stands for.</summary>
    /// <exception cref="HttpRequestException">The server failed (5xx) or did not answer with JSON.</exception>
    public async Task<(JsonElement Reply, Refusal? Refusal)> Send(HttpMethod method, string path, string token, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (body is not null) request.Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        if ((int)response.StatusCode >= 500) throw new HttpRequestException($"{method} {path}: {(int)response.StatusCode} {text}");
        var reply = text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text);
        return response.IsSuccessStatusCode ? (reply, null) : (reply, RefusalOf(reply, $"{(int)response.StatusCode}"));
    }

    /// <summary>Reads something that must be there.</summary>
    public async Task<JsonElement> Get(string path, string token)
    {
        var (reply, refusal) = await Send(HttpMethod.Get, path, token);
        return refusal is null ? reply : throw new HttpRequestException($"GET {path}: {refusal.Code} {refusal.Message.En}");
    }

    static Refusal RefusalOf(JsonElement problem, string status)
    {
        var code = Text(problem, "code") ?? status;
        var title = Text(problem, "title") ?? "";
        return new(code, Text(problem, "rule") ?? code, new LocalizedText(title, title),
            problem.ValueKind == JsonValueKind.Object && problem.TryGetProperty("details", out var details) ? [.. details.EnumerateArray().Select(each => each.ToString())] : []);
    }

    static string? Text(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
