using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Orchestrator.Host.Identity;
using Orchestrator.Host.Settings;

namespace Orchestrator.Host.Benchmarks;

/// <summary>A server of one's own for a measurement: another process of this program on a free loopback port, with the demonstration accounts.</summary>
sealed class ServerProcess : IAsyncDisposable
{
    readonly Process process;
    readonly HttpClient client;

    ServerProcess(Process process, HttpClient client, double coldStartMs)
    {
        this.process = process;
        this.client = client;
        ColdStartMs = coldStartMs;
    }

    /// <summary>From the start of the process to the first green <c>/readyz</c>, migrations and seeding included.</summary>
    public double ColdStartMs { get; }

    /// <summary>The server's peak memory.</summary>
    public double PeakRssMb
    {
        get
        {
            process.Refresh();
            return process.PeakWorkingSet64 / 1048576.0;
        }
    }

    public static async Task<ServerProcess> Start(string folder, string database, string connection, int connections)
    {
        var url = $"http://127.0.0.1:{FreePort()}";
        var start = new ProcessStartInfo("dotnet",
            [$"{AppContext.BaseDirectory}orchestrator.dll", "serve", "--environment", "Development", "--seed-cases", "false", "--urls", url, "--database", database, "--connection", connection])
        { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        var watch = Stopwatch.StartNew();
        var process = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };   // a full pipe would stop the server
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = connections, UseCookies = false, UseProxy = false }) { BaseAddress = new Uri(url) };
        var server = new ServerProcess(process, client, 0);
        for (var ready = false; !ready;)
        {
            if (process.HasExited || watch.Elapsed > TimeSpan.FromSeconds(60)) throw new WrongSetting("服务器没有启动。", "The server did not start.");
            try { ready = (await client.GetAsync("/readyz")).IsSuccessStatusCode; }
            catch (HttpRequestException) { await Task.Yield(); }
        }
        return new ServerProcess(process, client, watch.Elapsed.TotalMilliseconds);
    }

    /// <summary>Signs a demonstration account in and makes it an API token.</summary>
    public async Task<string> Token(string login)
    {
        var signedIn = await client.PostAsJsonAsync("/api/v1/session", new { login, password = DemonstrationAccounts.Password });
        var session = await signedIn.Content.ReadFromJsonAsync<JsonElement>();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/tokens") { Content = JsonContent.Create(new { name = "bench" }) };
        request.Headers.Add("Cookie", signedIn.Headers.GetValues("Set-Cookie").First().Split(';')[0]);
        request.Headers.Add("X-CSRF-Token", session.GetProperty("csrfToken").GetString());
        var made = await client.SendAsync(request);
        return (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString()!;
    }

    /// <summary>Posts JSON as the bearer of a token; the body of the answer.</summary>
    /// <exception cref="InvalidOperationException">The answer is not a success.</exception>
    public async Task<JsonElement> Post(string token, string path, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? JsonElement.Parse(text) : throw new InvalidOperationException($"{path}: {(int)answer.StatusCode} {text}");
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
