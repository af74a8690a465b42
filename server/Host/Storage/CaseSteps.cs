using System.Collections.Immutable;
using NodaTime;
using Orchestrator.Kernel.Engine;
using Orchestrator.Kernel.Graph;

namespace Orchestrator.Host.Storage;

/// <summary>A decided step that waits for its commit.</summary>
/// <param name="Result">What is answered once the commit stands.</param>
/// <param name="Write">What is committed.</param>
/// <param name="CommitId">Names the commit in the history rows.</param>
sealed record DecidedStep(SeamResult Result, CaseWrite Write, string CommitId);

/// <summary>Lets the kernel decide about a loaded case and makes the rows of it. No I/O but for pinned data that is asked for the first time.</summary>
sealed class CaseSteps(IPinnedData pinned, CaseRules rules, TimeProvider clock)
{
    readonly string node = Guid.NewGuid().ToString("n");
    long commits;

    /// <summary>The server's instant, to the millisecond.</summary>
    public Instant Now => Instant.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());

    /// <summary>Opens a case.</summary>
    public async ValueTask<DecidedStep> Open(StartCase start, string? itemStatus, CancellationToken stop)
    {
        var flow = await pinned.Flow(start.Stimulus.Pins.DefinitionVersionId, stop);
        var now = Now;
        var context = await pinned.Context(start.Stimulus.Pins, start.Scope.Hall, itemStatus, now, stop);
        return rules.Step(flow, null, start.Stimulus, context) switch
        {
            StepResult.Moved moved => Done(flow, start.Scope, 0, [], moved, start.Request, start.Reply, now),
            StepResult.Refused refused => Refused(refused.Why, null, start.Request, start.Stimulus.CaseNo, now),
            _ => throw Neither(),
        };
    }

    /// <summary>Fires what is due on the case, each at its own legal instant, then takes the act: nothing newer overtakes an effect of silence (Promise 3).</summary>
    public async ValueTask<DecidedStep> Change(ChangeCase change, LoadedCase loaded, CancellationToken stop)
    {
        var flow = await pinned.Flow(loaded.State.Pins.DefinitionVersionId, stop);
        var now = Instant.Max(Now, loaded.State.LastAt);   // a clock that went back must not turn the order of facts
        var context = await pinned.Context(loaded.State.Pins, loaded.Hall, loaded.ItemStatus, now, stop);
        var fired = rules.FireDue(flow, loaded.State, now, context);
        var current = fired.IsEmpty ? loaded : loaded with { State = fired[^1].State };
        return change.Decide(current) switch
        {
            SeamDecision.Take take => await Take(change, current, take.Stimulus, flow, fired, context, stop),
            SeamDecision.Deny deny => Refused(deny.Why, Fired(flow, loaded, fired), change.Request, change.CaseNo, now, current.State),
            _ => Refused(Hidden, Fired(flow, loaded, fired), change.Request, change.CaseNo, now) with { Result = new SeamResult.NotFound() },
        };
    }

    async ValueTask<DecidedStep> Take(
        ChangeCase change, LoadedCase current, Stimulus stimulus, Flow flow, ImmutableArray<StepResult.Moved> fired, StepContext context, CancellationToken stop)
    {
        var baseVersion = current.State.Version - fired.Length;
        if (stimulus is Stimulus.Migrate migrate)
        {
            flow = await pinned.Flow(migrate.Pins.DefinitionVersionId, stop);
            context = await pinned.Context(migrate.Pins, current.Hall, current.ItemStatus, context.Now, stop);
        }
        return rules.Step(flow, current.State, stimulus, context) switch
        {
            StepResult.Moved moved => Done(flow, current.Scope, baseVersion, fired, moved, change.Request, change.Reply, context.Now),
            StepResult.Refused refused => Refused(refused.Why, Fired(flow, current.Scope, baseVersion, fired), change.Request, change.CaseNo, context.Now, current.State),
            _ => throw Neither(),
        };
    }

    /// <summary>What is due on the case up to an instant; null when nothing is.</summary>
    public async ValueTask<CaseWrite?> FireDue(LoadedCase loaded, Instant until, CancellationToken stop)
    {
        var flow = await pinned.Flow(loaded.State.Pins.DefinitionVersionId, stop);
        var context = await pinned.Context(loaded.State.Pins, loaded.Hall, loaded.ItemStatus, until, stop);
        return Fired(flow, loaded, rules.FireDue(flow, loaded.State, until, context));
    }

    /// <summary>One of the engine's own stimuli on a case, after what is due; null when it does not fit any more and nothing was due.</summary>
    public async ValueTask<CaseWrite?> Apply(LoadedCase loaded, Stimulus stimulus, CancellationToken stop)
    {
        var engine = new RequestInfo(Actor.Engine, "engine");
        var decided = await Change(new(loaded.State.CaseNo, _ => stimulus, engine), loaded, stop);
        return decided.Write.Case is null ? null : decided.Write with { Audit = [] };
    }

    CaseWrite? Fired(Flow flow, LoadedCase loaded, ImmutableArray<StepResult.Moved> fired) => Fired(flow, loaded.Scope, loaded.State.Version, fired);

    CaseWrite? Fired(Flow flow, CaseScope scope, long baseVersion, ImmutableArray<StepResult.Moved> fired) =>
        fired.IsEmpty ? null : CaseWrite.Of(flow, scope, baseVersion, fired, NextCommitId(), Now);

    DecidedStep Done(
        Flow flow, CaseScope scope, long baseVersion, ImmutableArray<StepResult.Moved> fired, StepResult.Moved moved, RequestInfo request,
        Func<CaseState, ImmutableArray<CaseEvent>, SeamReply>? reply, Instant at)
    {
        var commitId = NextCommitId();
        var answer = reply?.Invoke(moved.State, moved.Events) ?? SeamReply.Empty;
        var recorded = Now.ToUnixTimeMilliseconds();
        var write = CaseWrite.Of(flow, scope, baseVersion, [.. fired, moved], commitId, Instant.FromUnixTimeMilliseconds(recorded)) with
        {
            Audit = [Entry(moved.State.CaseNo, request, "ok", null, null, at)],
            Idempotency = request.IdempotencyKey is { } key
                ? [new(moved.State.CaseNo, request.Actor.Id, key, request.RequestHash, answer.Status, answer.Body, recorded)]
                : [],
        };
        return new(new SeamResult.Done(moved.State, moved.Events, answer), write, commitId);
    }

    DecidedStep Refused(Refusal why, CaseWrite? fired, RequestInfo request, string target, Instant at, CaseState? state = null)
    {
        var entry = Entry(target, request, "refused", why.Rule, why.Code, at);
        var write = fired is null ? CaseWrite.AuditOnly(entry with { CaseNo = "" }) : fired with { Audit = [entry] };
        return new(new SeamResult.Refused(why, state), write, fired?.Events[0].CommitId ?? "");
    }

    static AuditRow Entry(string caseNo, RequestInfo request, string outcome, string? rule, string? detail, Instant at) =>
        new(caseNo, at.ToUnixTimeMilliseconds(), request.Actor.Id, request.Actor.Role, request.Action, caseNo, outcome, rule, detail);

    static readonly Refusal Hidden = new("case.hidden", "S1", new("办件不存在", "There is no such case"));

    static InvalidOperationException Neither() => new("A step is a transition or a refusal.");

    string NextCommitId() => $"{node}-{Interlocked.Increment(ref commits)}";
}
