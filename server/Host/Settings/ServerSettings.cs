using System.Collections.Immutable;
using System.Net;
using NodaTime;

namespace Orchestrator.Host.Settings;

/// <summary>Where the server runs: Production seeds nothing and refuses demonstration accounts and the manual clock.</summary>
enum ServerEnvironment
{
    Production,
    Development,
}

/// <summary>Everything an operator may set, read once at the start and never changed. <see cref="KnownSettings"/> lists names and meanings.</summary>
sealed record ServerSettings
{
    public const string DefaultSqlite = "Data Source=data/orchestrator.db";
    public const string DefaultUrl = "http://127.0.0.1:5080";
    public const int PasswordIterationsDefault = 210_000;

    public ServerEnvironment Environment { get; init; } = ServerEnvironment.Production;
    public ImmutableArray<string> Urls { get; init; } = [DefaultUrl];

    /// <summary><c>sqlite</c> or <c>postgresql</c>.</summary>
    public string Engine { get; init; } = "sqlite";

    /// <summary>ADO.NET connection string; null where none was set.</summary>
    public string? Connection { get; init; }

    public bool ManualClock { get; init; }

    /// <summary>Where a manual clock stands at the start; null for the present instant.</summary>
    public Instant? ManualClockStart { get; init; }

    /// <summary>Whether a server without cases is filled with demonstration cases; null for the default: yes, but not under a manual clock.</summary>
    public bool? SeedCases { get; init; }

    /// <summary>Whether <c>serve</c> applies pending migrations; null for the default: yes, but on PostgreSQL in Production.</summary>
    public bool? MigrateAtStart { get; init; }

    public string LogFolder { get; init; } = "var/log";
    public int MaxConnections { get; init; } = 2000;
    public long MaxBodyBytes { get; init; } = 10 * 1024 * 1024;
    public int SessionHours { get; init; } = 12;
    public int SessionIdleMinutes { get; init; } = 120;
    public int PasswordIterations { get; init; } = PasswordIterationsDefault;

    /// <summary>Proxies whose X-Forwarded-For and X-Forwarded-Proto are believed.</summary>
    public ImmutableArray<IPAddress> TrustedProxies { get; init; } = [];

    public bool IsProduction => Environment == ServerEnvironment.Production;
    public bool IsSqlite => Engine == "sqlite";
    public string ConnectionString => Connection ?? DefaultSqlite;
    public bool SeedsCases => !IsProduction && (SeedCases ?? !ManualClock);
    public bool AppliesMigrations => MigrateAtStart ?? (IsSqlite || !IsProduction);
}
