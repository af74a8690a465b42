using System.Data.Common;
using Orchestrator.Host.Storage;
using Orchestrator.Kernel.Engine;

namespace Orchestrator.Host.Outbox;

/// <summary>
/// Tells cases that their notices were taken and their duties done (T-NTF, T-CRT, T-SHR): all cases of a batch in one commit; those that
/// another node holds at the moment one by one. Telling a case twice changes nothing.
/// </summary>
sealed class AcknowledgeSent(ICaseStore store, CaseSteps steps, CaseSeam seam, OutboxSignal signal)
{
    static readonly RequestInfo Engine = new(Actor.Engine, "notice.acknowledge");

    /// <summary>The cases that could not be told, and why.</summary>
    public async Task<IReadOnlyDictionary<string, string>> Run(Acknowledgements owed, CancellationToken stop)
    {
        if (owed.Cases.Count == 0) return new Dictionary<string, string>();
        var told = await Together(owed, stop);
        var failed = new Dictionary<string, string>();
        foreach (var caseNo in owed.Cases.Where(caseNo => !told.Contains(caseNo)))
            if (await Alone(caseNo, owed, stop) is { } why) failed[caseNo] = why;
        return failed;
    }

    /// <summary>The cases that were told in one commit; none when the batch could not be written.</summary>
    async Task<HashSet<string>> Together(Acknowledgements owed, CancellationToken stop)
    {
        var told = new HashSet<string>();
        try
        {
            var outcome = await store.ChangeMany([.. owed.Cases], async loaded =>
            {
                var write = await steps.Apply(loaded, owed.For(loaded.State.CaseNo), stop);
                told.Add(loaded.State.CaseNo);
                return write;
            }, stop);
            if (outcome.Written.Any(write => write.Outbox.Count > 0)) signal.Ring();
            return told;
        }
        catch (Exception e) when (e is not OperationCanceledException)   // one bad case must not hold up the others: each is told alone
        {
            return [];
        }
    }

    async Task<string?> Alone(string caseNo, Acknowledgements owed, CancellationToken stop)
    {
        try
        {
            // A refusal says that nothing is pending any more, which is what was wanted.
            return await seam.Change(new(caseNo, _ => owed.For(caseNo), Engine), stop) is SeamResult.NotFound or SeamResult.Busy ? "the case could not be told" : null;
        }
        catch (Exception e) when (e is DbException or CommitUnknownException or InvalidOperationException or PinnedDataMissingException)
        {
            return $"{e.GetType().Name}: {e.Message}";
        }
    }
}
