using System.Data;
using Npgsql;
using NpgsqlTypes;
using Orchestrator.Kernel.Engine;

namespace Orchestrator.Host.Storage.Dialects;

/// <summary>
/// Cases on PostgreSQL. A commit is one statement (<see cref="PostgreSqlCommit"/>), so it is one round trip and one transaction without
/// BEGIN and COMMIT. Plain ADO.NET, because the arrays go to the server in binary form; everything else in the house uses Dapper.
/// </summary>
sealed class PostgreSqlCaseStore(NpgsqlDataSource source) : ICaseStore
{
    const string SelectForDecision = """
        SELECT c.body, c.kind, c.region, c.hall, c.department, c.applicant_id, t.claimed_by, i.request_hash, i.status, i.response,
          (SELECT s.status FROM item_standing s WHERE s.item_code = COALESCE(c.item_code, $5) AND s.effective_from <= $6 ORDER BY s.effective_from DESC LIMIT 1)
        FROM (SELECT 1) one
        LEFT JOIN service_case c ON c.case_no = $1
        LEFT JOIN idempotency i ON i.actor_id = $2 AND i.request_key = $3
        LEFT JOIN case_task t ON t.task_id = $4
        """;

    // Lock order: service_case rows only, by next_wake_at; rows of other nodes are skipped, so nodes never wait for each other.
    const string ClaimDue = """
        SELECT c.body, c.kind, c.region, c.hall, c.department, c.applicant_id
        FROM service_case c
        WHERE c.next_wake_at <= $1
          AND NOT EXISTS (SELECT 1 FROM put_aside p WHERE p.kind = 'timer' AND p.subject = c.case_no AND (p.next_attempt_at IS NULL OR p.next_attempt_at > $2))
        ORDER BY c.next_wake_at
        LIMIT $3
        FOR UPDATE OF c SKIP LOCKED
        """;

    const string ClaimNamed = """
        SELECT c.body, c.kind, c.region, c.hall, c.department, c.applicant_id
        FROM service_case c
        WHERE c.case_no = ANY($1)
        ORDER BY c.case_no
        FOR UPDATE OF c SKIP LOCKED
        """;

    const string SelectNextWake = """
        SELECT min(c.next_wake_at) FROM service_case c
        WHERE c.next_wake_at IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM put_aside p WHERE p.kind = 'timer' AND p.subject = c.case_no AND (p.next_attempt_at IS NULL OR p.next_attempt_at > $1))
        """;

    const string SelectCommit = "SELECT EXISTS (SELECT 1 FROM case_event WHERE case_no = $1 AND commit_id = ANY($2))";

    public async Task<CaseReading> Read(CaseQuery query, CancellationToken stop)
    {
        SeamMetrics.RoundTrips.Add();
        await using var command = source.CreateCommand(SelectForDecision);
        foreach (var value in new[] { query.CaseNo, query.Key is null ? null : query.ActorId, query.Key, query.TaskId, query.ItemCode }) command.Parameters.Add(Text(value));
        command.Parameters.Add(Number(query.Now));
        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SingleRow, stop);
        await reader.ReadAsync(stop);
        var standing = String(reader, 10);
        var found = reader.IsDBNull(0) ? null : Case(reader) with { ItemStatus = standing, ClaimedBy = String(reader, 6) };
        return new(found, reader.IsDBNull(7) ? null : (reader.GetString(7), new SeamReply((int)reader.GetInt64(8), reader.GetString(9))), standing);
    }

    public async Task<CommitOutcome> Commit(CaseWrite write, CancellationToken stop)
    {
        SeamMetrics.RoundTrips.Add();
        await using var connection = await source.OpenConnectionAsync(stop);
        try
        {
            await using var command = PostgreSqlCommit.Command(connection, [write]);
            // From here on the statement may be under way: not even a request that was called off leaves it in doubt.
            var cases = (long)(await command.ExecuteScalarAsync(CancellationToken.None))!;
            if (write.Case is not null && cases == 0) return CommitOutcome.Stale;
            SeamMetrics.Commits.Add();
            SeamMetrics.Transitions.Add(write.Transitions);
            return CommitOutcome.Committed;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return e.ConstraintName == "pk_idempotency" ? CommitOutcome.KeyTaken : CommitOutcome.StoppedByKey;
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure)
        {
            return CommitOutcome.Stale;
        }
        catch (NpgsqlException e) when (e is not PostgresException { Severity: "ERROR" })
        {
            throw new CommitUnknownException(e);
        }
    }

    public Task<BatchOutcome> SweepDue(long until, long now, int limit, Func<LoadedCase, ValueTask<CaseWrite?>> decide, CancellationToken stop) =>
        Batch(ClaimDue, [Number(until), Number(now), Number(limit)], decide, stop);

    public Task<BatchOutcome> ChangeMany(IReadOnlyList<string> caseNos, Func<LoadedCase, ValueTask<CaseWrite?>> decide, CancellationToken stop) =>
        Batch(ClaimNamed, [new NpgsqlParameter<string[]> { TypedValue = [.. caseNos] }], decide, stop);

    /// <summary>Claim, decide and write in one transaction: three round trips and one commit for all of them.</summary>
    async Task<BatchOutcome> Batch(string claim, NpgsqlParameter[] parameters, Func<LoadedCase, ValueTask<CaseWrite?>> decide, CancellationToken stop)
    {
        await using var connection = await source.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);   // travels with the claim
        var claimed = await Claim(connection, claim, parameters, stop);
        SeamMetrics.RoundTrips.Add();
        var writes = new List<CaseWrite>(claimed.Count);
        foreach (var loaded in claimed)
            if (await decide(loaded) is { } write) writes.Add(write);
        if (writes.Count == 0) return new([], claimed.Count);

        await using var command = PostgreSqlCommit.Command(connection, writes);
        var cases = (long)(await command.ExecuteScalarAsync(stop))!;
        if (cases != writes.Count) throw new DBConcurrencyException("A claimed case was changed in spite of its lock.");
        await transaction.CommitAsync(stop);
        SeamMetrics.RoundTrips.Add(2);
        SeamMetrics.Commits.Add();
        SeamMetrics.Transitions.Add(writes.Sum(write => write.Transitions));
        return new(writes, claimed.Count);
    }

    static async Task<List<LoadedCase>> Claim(NpgsqlConnection connection, string sql, NpgsqlParameter[] parameters, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddRange(parameters);
        await using var reader = await command.ExecuteReaderAsync(stop);
        var claimed = new List<LoadedCase>();
        while (await reader.ReadAsync(stop)) claimed.Add(Case(reader));
        return claimed;
    }

    public async Task<long?> NextWake(long now, CancellationToken stop)
    {
        await using var command = source.CreateCommand(SelectNextWake);
        command.Parameters.Add(Number(now));
        return await command.ExecuteScalarAsync(stop) as long?;
    }

    public async Task<bool> HasCommit(string caseNo, IReadOnlyList<string> commitIds, CancellationToken stop)
    {
        await using var command = source.CreateCommand(SelectCommit);
        command.Parameters.Add(Text(caseNo));
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. commitIds] });
        return (bool)(await command.ExecuteScalarAsync(stop))!;
    }

    static LoadedCase Case(NpgsqlDataReader reader) =>
        new(KernelJson.ReadState(reader.GetFieldValue<byte[]>(0)), reader.GetString(1), String(reader, 2), String(reader, 3), String(reader, 4), String(reader, 5));

    static string? String(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    static NpgsqlParameter Text(string? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };

    static NpgsqlParameter Number(long value) => new NpgsqlParameter<long> { TypedValue = value };
}
