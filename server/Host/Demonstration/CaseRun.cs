using System.Collections.Immutable;
using NodaTime;
using Orchestrator.Host.Storage;
using Orchestrator.Kernel.Engine;
using Orchestrator.Kernel.Graph;

namespace Orchestrator.Host.Demonstration;

/// <summary>
/// One case on a clock of its own: acts at their instants, timers at theirs before every act, channels that take every notice at once.
/// The same engine as everywhere decides; the rows are those of the seam, recorded at the legal instant.
/// </summary>
sealed class CaseRun(Flow flow, CaseScope scope, StepContext context)
{
    readonly List<StepResult.Moved> moved = [];
    readonly List<AuditRow> audit = [];

    /// <summary>The case as it stands; null before it was opened.</summary>
    public CaseState? State { get; private set; }

    public IReadOnlyList<AuditRow> Audit => audit;

    public int Transitions => moved.Count;

    public CaseScope Scope => scope;

    /// <summary>Opens the case; null when that went well.</summary>
    /// <param name="start">Number, pins, act and data.</param>
    /// <param name="at">When.</param>
    /// <param name="action">What the audit calls it; null for the act.</param>
    public Refusal? Open(Stimulus.Start start, Instant at, string? action = null) => Step(start, action ?? $"case.{start.ActName}", start.Actor, at);

    /// <summary>Does an act after everything that was due until then; null when that went well.</summary>
    public Refusal? Do(ScriptedAct act)
    {
        Until(act.At);
        return Step(new Stimulus.Act(act.Name, act.Actor, act.Data), $"case.{act.Name}", act.Actor, act.At);
    }

    /// <summary>Fires what is due up to and including an instant, each thing at its own.</summary>
    public void Until(Instant instant)
    {
        while (State is { } state && CaseEngine.FireNext(flow, state, instant, context) is { } fired) Keep(fired);
    }

    /// <summary>Tickets that bad ratings asked for.</summary>
    public IEnumerable<Effect.StartTicket> Tickets => moved.SelectMany(step => step.Effects).OfType<Effect.StartTicket>();

    /// <summary>All rows of the case, each recorded at the instant of its transition.</summary>
    public CaseWrite Rows()
    {
        var write = CaseWrite.Of(flow, scope, 0, moved, $"demonstration-{State!.CaseNo}", State.LastAt);
        var at = write.Events.ToDictionary(row => row.Seq, row => row.At);
        var timers = TimersSet();
        return write with
        {
            Events = [.. write.Events.Select(row => row with { RecordedAt = row.At })],
            Outbox = [.. write.Outbox.Select(row => row with { CreatedAt = at[row.Seq] })],
            Timers = [.. write.Timers.Select(row => row with { RecordedAt = timers[row.TimerKey] })],
        };
    }

    Dictionary<string, long> TimersSet()
    {
        var last = new Dictionary<string, long>();
        foreach (var transition in moved)
            foreach (var changed in transition.Events.OfType<TimerChanged>())
                last[changed.Timer.Key] = transition.State.LastAt.ToUnixTimeMilliseconds();
        return last;
    }

    Refusal? Step(Stimulus stimulus, string action, Actor actor, Instant at)
    {
        var result = CaseEngine.Step(flow, State, stimulus, context with { Now = at });
        if (result is not StepResult.Moved step) return ((StepResult.Refused)result).Why;
        Keep(step);
        audit.Add(new("", at.ToUnixTimeMilliseconds(), actor.Id, actor.Role, action, step.State.CaseNo, "ok", null, null));
        return null;
    }

    void Keep(StepResult.Moved step)
    {
        State = step.State;
        moved.Add(step);
        if (Acknowledged(step) is not { } taken) return;
        State = taken.State;
        moved.Add(taken);
    }

    /// <summary>T-NTF, T-CRT and T-SHR are stopped at the instant at which they started.</summary>
    StepResult.Moved? Acknowledged(StepResult.Moved step)
    {
        ImmutableArray<string> timers = [.. new[] { "T-CRT", "T-SHR" }.Where(key => step.State.Timer(key) is { State: TimerState.Running })];
        if (step.State.PendingNotices.IsEmpty && timers.IsEmpty) return null;
        return CaseEngine.Step(flow, step.State, new Stimulus.Acknowledged(step.State.PendingNotices, timers), context with { Now = step.State.LastAt }) as StepResult.Moved;
    }
}
