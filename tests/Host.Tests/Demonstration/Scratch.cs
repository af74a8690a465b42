using System.Globalization;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using NodaTime;
using NodaTime.Text;
using Npgsql;
using Orchestrator.Host.Operations;
using Orchestrator.Host.Settings;
using Orchestrator.Host.Storage;

namespace Orchestrator.Host.Tests.Demonstration;

/// <summary>A server that is prepared but not started, at an instant of one's choice, over an empty database of its own.</summary>
sealed class Scratch : IAsyncDisposable
{
    readonly string name = $"demo_{Guid.NewGuid():n}";
    readonly string folder = Directory.CreateTempSubdirectory("orchestrator-demo-").FullName;
    readonly string engine;

    Scratch(string engine) => this.engine = engine;

    public static string? Cluster => Environment.GetEnvironmentVariable("ORCHESTRATOR_TEST_POSTGRES");

    public static async Task<Scratch> On(string engine)
    {
        var scratch = new Scratch(engine);
        if (engine == "postgresql") await Administer($"CREATE DATABASE {scratch.name}");
        return scratch;
    }

    /// <summary>Starts the server up to where it would listen; the caller disposes it.</summary>
    public async Task<Prepared> Prepare(string at, Func<ServerSettings, ServerSettings>? adjust = null)
    {
        var settings = new ServerSettings
        {
            Environment = ServerEnvironment.Development, Urls = ["http://127.0.0.1:0"], LogFolder = Path.Combine(folder, "log"), MigrateAtStart = true, Engine = engine,
            Connection = engine == "sqlite" ? $"Data Source={Path.Combine(folder, "test.db")}" : new NpgsqlConnectionStringBuilder(Cluster!) { Database = name, MaxPoolSize = 10 }.ConnectionString,
        };
        var clock = StandingClock.At(at);
        var app = Server.Build(adjust?.Invoke(settings) ?? settings, services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock)));
        await Startup.Prepare(app.Services, TestContext.Current.CancellationToken);
        return new(app, clock.Now);
    }

    public async ValueTask DisposeAsync()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
        if (engine == "postgresql") await Administer($"DROP DATABASE {name} WITH (FORCE)");
    }

    static async Task Administer(string sql)
    {
        await using var connection = new NpgsqlConnection(Cluster);
        await connection.ExecuteAsync(sql);
    }
}

/// <summary>A prepared server.</summary>
sealed record Prepared(Microsoft.AspNetCore.Builder.WebApplication App, Instant Now) : IAsyncDisposable
{
    public T Get<T>() where T : notnull => App.Services.GetRequiredService<T>();

    public async Task<IReadOnlyList<string>> Column(string sql)
    {
        await using var connection = await Get<Database>().Open(TestContext.Current.CancellationToken);
        return [.. (await connection.QueryAsync<object?>(sql)).Select(value => Convert.ToString(((IDictionary<string, object?>)value!).Values.Single(), CultureInfo.InvariantCulture) ?? "")];
    }

    public async Task<long> Count(string table) => long.Parse(Assert.Single(await Column($"SELECT count(*) FROM {table}")), CultureInfo.InvariantCulture);

    public ValueTask DisposeAsync() => App.DisposeAsync();
}

/// <summary>A clock that stands.</summary>
sealed class StandingClock(Instant now) : TimeProvider
{
    public Instant Now => now;

    public static StandingClock At(string instant) => new(OffsetDateTimePattern.ExtendedIso.Parse(instant).Value.ToInstant());

    public override DateTimeOffset GetUtcNow() => now.ToDateTimeOffset();
}
