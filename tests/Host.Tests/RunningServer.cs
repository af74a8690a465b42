using System.Net;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;
using Orchestrator.Host.Identity;
using Orchestrator.Host.Operations;
using Orchestrator.Host.Settings;
using Orchestrator.Host.Storage;

[assembly: AssemblyFixture(typeof(Orchestrator.Host.Tests.RunningServer))]

namespace Orchestrator.Host.Tests;

/// <summary>The server on a loopback port over a database of its own, and people who can sign in.</summary>
public class RunningServer : IAsyncLifetime
{
    public const string Password = "Steady-Hand-2026";

    /// <summary>The cluster to run on instead of SQLite, where ORCHESTRATOR_TEST_HOST_ON names postgresql.</summary>
    static string? Cluster => System.Environment.GetEnvironmentVariable("ORCHESTRATOR_TEST_HOST_ON") == "postgresql"
        ? System.Environment.GetEnvironmentVariable("ORCHESTRATOR_TEST_POSTGRES") ?? throw new InvalidOperationException("ORCHESTRATOR_TEST_POSTGRES names no cluster.")
        : null;

    readonly string database = $"host_{Guid.NewGuid():n}";
    readonly string folder = Directory.CreateTempSubdirectory("orchestrator-host-").FullName;
    WebApplication app = null!;

    /// <summary>The clock of sessions and lockouts; tests move it.</summary>
    internal MovableTime Time { get; } = new();

    internal IServiceProvider Services => app.Services;

    internal Uri Address => new(app.Urls.First());

    internal virtual ServerEnvironment Environment => ServerEnvironment.Development;

    /// <summary>Where a manual clock starts; null for the system's clock.</summary>
    internal virtual NodaTime.Instant? ManualClock => null;

    /// <summary>Whether it is filled with demonstration cases.</summary>
    internal virtual bool SeedCases => false;

    public async ValueTask InitializeAsync()
    {
        var scratch = await Scratch();
        var settings = new ServerSettings
        {
            Environment = Environment, Urls = ["http://127.0.0.1:0"], LogFolder = Path.Combine(folder, "log"), MigrateAtStart = true,
            ManualClock = ManualClock is not null, ManualClockStart = ManualClock,
            SeedCases = SeedCases,
            Engine = scratch is null ? "sqlite" : "postgresql", Connection = scratch ?? $"Data Source={Path.Combine(folder, "test.db")}",
        };
        app = Server.Build(settings, services => services.Replace(ServiceDescriptor.Singleton(new SecurityClock(Time))));
        await Startup.Prepare(app.Services);
        await app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();   // the scheduler has threads of its own
        await app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
        if (Cluster is { } cluster) await Administer(cluster, $"DROP DATABASE {database} WITH (FORCE)");
        GC.SuppressFinalize(this);
    }

    /// <summary>A database of its own on the cluster; null on SQLite.</summary>
    async Task<string?> Scratch()
    {
        if (Cluster is not { } cluster) return null;
        await Administer(cluster, $"CREATE DATABASE {database}");
        return new NpgsqlConnectionStringBuilder(cluster) { Database = database, MaxPoolSize = 20 }.ConnectionString;
    }

    static async Task Administer(string cluster, string sql)
    {
        await using var connection = new NpgsqlConnection(cluster);
        await connection.ExecuteAsync(sql);
    }

    /// <summary>A client that nobody has signed in.</summary>
    internal Api Anonymous() => new(new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false }) { BaseAddress = Address });

    /// <summary>Makes an account straight in the database; its login.</summary>
    internal async Task<string> Account(params string[] roles)
    {
        var login = "t" + Guid.NewGuid().ToString("n")[..12];
        await AddAccount(login, roles);
        return login;
    }

    internal async Task AddAccount(string login, string[] roles, bool demonstration = false, string? organisation = null)
    {
        var hash = await Services.GetRequiredService<Passwords>().Hash(Password, default);
        await using var connection = await Services.GetRequiredService<Database>().Open(default);
        await connection.ExecuteAsync("""
            INSERT INTO account (account_id, login, name, password_hash, roles, organisation_id, disabled, must_change_password, demonstration, created_at)
            VALUES (@login, @login, @login, @hash, @roles, @organisation, @no, @no, @demonstration, 1)
            """, new { no = false, login, hash, roles = string.Join(' ', roles), demonstration, organisation });
    }

    /// <summary>A client signed in as a new account with these roles.</summary>
    internal async Task<Api> As(params string[] roles)
    {
        var api = Anonymous();
        await api.SignIn(await Account(roles), Password);
        return api;
    }
}

/// <summary>A clock that stands until it is moved.</summary>
sealed class MovableTime : TimeProvider
{
    DateTimeOffset now = new(2026, 11, 22, 9, 0, 0, TimeSpan.FromHours(8));

    public override DateTimeOffset GetUtcNow() => now;

    public void Move(TimeSpan by) => now += by;
}

/// <summary>A server for one class of tests that moves its clock or fills its tables.</summary>
public sealed class PrivateServer : RunningServer;
