using System.Net.Http.Headers;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Npgsql;
using Orchestrator.Host.Identity;
using Orchestrator.Host.Operations;
using Orchestrator.Host.Settings;
using Orchestrator.Host.Storage;

namespace Orchestrator.Host.Tests.Golden;

/// <summary>A server with a manual clock on a loopback port, over a database of its own, and an administrator's token.</summary>
public abstract class ScenarioServer : IAsyncLifetime
{
    const string Account = """
        INSERT INTO account (account_id, login, name, roles, disabled, must_change_password, demonstration, created_at) VALUES ('root', 'root', 'root', 'administrator', @no, @no, @yes, 1)
        """;
    const string Token = "INSERT INTO api_token (token_hash, token_id, name, account_id, roles, scopes, created_at) VALUES (@hash, 'root', 'root', 'root', 'administrator', 'read write', 1)";

    readonly string folder = Directory.CreateTempSubdirectory("orchestrator-golden-").FullName;
    WebApplication app = null!;

    internal string Administrator { get; } = ApiTokens.Prefix + Secrets.New();

    internal HttpClient Http { get; private set; } = null!;

    internal IServiceProvider Services => app.Services;

    private protected abstract Task<(string Engine, string Connection)?> Database(string folder);

    private protected virtual Task Drop() => Task.CompletedTask;

    /// <summary>False where the database of this server is not there to be tested on.</summary>
    internal bool IsThere { get; private set; }

    public async ValueTask InitializeAsync()
    {
        if (await Database(folder) is not var (engine, connection)) return;
        app = Server.Build(new()
        {
            Environment = ServerEnvironment.Development, Urls = ["http://127.0.0.1:0"], LogFolder = Path.Combine(folder, "log"), MigrateAtStart = true, Engine = engine, Connection = connection,
            ManualClock = true, ManualClockStart = Instant.FromUtc(2026, 9, 1, 1, 0),
        });
        await Startup.Prepare(app.Services);
        await app.StartAsync();
        await using (var open = await Services.GetRequiredService<Storage.Database>().Open(default))
        {
            await open.ExecuteAsync(Account, new { no = false, yes = true });
            await open.ExecuteAsync(Token, new { hash = Secrets.HashOf(Administrator) });
        }
        Http = new() { BaseAddress = new Uri(app.Urls.First()) };
        IsThere = true;
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (!IsThere) return;
        Http.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
        await Drop();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }
}

public sealed class SqliteScenarioServer : ScenarioServer
{
    private protected override Task<(string, string)?> Database(string folder) => Task.FromResult<(string, string)?>(("sqlite", $"Data Source={Path.Combine(folder, "golden.db")}"));
}

/// <summary>On the cluster that ORCHESTRATOR_TEST_POSTGRES names.</summary>
public sealed class PostgreSqlScenarioServer : ScenarioServer
{
    static readonly string? Cluster = Environment.GetEnvironmentVariable("ORCHESTRATOR_TEST_POSTGRES");

    readonly string name = $"golden_{Guid.NewGuid():n}";

    private protected override async Task<(string, string)?> Database(string folder)
    {
        if (Cluster is null) return null;
        await Administer($"CREATE DATABASE {name}");
        return ("postgresql", new NpgsqlConnectionStringBuilder(Cluster) { Database = name, MaxPoolSize = 20 }.ConnectionString);
    }

    private protected override Task Drop() => Administer($"DROP DATABASE {name} WITH (FORCE)");

    static async Task Administer(string sql)
    {
        await using var connection = new NpgsqlConnection(Cluster);
        await connection.ExecuteAsync(sql);
    }
}
