using System.Data;
using System.Text;
using Dapper;
using Microsoft.Data.Sqlite;
using Orchestrator.Kernel.Engine;

namespace Orchestrator.Host.Storage.Dialects;

/// <summary>Cases on SQLite: one transaction per commit, begun with the write lock, one statement per table.</summary>
sealed class SqliteCaseStore(SqliteDatabase database) : ICaseStore
{
    const string Columns = "c.body AS Body, c.kind AS Kind, c.region AS Region, c.hall AS Hall, c.department AS Department, c.applicant_id AS ApplicantId";

    const string SelectForDecision = $"""
        SELECT {Columns}, t.claimed_by AS ClaimedBy, i.request_hash AS RequestHash, i.status AS Status, i.response AS Response,
          (SELECT s.status FROM item_standing s WHERE s.item_code = COALESCE(c.item_code, @ItemCode) AND s.effective_from <= @Now ORDER BY s.effective_from DESC LIMIT 1) AS ItemStatus
        FROM (SELECT 1) one
        LEFT JOIN service_case c ON c.case_no = @CaseNo
        LEFT JOIN idempotency i ON i.actor_id = @ActorId AND i.request_key = @Key
        LEFT JOIN case_task t ON t.task_id = @TaskId
        """;

    // The write lock is held already, so nothing has to be skipped.
    const string ClaimDue = $"""
        SELECT {Columns}
        FROM service_case c
        WHERE c.next_wake_at <= @until
          AND NOT EXISTS (SELECT 1 FROM put_aside p WHERE p.kind = 'timer' AND p.subject = c.case_no AND (p.next_attempt_at IS NULL OR p.next_attempt_at > @now))
        ORDER BY c.next_wake_at
        LIMIT @limit
        """;

    const string ClaimNamed = $"""
        SELECT {Columns}
        FROM service_case c
        WHERE c.case_no IN @caseNos
        ORDER BY c.case_no
        """;

    const string SelectNextWake = """
        SELECT min(c.next_wake_at) FROM service_case c
        WHERE c.next_wake_at IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM put_aside p WHERE p.kind = 'timer' AND p.subject = c.case_no AND (p.next_attempt_at IS NULL OR p.next_attempt_at > @now))
        """;

    const string SelectCommit = "SELECT EXISTS (SELECT 1 FROM case_event WHERE case_no = @caseNo AND commit_id IN @commitIds)";

    sealed record Row
    {
        public string? Body { get; init; }
        public string? Kind { get; init; }
        public string? Region { get; init; }
        public string? Hall { get; init; }
        public string? Department { get; init; }
        public string? ApplicantId { get; init; }
        public string? ItemStatus { get; init; }
        public string? ClaimedBy { get; init; }
        public string? RequestHash { get; init; }
        public long? Status { get; init; }
        public string? Response { get; init; }

        public LoadedCase? Case => Body is null ? null : new(KernelJson.ReadState(Encoding.UTF8.GetBytes(Body)), Kind!, Region, Hall, Department, ApplicantId, ItemStatus, ClaimedBy);
        public (string, SeamReply)? Earlier => RequestHash is null ? null : (RequestHash, new((int)Status!, Response!));
    }

    public async Task<CaseReading> Read(CaseQuery query, CancellationToken stop)
    {
        SeamMetrics.RoundTrips.Add();
        await using var connection = await database.Open(stop);
        var row = await connection.QuerySingleAsync<Row>(SelectForDecision, query);
        return new(row.Case, row.Earlier, row.ItemStatus);
    }

    public async Task<CommitOutcome> Commit(CaseWrite write, CancellationToken stop)
    {
        SeamMetrics.RoundTrips.Add();
        try
        {
            await database.WriteCase((connection, transaction) => Task.FromResult(SqliteCommit.Write(connection, transaction, write)), stop);
            SeamMetrics.Commits.Add();
            SeamMetrics.Transitions.Add(write.Transitions);
            return CommitOutcome.Committed;
        }
        catch (StaleCaseException)
        {
            return CommitOutcome.Stale;
        }
        catch (SqliteException e) when (database.IsDuplicateKey(e))
        {
            return e.Message.Contains("idempotency.", StringComparison.Ordinal) ? CommitOutcome.KeyTaken : CommitOutcome.StoppedByKey;
        }
        catch (SqliteException e) when (e.SqliteErrorCode == SQLitePCL.raw.SQLITE_IOERR)
        {
            throw new CommitUnknownException(e);
        }
    }

    public Task<BatchOutcome> SweepDue(long until, long now, int limit, Func<LoadedCase, ValueTask<CaseWrite?>> decide, CancellationToken stop) =>
        Batch(ClaimDue, new { until, now, limit }, decide, stop);

    public Task<BatchOutcome> ChangeMany(IReadOnlyList<string> caseNos, Func<LoadedCase, ValueTask<CaseWrite?>> decide, CancellationToken stop) =>
        Batch(ClaimNamed, new { caseNos }, decide, stop);

    async Task<BatchOutcome> Batch(string claim, object parameters, Func<LoadedCase, ValueTask<CaseWrite?>> decide, CancellationToken stop)
    {
        SeamMetrics.RoundTrips.Add();
        var outcome = await database.WriteCase(async (connection, transaction) =>
        {
            var claimed = connection.Query<Row>(claim, parameters, transaction).Select(row => row.Case!).ToList();
            var writes = new List<CaseWrite>(claimed.Count);
            foreach (var loaded in claimed)
                if (await decide(loaded) is { } write) writes.Add(write);
            foreach (var write in writes) SqliteCommit.Write(connection, transaction, write);
            return new BatchOutcome(writes, claimed.Count);
        }, stop);
        if (outcome.Written.Count > 0) SeamMetrics.Commits.Add();
        SeamMetrics.Transitions.Add(outcome.Written.Sum(write => write.Transitions));
        return outcome;
    }

    public async Task<long?> NextWake(long now, CancellationToken stop)
    {
        await using var connection = await database.Open(stop);
        return await connection.ExecuteScalarAsync<long?>(SelectNextWake, new { now });
    }

    public async Task<bool> HasCommit(string caseNo, IReadOnlyList<string> commitIds, CancellationToken stop)
    {
        await using var connection = await database.Open(stop);
        return await connection.ExecuteScalarAsync<long>(SelectCommit, new { caseNo, commitIds }) == 1;
    }
}

/// <summary>The version guard held: the transaction has to be rolled back.</summary>
sealed class StaleCaseException() : Exception("The case was changed meanwhile.");
