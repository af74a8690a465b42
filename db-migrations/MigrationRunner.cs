using System.Data.Common;
using Dapper;

namespace Orchestrator.Migrations;

/// <summary>
/// Brings a database to the version of the program. Each migration runs in a transaction of its own that also records it in
/// <c>schema_version</c>, so an interrupted run leaves whole versions only. Any number of processes may run at once: the first
/// applies, the others wait and find nothing to do. A database that a newer program has touched, or whose applied files are not
/// the program's files, is refused unchanged.
/// </summary>
public sealed class MigrationRunner
{
    /// <summary>How long one migration, or the wait for another runner, may take.</summary>
    public const int TimeoutSeconds = 600;

    const string CreateVersionTable = """
        CREATE TABLE schema_version (
            version    integer NOT NULL CONSTRAINT pk_schema_version PRIMARY KEY CHECK (version > 0),
            name       text    NOT NULL,
            checksum   text    NOT NULL CHECK (length(checksum) = 64),
            applied_at bigint  NOT NULL
        )
        """;

    const string SelectApplied = "SELECT version AS Version, name AS Name, checksum AS Checksum, applied_at AS AppliedAt FROM schema_version ORDER BY version";
    const string Record = "INSERT INTO schema_version (version, name, checksum, applied_at) VALUES (@Version, @Name, @Checksum, @AppliedAt)";
    const string Forget = "DELETE FROM schema_version WHERE version = @Version";

    readonly MigrationDialect dialect;
    readonly Func<DbConnection> connect;
    readonly TimeProvider clock;
    readonly IReadOnlyList<Migration> migrations;

    /// <summary>A runner for one database.</summary>
    /// <param name="engine"><c>sqlite</c> or <c>postgresql</c>.</param>
    /// <param name="connect">Gives a new, closed connection; the runner opens and disposes it.</param>
    /// <param name="clock">Dates the rows of <c>schema_version</c>.</param>
    /// <param name="migrations">In order, numbered from 1; those shipped with the program when left out.</param>
    /// <exception cref="ArgumentException">The engine is not known.</exception>
    public MigrationRunner(string engine, Func<DbConnection> connect, TimeProvider clock, IReadOnlyList<Migration>? migrations = null)
    {
        dialect = MigrationDialect.Of(engine);
        this.connect = connect;
        this.clock = clock;
        this.migrations = migrations ?? ShippedMigrations.Of(engine);
    }

    /// <summary>The version that <see cref="Up"/> leads to.</summary>
    public int Latest => migrations.Count;

    /// <summary>Applies what is pending, in order; the number of migrations that this call applied.</summary>
    /// <exception cref="MigrationException">The database is refused, or a migration failed; what was applied before it stays.</exception>
    public Task<int> Up(CancellationToken stop = default) => Locked(ApplyNext, stop);

    /// <summary>Takes back, newest first, every migration above <paramref name="toVersion"/>; the number taken back. Data in what is dropped is lost.</summary>
    /// <param name="toVersion">The version to return to, 0 for an empty schema.</param>
    /// <param name="stop">Interrupts between and within migrations; the one under way is rolled back.</param>
    /// <exception cref="MigrationException">The database is refused, or one of the migrations cannot be undone; then none is.</exception>
    public Task<int> Down(int toVersion, CancellationToken stop = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(toVersion);
        return Locked((connection, token) => RevertLast(connection, toVersion, token), stop);
    }

    /// <summary>Every migration that the program or the database knows, by number. Changes nothing, not even on a new database.</summary>
    public async Task<IReadOnlyList<MigrationStatus>> Status(CancellationToken stop = default)
    {
        await using var connection = connect();
        await connection.OpenAsync(stop);
        var applied = (await Applied(connection, null, stop)).ToDictionary(row => row.Version);
        return [.. applied.Keys.Union(migrations.Select(migration => migration.Version)).Order().Select(version => StatusOf(version, applied.GetValueOrDefault(version)))];
    }

    MigrationStatus StatusOf(int version, AppliedMigration? row)
    {
        if (row is null) return new(version, migrations[version - 1].Name, MigrationState.Pending, null);
        var state = version > Latest ? MigrationState.Unknown
            : row.Checksum == migrations[version - 1].Checksum ? MigrationState.Applied
            : MigrationState.Changed;
        return new(version, row.Name, state, row.AppliedAt);
    }

    async Task<int> Locked(Func<DbConnection, CancellationToken, Task<bool>> step, CancellationToken stop)
    {
        await using var connection = connect();
        await connection.OpenAsync(stop);
        await dialect.Acquire(connection, TimeoutSeconds, stop);
        try
        {
            var steps = 0;
            while (await step(connection, stop)) steps++;
            return steps;
        }
        finally
        {
            await dialect.Release(connection);
        }
    }

