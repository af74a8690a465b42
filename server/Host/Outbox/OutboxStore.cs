using Dapper;
using Orchestrator.Host.Storage;

namespace Orchestrator.Host.Outbox;

/// <summary>What became of a claimed message.</summary>
/// <param name="Message">The message.</param>
/// <param name="Error">Null when it was sent.</param>
sealed record Settlement(OutboxMessage Message, string? Error);

/// <summary>
/// Claims and settles messages. Only the first unsent message of a case can be claimed, and with it the rest of that case: whoever holds
/// the first holds the order. A claim is a lease by the database's clock; a node that dies gives it back by the passing of time.
/// </summary>
sealed class OutboxStore(Database database)
{
    /// <summary>Tries before a message is put aside.</summary>
    public const int MostAttempts = 8;

    /// <summary>How long a node may take to send what it claimed.</summary>
    public const int LeaseMs = 30_000;

    /// <summary>Wait after the first failure; the n-th waits n² times as long.</summary>
    public const int BackoffMs = 2_000;

    const string Columns = "id AS Id, message_id AS MessageId, case_no AS CaseNo, seq AS Seq, topic AS Topic, body AS Body, created_at AS CreatedAt, attempts AS Attempts";

    readonly string lease = $"""
        UPDATE outbox SET leased_until = {database.Sql.Now} + @LeaseMs
        WHERE id IN (
          SELECT o.id FROM outbox o
          WHERE o.dispatched_at IS NULL AND o.failed_at IS NULL
            AND (o.next_attempt_at IS NULL OR o.next_attempt_at <= @now)
            AND (o.leased_until IS NULL OR o.leased_until <= {database.Sql.Now})
            AND NOT EXISTS (SELECT 1 FROM outbox p WHERE p.case_no = o.case_no AND p.id < o.id AND p.dispatched_at IS NULL AND p.failed_at IS NULL)
          ORDER BY o.id
          LIMIT @limit
          {database.Sql.SkipLocked})
        RETURNING case_no
        """;

    readonly string take = $"""
        UPDATE outbox SET attempts = attempts + 1
        WHERE case_no {database.Sql.In("@cases")} AND dispatched_at IS NULL AND failed_at IS NULL
        RETURNING {Columns}
        """;

    readonly string sent = $"UPDATE outbox SET dispatched_at = @now, leased_until = NULL, last_error = NULL WHERE id {database.Sql.In("@ids")} AND dispatched_at IS NULL";

    const string Failed = """
        UPDATE outbox
        SET leased_until = NULL, last_error = @error, next_attempt_at = @now + @BackoffMs * attempts * attempts, failed_at = CASE WHEN attempts >= @MostAttempts THEN @now END
        WHERE id = @id
        """;

    /// <summary>A message that was not reached because an earlier one of its case failed was not tried.</summary>
    readonly string release = $"UPDATE outbox SET attempts = attempts - 1 WHERE id {database.Sql.In("@ids")} AND dispatched_at IS NULL";

    const string SelectNextAttempt = """
        SELECT min(COALESCE(next_attempt_at, 0)) FROM outbox o
        WHERE o.dispatched_at IS NULL AND o.failed_at IS NULL
          AND NOT EXISTS (SELECT 1 FROM outbox p WHERE p.case_no = o.case_no AND p.id < o.id AND p.dispatched_at IS NULL AND p.failed_at IS NULL)
        """;

    const string Replay = "UPDATE outbox SET failed_at = NULL, attempts = 0, next_attempt_at = NULL WHERE message_id = @messageId AND failed_at IS NOT NULL";

    /// <summary>Claims the messages of up to <paramref name="limit"/> cases, in order per case.</summary>
    public Task<List<OutboxMessage>> Claim(long now, int limit, CancellationToken stop) => database.Write(async (connection, transaction) =>
    {
        var cases = (await connection.QueryAsync<string>(lease, new { now, limit, LeaseMs }, transaction)).ToArray();
        if (cases.Length == 0) return [];
        return (await connection.QueryAsync<OutboxMessage>(take, new { cases }, transaction)).OrderBy(message => message.Id).ToList();
    }, stop);

    /// <summary>Writes down what became of claimed messages, all in one commit.</summary>
    /// <param name="settled">Those that were tried.</param>
    /// <param name="untried">Those behind a failed one of the same case.</param>
    /// <param name="now">The server's time.</param>
    /// <param name="stop">Interrupts.</param>
    public Task Settle(IReadOnlyList<Settlement> settled, IReadOnlyList<OutboxMessage> untried, long now, CancellationToken stop) => database.Write(async (connection, transaction) =>
    {
        var ids = settled.Where(each => each.Error is null).Select(each => each.Message.Id).ToArray();
        if (ids.Length > 0) await connection.ExecuteAsync(sent, new { now, ids }, transaction);
        foreach (var (message, error) in settled.Where(each => each.Error is not null))
            await connection.ExecuteAsync(Failed, new { id = message.Id, error, now, BackoffMs, MostAttempts }, transaction);
        ids = [.. untried.Select(message => message.Id)];
        if (ids.Length > 0) await connection.ExecuteAsync(release, new { ids }, transaction);
    }, stop);

    /// <summary>The instant at which the next message may be sent, 0 for at once; null when none waits.</summary>
    public async Task<long?> NextAttempt(CancellationToken stop)
    {
        await using var connection = await database.Open(stop);
        return await connection.ExecuteScalarAsync<long?>(SelectNextAttempt);
    }

    /// <summary>Sends a message again that was put aside; false when it was not.</summary>
    public async Task<bool> SendAgain(string messageId, CancellationToken stop) =>
        await database.Statement((connection, transaction) => connection.ExecuteAsync(Replay, new { messageId }, transaction), stop) == 1;
}
