using System.Data;
using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using Orchestrator.Host.Settings;

namespace Orchestrator.Host.Storage.Dialects;

/// <summary>
/// SQLite: one file, WAL, full synchronisation. Readers have connections of their own; writers of this process take turns on one
/// connection, because the engine has a single writer anyway and waiting here is cheaper than waiting on its lock.
/// </summary>
sealed class SqliteDatabase : Database
{
    const int BusySeconds = 30, Full = 2, UniqueViolation = 2067, PrimaryKeyViolation = 1555;
    static readonly Version Oldest = new(3, 37);   // STRICT tables

    readonly SqliteConnectionStringBuilder connectionString;
    readonly SemaphoreSlim turn = new(1);
    SqliteConnection? writer;

    public SqliteDatabase(string connectionString)
    {
        this.connectionString = new(connectionString) { ForeignKeys = true, DefaultTimeout = BusySeconds };
        Cases = new SqliteCaseStore(this);
    }

    public override string Engine => "sqlite";
    public override ICaseStore Cases { get; }
    public override SqlDialect Sql { get; } = new("CAST(unixepoch('subsec') * 1000 AS integer)", "", HasArrays: false);   // the write lock is held, nothing has to be skipped

    /// <summary>The connection string with this house's settings; the scheduler opens its own connections with it.</summary>
    public string ConnectionString => connectionString.ConnectionString;

    public override DbConnection Connect()
    {
        MakeFolder();
        return new SqliteConnection(connectionString.ConnectionString);
    }

    public override Task<T> Write<T>(Func<DbConnection, DbTransaction, Task<T>> work, CancellationToken stop) =>
        WriteCase((connection, transaction) => work(connection, transaction), stop);

    public override Task<T> Statement<T>(Func<DbConnection, DbTransaction?, Task<T>> work, CancellationToken stop) =>
        WriteCase((connection, transaction) => work(connection, transaction), stop);

    public override Task WriteCases(DbConnection connection, DbTransaction transaction, IReadOnlyList<CaseWrite> writes, CancellationToken stop)
    {
        try
        {
            foreach (var write in writes) SqliteCommit.Write((SqliteConnection)connection, (SqliteTransaction)transaction, write);
            return Task.CompletedTask;
        }
        catch (StaleCaseException e)
        {
            throw new DBConcurrencyException(e.Message, e);
        }
    }

    /// <summary>Runs the work in one transaction that holds the write lock from its beginning (BEGIN IMMEDIATE).</summary>
    internal async Task<T> WriteCase<T>(Func<SqliteConnection, SqliteTransaction, Task<T>> work, CancellationToken stop)
    {
        await turn.WaitAsync(stop);
        try
        {
            var connection = Writer();
            await using var transaction = connection.BeginTransaction(deferred: false);
            var result = await work(connection, transaction);
            transaction.Commit();
            return result;
        }
        finally
        {
            turn.Release();
        }
    }

    SqliteConnection Writer()
    {
        if (writer is not null) return writer;
        MakeFolder();
        var own = new SqliteConnectionStringBuilder(connectionString.ConnectionString) { Pooling = false };
        var opened = new SqliteConnection(own.ConnectionString);
        opened.Open();
        opened.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
        return writer = opened;
    }

    public override async Task RequireDurability(CancellationToken stop)
    {
        await turn.WaitAsync(stop);
        try
        {
            var connection = Writer();
            Require(connection.ServerVersion, connection.ExecuteScalar<string>("PRAGMA journal_mode")!, connection.ExecuteScalar<long>("PRAGMA synchronous"), connection.ExecuteScalar<long>("PRAGMA foreign_keys"));
        }
        catch (SqliteException e)
        {
            throw new WrongSetting($"无法打开 SQLite 数据库 {connectionString.DataSource}：{e.Message}", $"The SQLite database {connectionString.DataSource} cannot be opened: {e.Message}");
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>An act is answered when it is on the disk (Promise 2): nothing weaker may be set.</summary>
    internal static void Require(string version, string journal, long synchronous, long foreignKeys)
    {
        if (Version.Parse(version) < Oldest) throw new WrongSetting($"SQLite 版本为 {version}，至少需要 {Oldest}。", $"SQLite {version} is too old; {Oldest} is needed.");
        if (journal != "wal") throw new WrongSetting($"SQLite 的 journal_mode 为 {journal}，该位置不支持 WAL。", $"SQLite keeps journal_mode={journal}: the place of the file does not allow WAL.");
        if (synchronous < Full) throw new WrongSetting($"SQLite 的 synchronous 为 {synchronous}，已答复的办理可能丢失。", $"SQLite runs with synchronous={synchronous}: an answered act could be lost.");
        if (foreignKeys != 1) throw new WrongSetting("SQLite 未启用外键。", "SQLite runs without foreign keys.");
    }

    void MakeFolder()
    {
        if (Path.GetDirectoryName(Path.GetFullPath(connectionString.DataSource)) is { } folder) Directory.CreateDirectory(folder);
    }

    public override bool IsDuplicateKey(DbException error) => error is SqliteException { SqliteExtendedErrorCode: UniqueViolation or PrimaryKeyViolation };

    public override ValueTask DisposeAsync()
    {
        writer?.Dispose();
        using (var any = new SqliteConnection(connectionString.ConnectionString)) SqliteConnection.ClearPool(any);
        turn.Dispose();
        return ValueTask.CompletedTask;
    }
}
