using System.Data;
using System.Data.Common;
using Npgsql;
using Orchestrator.Host.Settings;

namespace Orchestrator.Host.Storage.Dialects;

/// <summary>PostgreSQL: the store for production and for many nodes.</summary>
sealed class PostgreSqlDatabase : Database
{
    public const int OldestVersion = 14;
    const int SeamPool = 32, PreparedStatements = 200, PreparingSeconds = 120, CasesAtOnce = 25;
    const long PreparingLock = 0x6f726368_70726570;

    readonly NpgsqlConnectionStringBuilder general;
    readonly NpgsqlDataSource source;
    readonly NpgsqlDataSource seam;

    public PostgreSqlDatabase(string connectionString)
    {
        general = new NpgsqlConnectionStringBuilder(connectionString) { MaxAutoPrepare = PreparedStatements, ApplicationName = "orchestrator", Multiplexing = false };
        source = NpgsqlDataSource.Create(general);
        // The seam's statements are fed by arrays whose length tells the planner nothing; planning them anew each time costs more than running them.
        seam = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(general.ConnectionString)
        {
            Options = $"{general.Options} -c plan_cache_mode=force_generic_plan -c jit=off".Trim(),
            AutoPrepareMinUsages = 2,
            NoResetOnClose = true,   // the seam leaves nothing behind in a session that would have to be reset
            MaxPoolSize = Math.Min(general.MaxPoolSize, SeamPool),
        });
        Cases = new PostgreSqlCaseStore(seam);
    }

    public override string Engine => "postgresql";
    public override ICaseStore Cases { get; }
    public override SqlDialect Sql { get; } = new("(extract(epoch FROM clock_timestamp()) * 1000)::bigint", "FOR UPDATE SKIP LOCKED", HasArrays: true);

    public override DbConnection Connect() => source.CreateConnection();

    public override async Task<T> Write<T>(Func<DbConnection, DbTransaction, Task<T>> work, CancellationToken stop)
    {
        await using var connection = await source.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        var result = await work(connection, transaction);
        await transaction.CommitAsync(stop);
        return result;
    }

    /// <summary>An advisory lock of a session: it falls with the connection, so a node that dies keeps nobody waiting.</summary>
    public override async Task<IAsyncDisposable> Alone(CancellationToken stop)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(general.ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(stop);
        await using var command = new NpgsqlCommand($"SELECT pg_advisory_lock({PreparingLock})", connection) { CommandTimeout = PreparingSeconds };
        await command.ExecuteNonQueryAsync(stop);
        return connection;
    }

    public override async Task<T> Statement<T>(Func<DbConnection, DbTransaction?, Task<T>> work, CancellationToken stop)
    {
        await using var connection = await source.OpenConnectionAsync(stop);
        return await work(connection, null);
    }

    public override async Task WriteCases(DbConnection connection, DbTransaction transaction, IReadOnlyList<CaseWrite> writes, CancellationToken stop)
    {
        foreach (var some in writes.Chunk(CasesAtOnce))
        {
            await using var command = PostgreSqlCommit.Command((NpgsqlConnection)connection, some);
            if ((long)(await command.ExecuteScalarAsync(stop))! < some.Count(write => write.Case is not null)) throw new DBConcurrencyException("A case exists already or has moved on.");
        }
    }

    public override async Task RequireDurability(CancellationToken stop)
    {
        try
        {
            await using var command = seam.CreateCommand("SELECT current_setting('server_version_num')::int, current_setting('synchronous_commit'), current_setting('fsync'), current_setting('full_page_writes')");
            await using var reader = await command.ExecuteReaderAsync(stop);
            await reader.ReadAsync(stop);
            Require(reader.GetInt32(0), reader.GetString(1), reader.GetString(2), reader.GetString(3));
        }
        catch (Exception e) when (e is NpgsqlException or System.Net.Sockets.SocketException)
        {
            throw new WrongSetting($"无法连接 PostgreSQL：{e.Message}", $"PostgreSQL cannot be reached: {e.Message}");
        }
    }

    /// <summary>An act is answered when it is on the disk (Promise 2): nothing weaker may be set.</summary>
    internal static void Require(int version, string synchronousCommit, string fsync, string fullPageWrites)
    {
        if (version / 10000 < OldestVersion)
            throw new WrongSetting($"PostgreSQL 版本为 {version / 10000}，至少需要 {OldestVersion}。", $"PostgreSQL {version / 10000} is too old; {OldestVersion} is needed.");
        if (synchronousCommit is not ("on" or "remote_apply")) throw Weak("synchronous_commit", synchronousCommit);
        if (fsync != "on") throw Weak("fsync", fsync);
        if (fullPageWrites != "on") throw Weak("full_page_writes", fullPageWrites);
    }

    static WrongSetting Weak(string name, string value) =>
        new($"PostgreSQL 的 {name} 为 {value}，已答复的办理可能丢失；请设为 on。", $"PostgreSQL runs with {name}={value}: an answered act could be lost. Set it to on.");

    public override bool IsDuplicateKey(DbException error) => error is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };

    public override async ValueTask DisposeAsync()
    {
        await seam.DisposeAsync();
        await source.DisposeAsync();
    }
}
