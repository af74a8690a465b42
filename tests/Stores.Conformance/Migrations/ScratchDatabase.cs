using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Orchestrator.Stores.Conformance.Migrations;

/// <summary>An empty database of its own for one test, dropped afterwards.</summary>
public abstract class ScratchDatabase : IAsyncDisposable
{
    /// <summary>Name of the engine as the runner takes it.</summary>
    public abstract string Engine { get; }

    /// <summary>Connection string, as the server takes it.</summary>
    public abstract string ConnectionString { get; }

    /// <summary>A new, closed connection.</summary>
    public abstract DbConnection Connect();

    /// <summary>Everything that the schema holds, as text that can be compared.</summary>
    public abstract Task<string> Schema();

    public abstract ValueTask DisposeAsync();
}

/// <summary>A SQLite file in the temporary folder.</summary>
public sealed class ScratchSqlite : ScratchDatabase
{
    readonly string path = Path.Combine(Path.GetTempPath(), $"orchestrator-{Guid.NewGuid():n}.db");

    public override string Engine => "sqlite";

    public override string ConnectionString => $"Data Source={path}";

    public override DbConnection Connect() => new SqliteConnection(ConnectionString);

    public override async Task<string> Schema()
    {
        await using var connection = Connect();
        return string.Join('\n', await connection.QueryAsync<string>(
            "SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name"));
    }

    public override ValueTask DisposeAsync()
    {
        using (var connection = new SqliteConnection($"Data Source={path}")) SqliteConnection.ClearPool(connection);
        foreach (var suffix in new[] { "", "-wal", "-shm", "-journal" }) File.Delete(path + suffix);
        return ValueTask.CompletedTask;
    }
}

/// <summary>A database on the cluster that ORCHESTRATOR_TEST_POSTGRES names; the test is skipped where it names none.</summary>
public sealed class ScratchPostgres : ScratchDatabase
{
    readonly string admin;
    readonly NpgsqlDataSource source;
    readonly string name = $"scratch_{Guid.NewGuid():n}";

    ScratchPostgres(string admin)
    {
        this.admin = admin;
        source = NpgsqlDataSource.Create(ConnectionString);
    }

    public override string Engine => "postgresql";

    public override string ConnectionString => new NpgsqlConnectionStringBuilder(admin) { Database = name, MaxPoolSize = 20 }.ConnectionString;

    public static async Task<ScratchDatabase> Create()
    {
        var admin = Environment.GetEnvironmentVariable("ORCHESTRATOR_TEST_POSTGRES");
        Assert.SkipWhen(string.IsNullOrEmpty(admin), "ORCHESTRATOR_TEST_POSTGRES names no cluster");
        var database = new ScratchPostgres(admin!);
        await database.Administer($"CREATE DATABASE {database.name}");
        return database;
    }

    public override DbConnection Connect() => source.CreateConnection();

    public override async Task<string> Schema()
    {
        await using var connection = Connect();
        return string.Join('\n', await connection.QueryAsync<string>("""
            SELECT 'column ' || table_name || '.' || column_name || ' ' || data_type AS line FROM information_schema.columns WHERE table_schema = 'public'
            UNION ALL SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = 'public'
            UNION ALL SELECT 'routine ' || routine_name FROM information_schema.routines WHERE routine_schema = 'public'
            UNION ALL SELECT 'sequence ' || sequence_name FROM information_schema.sequences WHERE sequence_schema = 'public'
            ORDER BY line
            """));
    }

    public override async ValueTask DisposeAsync()
    {
        await source.DisposeAsync();
        await Administer($"DROP DATABASE {name} WITH (FORCE)");
    }

    async Task Administer(string sql)
    {
        await using var connection = new NpgsqlConnection(admin);
        await connection.ExecuteAsync(sql);
    }
}
