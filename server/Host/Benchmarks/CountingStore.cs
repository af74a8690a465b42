using Orchestrator.Host.Storage;

namespace Orchestrator.Host.Benchmarks;

/// <summary>Passes everything on and counts the rows written, so that the bare-SQL limit writes as many of each kind.</summary>
sealed class CountingStore(ICaseStore inner) : ICaseStore
{
    long transitions, tasks, closedTasks, timers, documents, outbox, audit;
    readonly Lock gate = new();

    /// <summary>A case body, an event body and a message body of usual size: those of the middle of the run.</summary>
    public (string State, string Entry, string Message, string Content) Sample { get; private set; } = ("{}", "[]", "{}", "{}");

    /// <summary>Rows of each kind for one transition, rounded.</summary>
    public (int Tasks, int ClosedTasks, int Timers, int Documents, int Outbox, int Audit) PerTransition
    {
        get
        {
            int Each(long rows) => (int)Math.Round((double)rows / Math.Max(1, transitions));
            return (Each(tasks), Each(closedTasks), Each(timers), Each(documents), Each(outbox), Each(audit));
        }
    }

    public async Task<CommitOutcome> Commit(CaseWrite write, CancellationToken stop)
    {
        var outcome = await inner.Commit(write, stop);
        lock (gate) Count(write);
        return outcome;
    }

    public Task<CaseReading> Read(CaseQuery query, CancellationToken stop) => inner.Read(query, stop);
    public Task<BatchOutcome> SweepDue(long until, long now, int limit, Func<LoadedCase, ValueTask<CaseWrite?>> decide, CancellationToken stop) => inner.SweepDue(until, now, limit, decide, stop);
    public Task<BatchOutcome> ChangeMany(IReadOnlyList<string> caseNos, Func<LoadedCase, ValueTask<CaseWrite?>> decide, CancellationToken stop) => inner.ChangeMany(caseNos, decide, stop);
    public Task<long?> NextWake(long now, CancellationToken stop) => inner.NextWake(now, stop);
    public Task<bool> HasCommit(string caseNo, IReadOnlyList<string> commitIds, CancellationToken stop) => inner.HasCommit(caseNo, commitIds, stop);

    void Count(CaseWrite write)
    {
        transitions += write.Transitions;
        tasks += write.Tasks.Count;
        closedTasks += write.ClosedTasks.Count;
        timers += write.Timers.Count;
        documents += write.Documents.Count;
        outbox += write.Outbox.Count;
        audit += write.Audit.Count;
        if (write.Case?.State == "deciding" && write.Outbox.Count == 0 && write.Events is [{ } entry, ..]) Sample = Sample with { State = write.Case.Body, Entry = entry.Body };
        if (write.Outbox is [{ } message, ..]) Sample = Sample with { Message = message.Body };
        if (write.Documents is [{ } document, ..]) Sample = Sample with { Content = document.Content };
    }
}
