namespace Orchestrator.Host.Storage;

/// <summary>What the seam asks for in its one reading round trip.</summary>
/// <param name="Now">The server's time; what stands in the catalogue then.</param>
/// <param name="CaseNo">Case; null when a new one is to be opened.</param>
/// <param name="ActorId">Whose Idempotency-Key.</param>
/// <param name="Key">Idempotency-Key; null for none.</param>
/// <param name="TaskId">Task whose claim matters; null for none.</param>
/// <param name="ItemCode">Item of a case to be opened; that of an existing case is known.</param>
sealed record CaseQuery(long Now, string? CaseNo, string? ActorId = null, string? Key = null, string? TaskId = null, string? ItemCode = null);

/// <summary>What one reading round trip found.</summary>
/// <param name="Case">Null when there is no such case.</param>
/// <param name="Earlier">The kept reply of the same key with the hash of its request; null when the key is new.</param>
/// <param name="ItemStatus">Standing of the item today: suspended or cancelled; null when it is in force.</param>
sealed record CaseReading(LoadedCase? Case, (string RequestHash, SeamReply Reply)? Earlier, string? ItemStatus);

/// <summary>How a commit of the seam ended when the database answered.</summary>
enum CommitOutcome
{
    /// <summary>On the disk, all of it.</summary>
    Committed,
    /// <summary>The version guard held: somebody else was faster. Nothing was written.</summary>
    Stale,
    /// <summary>The second net held: a key (of the history row first of all) was taken although the guard let it pass. Nothing was written; an alarm.</summary>
    StoppedByKey,
    /// <summary>The Idempotency-Key was taken meanwhile. Nothing was written.</summary>
    KeyTaken,
}

/// <summary>The connection was lost while the commit was under way: it may have happened or may still happen.</summary>
sealed class CommitUnknownException(Exception cause) : Exception("The outcome of the commit is not known.", cause);

/// <summary>The cases of a claimed batch that were written, and those that could not be decided.</summary>
sealed record BatchOutcome(IReadOnlyList<CaseWrite> Written, int Claimed);

/// <summary>The statements that read and write cases; one implementation per engine, proven by one conformance suite.</summary>
interface ICaseStore
{
    /// <summary>Case, kept reply and claim in one round trip.</summary>
    Task<CaseReading> Read(CaseQuery query, CancellationToken stop);

    /// <summary>Everything of one write in one commit, guarded by the version; or nothing at all.</summary>
    /// <exception cref="CommitUnknownException">The connection was lost on the way.</exception>
    Task<CommitOutcome> Commit(CaseWrite write, CancellationToken stop);

    /// <summary>
    /// Claims due cases, earliest first, without waiting for other nodes; lets <paramref name="decide"/> make their writes and commits them
    /// together. Cases for which it gives null are left alone.
    /// </summary>
    /// <param name="until">Cases that wake up to and including this instant.</param>
    /// <param name="now">The server's time; what was put aside until later is not claimed.</param>
    /// <param name="limit">Most cases to claim.</param>
    /// <param name="decide">Makes the write of one case.</param>
    /// <param name="stop">Interrupts; nothing stays of the batch then.</param>
    Task<BatchOutcome> SweepDue(long until, long now, int limit, Func<LoadedCase, ValueTask<CaseWrite?>> decide, CancellationToken stop);

    /// <summary>The same for named cases; those that another node holds are left out.</summary>
    Task<BatchOutcome> ChangeMany(IReadOnlyList<string> caseNos, Func<LoadedCase, ValueTask<CaseWrite?>> decide, CancellationToken stop);

    /// <summary>The instant at which the next case wakes, leaving out what was set aside; null when none will.</summary>
    Task<long?> NextWake(long now, CancellationToken stop);

    /// <summary>Whether one of these commits stands in the history of the case.</summary>
    Task<bool> HasCommit(string caseNo, IReadOnlyList<string> commitIds, CancellationToken stop);
}
