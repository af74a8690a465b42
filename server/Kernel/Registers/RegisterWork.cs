using System.Collections.Immutable;
using NodaTime;
using Orchestrator.Kernel.Clocks;
using Orchestrator.Kernel.Engine;

namespace Orchestrator.Kernel.Registers;

/// <summary>One act on an entry while it is being done: the state so far and what happened.</summary>
sealed class RegisterWork(RegisterState state, RegisterContext context)
{
    readonly ImmutableArray<RegisterFact>.Builder facts = ImmutableArray.CreateBuilder<RegisterFact>();

    internal RegisterState State { get; set; } = state;
    internal RegisterContext Context { get; } = context;
    internal Instant Now => Context.Now;

    internal RegisterResult Done() => new(State, facts.ToImmutable());

    internal void Tell(RegisterFactKind kind, string name, string? to = null, string? value = null) => facts.Add(new RegisterFact(kind, name, Now, to, value));
    internal void Document(string name, string? content = null) => Tell(RegisterFactKind.Document, name, value: content);
    internal void Record(string name, string? content = null) => Tell(RegisterFactKind.Record, name, value: content);
    internal void Kpi(string id, string value) => Tell(RegisterFactKind.Kpi, id, value: value);

    internal void Start(string kind, TimeLimit? limit = null)
    {
        Put(RegisterTimers.Start(kind, Now, Context.Calendar, limit));
        Tell(RegisterFactKind.TimerStarted, kind);
    }

    /// <summary>The duty was done, in time or late. Nothing happens where the clock does not run or stand.</summary>
    internal void Stop(string kind)
    {
        if (State.Timers.GetValueOrDefault(kind) is not { } timer || !(timer.State == TimerState.Running || timer is { State: TimerState.Fired, DutyStands: true })) return;
        Put(timer with { State = TimerState.Stopped, StoppedAt = Now, DutyStands = false, Warnings = [] });
        Tell(RegisterFactKind.TimerStopped, kind);
        var spec = RegisterTimers.Get(kind);
        if (spec.Order && timer.State == TimerState.Fired) Tell(RegisterFactKind.OrderClosed, kind);
        if (spec.Kpi == "K-36" && timer.State == TimerState.Running) Kpi(spec.Kpi, "on_time");
    }

    internal void Warn(CaseTimer timer)
    {
        Put(timer with { Colour = timer.Warnings[0].Colour, Warnings = timer.Warnings.RemoveAt(0) });
        Tell(RegisterFactKind.Notice, "reminder", RegisterTimers.Get(timer.Kind).Owner);
    }

    /// <summary>The clock expired; the duty stands and colours the entry red until it is done.</summary>
    internal void Fire(CaseTimer timer)
    {
        var spec = RegisterTimers.Get(timer.Kind);
        Put(timer with { State = TimerState.Fired, FiredAt = timer.Due, Colour = Colour.Red, DutyStands = true, Warnings = [] });
        Tell(RegisterFactKind.TimerFired, timer.Kind);
        Record(spec.Report);
        foreach (var role in spec.Escalate) Tell(RegisterFactKind.Notice, "escalation", role);
        if (spec.Order) Tell(RegisterFactKind.Order, timer.Kind);
        if (spec.Kpi is { } kpi) Kpi(kpi, kpi == "K-38" ? "+1" : "late");
    }

    void Put(CaseTimer timer) => State = State with { Timers = State.Timers.SetItem(timer.Kind, timer) };
}
