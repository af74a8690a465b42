using System.Data;
using System.Data.Common;
using Dapper;

namespace Orchestrator.Migrations;

/// <summary>What differs between engines for the runner: how to see whether the version table exists, and what keeps two runners apart.</summary>
sealed record MigrationDialect(string CountVersionTables, string? Lock, string? Unlock)
{
    /// <summary>Any fixed number serves, so long as nothing else in the database takes advisory locks under it ("orch" and "mig" as bytes).</summary>
    const long LockKey = 0x6f726368_006d6967;

    /// <summary>SQLite needs no lock of its own: every transaction of the runner begins IMMEDIATE and reads the version anew.</summary>
    static readonly MigrationDialect Sqlite = new("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'schema_version'", null, null);

    static readonly MigrationDialect PostgreSql = new(
        "SELECT count(to_regclass('schema_version'))", $"SELECT pg_advisory_lock({LockKey})", $"SELECT pg_advisory_unlock({LockKey})");

    public static MigrationDialect Of(string engine) => engine switch
    {
        "sqlite" => Sqlite,
        "postgresql" => PostgreSql,
        _ => throw new ArgumentException($"There are migrations for 'sqlite' and 'postgresql', not for '{engine}'.", nameof(engine)),
    };

    public async Task Acquire(DbConnection connection, int waitSeconds, CancellationToken stop)
    {
        if (Lock is not null) await connection.ExecuteAsync(new CommandDefinition(Lock, commandTimeout: waitSeconds, cancellationToken: stop));
    }

    /// <summary>Given back by hand, because a pooled connection keeps its session and with it the lock. A broken connection has lost it already.</summary>
    public async Task Release(DbConnection connection)
    {
        if (Unlock is not null && connection.State == ConnectionState.Open) await connection.ExecuteAsync(Unlock);
    }
}
