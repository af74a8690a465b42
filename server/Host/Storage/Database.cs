using System.Data;
using System.Data.Common;
using Orchestrator.Host.Settings;
using Orchestrator.Host.Storage.Dialects;
using Orchestrator.Migrations;

namespace Orchestrator.Host.Storage;

/// <summary>Words of SQL in which the engines differ; statements of slices are put together with them.</summary>
/// <param name="Now">The database's own time in milliseconds: leases must not depend on the clocks of nodes.</param>
/// <param name="SkipLocked">Ends a SELECT that claims rows without waiting for other nodes.</param>
/// <param name="HasArrays">Whether a list is one array parameter; else Dapper writes it out.</param>
sealed record SqlDialect(string Now, string SkipLocked, bool HasArrays)
{
    /// <summary>Membership in a list parameter such as <c>@ids</c>.</summary>
    public string In(string list) => HasArrays ? $"= ANY ({list})" : $"IN {list}";
}

/// <summary>
/// The database of the server. Slices read with <see cref="Open"/> and write their own tables with <see cref="Write{T}"/>; cases are
/// written by the seam alone, through <see cref="Cases"/>. What differs between engines is behind this class and <see cref="ICaseStore"/>.
/// </summary>
abstract class Database : IAsyncDisposable
{
    /// <summary>The database of these settings, not yet opened.</summary>
    /// <exception cref="WrongSetting">The connection string cannot be read.</exception>
    public static Database Of(ServerSettings settings)
    {
        try
        {
            return settings.IsSqlite ? new SqliteDatabase(settings.ConnectionString) : new PostgreSqlDatabase(settings.ConnectionString);
        }
        catch (ArgumentException e)
        {
            throw new WrongSetting($"设置 connection 无法解析：{e.Message}", $"The setting connection cannot be read: {e.Message}");
        }
    }

    /// <summary><c>sqlite</c> or <c>postgresql</c>.</summary>
    public abstract string Engine { get; }

    /// <summary>The tables of cases, as the seam writes them.</summary>
    public abstract ICaseStore Cases { get; }

    /// <summary>Words of SQL in which the engines differ.</summary>
    public abstract SqlDialect Sql { get; }

    /// <summary>A new, closed connection with its own settings; for migrations and for the scheduler.</summary>
    public abstract DbConnection Connect();

    /// <summary>An open connection for reading.</summary>
    public virtual async Task<DbConnection> Open(CancellationToken stop)
    {
        var connection = Connect();
        try
        {
            await connection.OpenAsync(stop);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs the work in one transaction and commits it; nothing of it stays when it throws.</summary>
    public abstract Task<T> Write<T>(Func<DbConnection, DbTransaction, Task<T>> work, CancellationToken stop);

    /// <summary>Runs a single writing statement, which is its own transaction.</summary>
    public abstract Task<T> Statement<T>(Func<DbConnection, DbTransaction?, Task<T>> work, CancellationToken stop);

    /// <summary>Runs the work in one transaction and commits it.</summary>
    public Task Write(Func<DbConnection, DbTransaction, Task> work, CancellationToken stop) => Write(async (connection, transaction) =>
    {
        await work(connection, transaction);
        return true;
    }, stop);

    /// <summary>Waits until no other node prepares this database and keeps them out until disposed. The embedded engine has one process.</summary>
    public virtual Task<IAsyncDisposable> Alone(CancellationToken stop) => Task.FromResult<IAsyncDisposable>(new Nobody());

    sealed class Nobody : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    /// <summary>Writes many new or advanced cases within a transaction of <see cref="Write{T}"/>.</summary>
    /// <exception cref="DBConcurrencyException">A case exists already or has moved on; the transaction must not be committed.</exception>
    public abstract Task WriteCases(DbConnection connection, DbTransaction transaction, IReadOnlyList<CaseWrite> writes, CancellationToken stop);

    /// <summary>Makes sure that what is committed is on the disk (Promise 2) and that the server is new enough.</summary>
    /// <exception cref="WrongSetting">It is not, or the database cannot be reached.</exception>
    public abstract Task RequireDurability(CancellationToken stop);

    /// <summary>Whether the error says that a key was taken already.</summary>
    public abstract bool IsDuplicateKey(DbException error);

    /// <summary>The runner of the shipped migrations on this database.</summary>
    public MigrationRunner Migrations(TimeProvider clock) => new(Engine, Connect, clock);

    public abstract ValueTask DisposeAsync();
}
