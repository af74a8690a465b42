using Orchestrator.Host.Storage;

namespace Orchestrator.Stores.Conformance.Kit;

/// <summary>A store that counts its calls and fails as it is told: before a commit, after it, or after it without anybody knowing.</summary>
sealed class FaultyStore(ICaseStore inner) : ICaseStore
{
    public enum Fault
    {
        None,
        /// <summary>Nothing was sent, but the caller cannot know.</summary>
        LostBefore,
        /// <summary>It was done, but the answer was lost.</summary>
        LostAfter,
    }

    public int Reads { get; private set; }
    public int Commits { get; private set; }

    /// <summary>What happens to the next commits, in order; none when empty.</summary>
    public Queue<Fault> Plan { get; } = new();

    /// <summary>Runs between a decision and its commit: what another node does meanwhile.</summary>
    public Func<CaseWrite, Task>? Meanwhile { get; set; }

    /// <summary>Changes what is committed: how a guard is taken out.</summary>
    public Func<CaseWrite, CaseWrite> Bend { get; set; } = write => write;

    public Task<CaseReading> Read(CaseQuery query, CancellationToken stop)
    {
        Reads++;
        return inner.Read(query, stop);
    }

    public async Task<CommitOutcome> Commit(CaseWrite write, CancellationToken stop)
    {
        Commits++;
        var fault = Plan.TryDequeue(out var planned) ? planned : Fault.None;
        if (Meanwhile is { } act) await act(write);
        if (fault == Fault.LostBefore) throw new CommitUnknownException(new IOException("cut"));
        var outcome = await inner.Commit(Bend(write), stop);
        return fault == Fault.LostAfter ? throw new CommitUnknownException(new IOException("cut")) : outcome;
    }

    public Task<BatchOutcome> SweepDue(long until, long now, int limit, Func<LoadedCase, ValueTask<CaseWrite?>> decide, CancellationToken stop) => inner.SweepDue(until, now, limit, decide, stop);

    public Task<BatchOutcome> ChangeMany(IReadOnlyList<string> caseNos, Func<LoadedCase, ValueTask<CaseWrite?>> decide, CancellationToken stop) => inner.ChangeMany(caseNos, decide, stop);

    public Task<long?> NextWake(long now, CancellationToken stop) => inner.NextWake(now, stop);

    public Task<bool> HasCommit(string caseNo, IReadOnlyList<string> commitIds, CancellationToken stop) => inner.HasCommit(caseNo, commitIds, stop);
}