    async Task<bool> ApplyNext(DbConnection connection, CancellationToken stop)
    {
        // On SQLite this is BEGIN IMMEDIATE: the version read below cannot change before the commit.
        await using var transaction = await connection.BeginTransactionAsync(stop);
        var applied = await Verified(connection, transaction, stop);
        if (applied.Count == Latest) return false;

        var next = migrations[applied.Count];
        if (applied.Count == 0 && !await HasVersionTable(connection, transaction, stop))
            await connection.ExecuteAsync(new CommandDefinition(CreateVersionTable, transaction: transaction, cancellationToken: stop));
        await Run(connection, transaction, next, next.Up, stop);
        var row = new { next.Version, next.Name, next.Checksum, AppliedAt = clock.GetUtcNow().ToUnixTimeMilliseconds() };
        await connection.ExecuteAsync(new CommandDefinition(Record, row, transaction, cancellationToken: stop));
        await transaction.CommitAsync(stop);
        return true;
    }

    async Task<bool> RevertLast(DbConnection connection, int toVersion, CancellationToken stop)
    {
        await using var transaction = await connection.BeginTransactionAsync(stop);
        var applied = await Verified(connection, transaction, stop);
        if (applied.Count <= toVersion) return false;

        foreach (var migration in migrations.Take(applied.Count).Skip(toVersion))
            if (migration.WhyIrreversible is { } why) throw CannotUndo(migration, why);
        var last = migrations[applied.Count - 1];
        await Run(connection, transaction, last, last.Down!, stop);
        await connection.ExecuteAsync(new CommandDefinition(Forget, new { last.Version }, transaction, cancellationToken: stop));
        await transaction.CommitAsync(stop);
        return true;
    }

    static async Task Run(DbConnection connection, DbTransaction transaction, Migration migration, string sql, CancellationToken stop)
    {
        try
        {
            await connection.ExecuteAsync(new CommandDefinition(sql, transaction: transaction, commandTimeout: TimeoutSeconds, cancellationToken: stop));
        }
        catch (DbException e)
        {
            throw new MigrationException("migrations.failed", $"迁移 {migration.Label} 执行失败，已回滚。", $"Migration {migration.Label} failed and was rolled back: {e.Message}", e);
        }
    }

    /// <summary>What has been applied, after making sure that it is the beginning of what the program would apply.</summary>
    async Task<IReadOnlyList<AppliedMigration>> Verified(DbConnection connection, DbTransaction transaction, CancellationToken stop)
    {
        var applied = await Applied(connection, transaction, stop);
        foreach (var (row, index) in applied.Select((row, index) => (row, index)))
        {
            if (row.Version > Latest) throw TooNew(applied[^1].Version);
            if (row.Version != index + 1) throw Gap(index + 1);
            if (row.Checksum != migrations[index].Checksum) throw Changed(migrations[index]);
        }
        return applied;
    }

    async Task<IReadOnlyList<AppliedMigration>> Applied(DbConnection connection, DbTransaction? transaction, CancellationToken stop) =>
        await HasVersionTable(connection, transaction, stop)
            ? [.. await connection.QueryAsync<AppliedMigration>(new CommandDefinition(SelectApplied, transaction: transaction, cancellationToken: stop))]
            : [];

    async Task<bool> HasVersionTable(DbConnection connection, DbTransaction? transaction, CancellationToken stop) =>
        await connection.ExecuteScalarAsync<long>(new CommandDefinition(dialect.CountVersionTables, transaction: transaction, cancellationToken: stop)) > 0;

    MigrationException TooNew(int version) => new("migrations.newer",
        $"数据库版本为 {version:0000}，高于本程序支持的 {Latest:0000}，请使用更新的程序。",
        $"The database is at version {version:0000}, newer than this program's {Latest:0000}; use the newer program.");

    static MigrationException Changed(Migration migration) => new("migrations.changed",
        $"已执行的迁移 {migration.Label} 与本程序中的文件不一致，已拒绝继续。",
        $"Migration {migration.Label} was applied from a different file than this program has; nothing was done.");

    static MigrationException Gap(int version) => new("migrations.gap",
        $"schema_version 缺少第 {version:0000} 号迁移的记录，已拒绝继续。",
        $"schema_version lacks the row of migration {version:0000}; nothing was done.");

    static MigrationException CannotUndo(Migration migration, string why) => new("migrations.irreversible",
        $"迁移 {migration.Label} 不可撤销，已拒绝继续。",
        $"Migration {migration.Label} cannot be undone ({why}); nothing was done.");
}
