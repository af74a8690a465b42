using NodaTime;
using Orchestrator.Host.Outbox;
using Orchestrator.Host.Storage;

namespace Orchestrator.Host.Clocks;

/// <summary>
/// The sweep: fires what is due on cases, in batches, each effect dated at its own legal instant. What is due, and whether it has already
/// fired, is decided by the rows; a bell that rings twice, late or on two nodes changes nothing. A case that cannot be decided is put
/// aside and the others go on.
/// </summary>
sealed partial class FireDueTimers(ICaseStore store, CaseSteps steps, PutAside putAside, OutboxSignal signal, ILogger<FireDueTimers> log) : IDueWork
{
    /// <summary>Cases that one commit takes.</summary>
    public const int BatchDefault = 200;

    public string Name => "timers";

    public async Task<Instant?> NextDue(CancellationToken stop) =>
        await store.NextWake(steps.Now.ToUnixTimeMilliseconds(), stop) is { } wake ? Instant.FromUnixTimeMilliseconds(wake) : null;

    public Task<int> RunOnce(Instant until, CancellationToken stop) => RunOnce(until, BatchDefault, stop);

    /// <summary>Fires everything due up to and including an instant; the number of transitions.</summary>
    public async Task<int> RunOnce(Instant until, int batch, CancellationToken stop)
    {
        var fired = 0;
        while (!stop.IsCancellationRequested)
        {
            var failed = new List<(string CaseNo, Exception Error)>();
            var (outcome, whole) = await Sweep(until, batch, failed, stop);
            foreach (var (caseNo, error) in failed) await SetAside(caseNo, error, stop);
            await Keep(outcome, stop);
            fired += outcome.Written.Sum(write => write.Transitions);
            // A batch that could not be written as a whole is repeated in single cases, so that the bad one stands alone.
            batch = whole ? batch : 1;
            if (whole && outcome.Claimed < batch || outcome.Claimed == 0 && failed.Count == 0) break;
        }
        return fired;
    }

    async Task<(BatchOutcome Outcome, bool Whole)> Sweep(Instant until, int batch, List<(string, Exception)> failed, CancellationToken stop)
    {
        string? last = null;
        try
        {
            return (await store.SweepDue(until.ToUnixTimeMilliseconds(), steps.Now.ToUnixTimeMilliseconds(), batch, Decide, stop), true);
        }
        catch (System.Data.Common.DbException e) when (last is not null && !e.IsTransient)
        {
            if (batch == 1) failed.Add((last, e));
            return (new([], batch), batch == 1);
        }

        async ValueTask<CaseWrite?> Decide(LoadedCase loaded)
        {
            last = loaded.State.CaseNo;
            try
            {
                return await steps.FireDue(loaded, until, stop) ?? throw new InvalidOperationException("The case was due, but nothing on it is.");
            }
            catch (Exception e) when (e is not OperationCanceledException)   // whatever the kernel or the pinned data throw must not stop the others
            {
                failed.Add((loaded.State.CaseNo, e));
                return null;
            }
        }
    }

    async Task Keep(BatchOutcome outcome, CancellationToken stop)
    {
        if (outcome.Written.Count == 0) return;
        if (outcome.Written.Any(write => write.Outbox.Count > 0)) signal.Ring();
        await putAside.Done(PutAside.Timer, [.. outcome.Written.Select(write => write.Case!.CaseNo)], stop);
    }

    async Task SetAside(string caseNo, Exception error, CancellationToken stop)
    {
        LogFailed(caseNo, error);
        await putAside.Failed(PutAside.Timer, caseNo, caseNo, $"{error.GetType().Name}: {error.Message}", steps.Now.ToUnixTimeMilliseconds(), final: false, stop);
    }

    [LoggerMessage(2101, LogLevel.Error, "Case {CaseNo}: what is due could not be fired; it is tried again later, then put aside.")]
    partial void LogFailed(string caseNo, Exception error);
}
