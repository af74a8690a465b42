using Dapper;

namespace Orchestrator.Host.Storage;

/// <summary>Work that fails is tried again a few times, then set aside where people see it and can let it run again; the rest goes on.</summary>
sealed class PutAside(Database database)
{
    public const string Timer = "timer", Message = "message";

    /// <summary>Tries before it is set aside.</summary>
    public const int MostAttempts = 5;

    /// <summary>Wait after the first failure; the n-th waits n² times as long.</summary>
    public const int BackoffMs = 5_000;

    const string Upsert = """
        INSERT INTO put_aside (kind, subject, case_no, attempts, next_attempt_at, set_aside_at, error, first_at, last_at)
        VALUES (@kind, @subject, @caseNo, @attempts, CASE WHEN @attempts < @most THEN @now + @BackoffMs END, CASE WHEN @attempts >= @most THEN @now END, @error, @now, @now)
        ON CONFLICT (kind, subject) DO UPDATE
        SET attempts = put_aside.attempts + @attempts,
            next_attempt_at = CASE WHEN put_aside.attempts + @attempts < @most THEN @now + @BackoffMs * put_aside.attempts * put_aside.attempts END,
            set_aside_at = CASE WHEN put_aside.attempts + @attempts >= @most THEN @now END,
            error = @error, last_at = @now
        """;

    const string List = """
        SELECT kind AS Kind, subject AS Subject, case_no AS CaseNo, attempts AS Attempts, set_aside_at AS SetAsideAt, error AS Error, first_at AS FirstAt, last_at AS LastAt
        FROM put_aside ORDER BY first_at, kind, subject
        """;

    const string Delete = "DELETE FROM put_aside WHERE kind = @kind AND subject = @subject";

    readonly string forget = $"DELETE FROM put_aside WHERE kind = @kind AND subject {database.Sql.In("@subjects")}";

    /// <summary>One piece of work that failed.</summary>
    public sealed record Entry
    {
        public required string Kind { get; init; }
        public required string Subject { get; init; }
        public required string CaseNo { get; init; }
        public required long Attempts { get; init; }
        /// <summary>Null while it is still tried by itself.</summary>
        public long? SetAsideAt { get; init; }
        public required string Error { get; init; }
        public required long FirstAt { get; init; }
        public required long LastAt { get; init; }
    }

    /// <summary>Notes a failure.</summary>
    /// <param name="kind"><see cref="Timer"/> or <see cref="Message"/>.</param>
    /// <param name="subject">Case number or message id.</param>
    /// <param name="caseNo">Case.</param>
    /// <param name="error">What went wrong.</param>
    /// <param name="now">The server's time.</param>
    /// <param name="final">Whether it is set aside at once: the tries were counted elsewhere.</param>
    /// <param name="stop">Interrupts.</param>
    public Task Failed(string kind, string subject, string caseNo, string error, long now, bool final, CancellationToken stop) =>
        database.Statement((connection, transaction) => connection.ExecuteAsync(
            Upsert, new { kind, subject, caseNo, error, now, BackoffMs, attempts = final ? (long)MostAttempts : 1L, most = (long)MostAttempts }, transaction), stop);

    /// <summary>Work of these subjects was done after all.</summary>
    public async Task Done(string kind, IReadOnlyList<string> subjects, CancellationToken stop)
    {
        if (subjects.Count > 0) await database.Statement((connection, transaction) => connection.ExecuteAsync(forget, new { kind, subjects = subjects.ToArray() }, transaction), stop);
    }

    /// <summary>Lets it run again from the beginning; false when it is not there.</summary>
    public async Task<bool> Replay(string kind, string subject, CancellationToken stop) =>
        await database.Statement((connection, transaction) => connection.ExecuteAsync(Delete, new { kind, subject }, transaction), stop) == 1;

    /// <summary>Everything that failed and has not been done since, oldest first.</summary>
    public async Task<IReadOnlyList<Entry>> All(CancellationToken stop)
    {
        await using var connection = await database.Open(stop);
        return (await connection.QueryAsync<Entry>(List)).AsList();
    }
}
