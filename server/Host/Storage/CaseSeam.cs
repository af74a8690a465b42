using Orchestrator.Host.Outbox;

namespace Orchestrator.Host.Storage;

/// <summary>
/// The only writer of cases (Promise 2): one round trip to read, the kernel decides, one round trip and one commit to write state,
/// history, tasks, timers, documents, orders, ratings, messages, the kept reply and the audit entry together. Whoever loses against
/// another writer decides again on the fresh state.
/// Not guaranteed: an act is done at most once per request without an Idempotency-Key only as long as the caller does not send it again.
/// </summary>
sealed partial class CaseSeam(ICaseStore store, CaseSteps steps, OutboxSignal signal, ILogger<CaseSeam> log)
{
    /// <summary>Tries before others are said to have been faster too often.</summary>
    public const int MostAttempts = 20;

    /// <summary>Opens a case. A number that exists already is answered with <see cref="SeamResult.Exists"/>.</summary>
    public async Task<SeamResult> Start(StartCase start, CancellationToken stop)
    {
        var query = new CaseQuery(steps.Now.ToUnixTimeMilliseconds(), null, start.Request.Actor.Id, start.Request.IdempotencyKey, ItemCode: start.Stimulus.Pins.ItemCode);
        var lost = new LostCommits(store, start.Stimulus.CaseNo);
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            var reading = await store.Read(query, stop);
            if (Earlier(reading, start.Request) is { } earlier) return earlier;
            if (await lost.Found(stop) is { } own) return own;
            var decided = await steps.Open(start, reading.ItemStatus, stop);
            var outcome = await Commit(decided, lost, start.Stimulus.CaseNo, stop);
            if (outcome == CommitOutcome.Committed) return decided.Result;
            if (outcome == CommitOutcome.Stale) return await lost.Found(stop) ?? new SeamResult.Exists();
        }
        return new SeamResult.Busy();
    }

    /// <summary>Changes a case.</summary>
    public async Task<SeamResult> Change(ChangeCase change, CancellationToken stop)
    {
        var query = new CaseQuery(steps.Now.ToUnixTimeMilliseconds(), change.CaseNo, change.Request.Actor.Id, change.Request.IdempotencyKey, change.TaskId);
        var lost = new LostCommits(store, change.CaseNo);
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            var reading = await store.Read(query, stop);
            if (Earlier(reading, change.Request) is { } earlier) return earlier;
            if (reading.Case is not { } loaded) return new SeamResult.NotFound();
            if (await lost.Found(stop) is { } own) return own;
            var decided = await steps.Change(change, loaded, stop);
            if (await Commit(decided, lost, change.CaseNo, stop) == CommitOutcome.Committed) return decided.Result;
        }
        return new SeamResult.Busy();
    }

    static SeamResult? Earlier(CaseReading reading, RequestInfo request) =>
        reading.Earlier is not { } earlier ? null
        : earlier.RequestHash == request.RequestHash ? new SeamResult.Replayed(earlier.Reply)
        : new SeamResult.KeyReused();

    /// <summary>Null when the outcome is not known.</summary>
    async Task<CommitOutcome?> Commit(DecidedStep decided, LostCommits lost, string caseNo, CancellationToken stop)
    {
        try
        {
            var outcome = await store.Commit(decided.Write, stop);
            if (outcome == CommitOutcome.Committed && decided.Write.Outbox.Count > 0) signal.Ring();
            if (outcome == CommitOutcome.Stale) SeamMetrics.Conflicts.Add();
            if (outcome == CommitOutcome.StoppedByKey) Alarm(caseNo);
            return outcome;
        }
        catch (CommitUnknownException e)
        {
            SeamMetrics.UnknownCommits.Add();
            LogUnknown(caseNo, e);
            lost.Add(decided);
            return null;
        }
    }

    void Alarm(string caseNo)
    {
        SeamMetrics.KeyStops.Add();
        LogKeyStop(caseNo);
    }

    [LoggerMessage(2001, LogLevel.Critical, "Case {CaseNo}: only a key stopped a second writer of the same step; the version guard did not hold.")]
    partial void LogKeyStop(string caseNo);

    [LoggerMessage(2002, LogLevel.Warning, "Case {CaseNo}: the connection was lost at commit; looking whether it stands.")]
    partial void LogUnknown(string caseNo, Exception cause);
}
