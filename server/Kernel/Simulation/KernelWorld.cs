using System.Collections.Immutable;
using System.Text.Json;
using NodaTime;
using Orchestrator.Kernel.Clocks;
using Orchestrator.Kernel.Definitions;
using Orchestrator.Kernel.Engine;
using Orchestrator.Kernel.Graph;
using Orchestrator.Kernel.Items;
using Orchestrator.Kernel.Profiles;

namespace Orchestrator.Kernel.Simulation;

/// <summary>A hall on a virtual clock, in memory: the engine alone, with channels and libraries that answer at once.</summary>
public sealed partial class KernelWorld : IScenarioWorld
{
    readonly Dictionary<string, SimulatedCase> cases = new(StringComparer.Ordinal);
    readonly Dictionary<string, string> tickets = new(StringComparer.Ordinal);
    readonly PolicyProfile profile;
    readonly WorkingCalendar calendar;
    readonly HallHours hall;
    readonly Func<string, Flow> flows;
    Instant now;

    /// <summary>A world for a scenario: its profile with overrides, its items installed as published, the shipped pipelines or others.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="flow">Flow to use in place of the shipped pipeline of that name, for what-if runs on a draft; null for none.</param>
    /// <param name="calendar">Calendar; null for the shipped one.</param>
    public KernelWorld(Scenario scenario, Flow? flow = null, WorkingCalendar? calendar = null)
    {
        profile = ShippedProfiles.Get(scenario.Profile).With(scenario.Parameters);
        this.calendar = calendar ?? WorkingCalendar.Shipped;
        hall = scenario.Hall;
        flows = name => flow is not null && name == scenario.Pipeline ? flow : ShippedWorkflows.Get(name);
        pipeline = scenario.Pipeline;
        now = scenario.Steps.IsEmpty ? default : scenario.Steps[0].At;
        foreach (var (code, json) in scenario.Items) Install(code, ItemTerms.FromScenario(code, json));
    }

    readonly string pipeline;

    /// <summary>All cases and tickets with all their events, in order of opening.</summary>
    public IReadOnlyList<(CaseState State, IReadOnlyList<CaseEvent> Events)> Cases => [.. cases.Values.Select(each => (each.State, (IReadOnlyList<CaseEvent>)each.Events))];

    /// <inheritdoc/>
    public Task MoveTo(Instant at)
    {
        while (cases.Values.Where(each => each.State.NextWake <= at).MinBy(each => each.State.NextWake) is { } next)
        {
            if (NextRegisterWake is { } register && register < next.State.NextWake) { FireRegisters(register); continue; }
            now = next.State.NextWake!.Value;
            if (CaseEngine.FireNext(next.Flow, next.State, now, ContextOf(next)) is { } moved) Keep(next, moved);
        }
        while (NextRegisterWake is { } wake && wake <= at) FireRegisters(wake);
        now = at;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<Refusal?> Perform(ScenarioStep step) => Task.FromResult(PerformNow(step));

    /// <inheritdoc/>
    public Task<Observation?> Observe(ScenarioStep step)
    {
        if (step.Subject is { } subject && !subject.StartsWith("ticket:", StringComparison.Ordinal)) return Task.FromResult(ObserveRegister(subject));
        if (CaseOf(step) is not { } found) return Task.FromResult<Observation?>(null);
        var since = found.Events.Skip(found.Seen).ToList();
        found.Seen = found.Events.Count;
        return Task.FromResult<Observation?>(Observation.Of(found.State, since, now, calendar));
    }

    Refusal? PerformNow(ScenarioStep step)
    {
        if (step.Subject is { } subject && !subject.StartsWith("ticket:", StringComparison.Ordinal)) return PerformOnRegister(subject, step);
        if (step is { Subject: { } ticket, Do: "rate" }) return RateForTicket(ticket, step);
        return CaseOf(step) is { } found
            ? Answer(found, CaseEngine.Step(found.Flow, found.State, new Stimulus.Act(step.Do!, step.By, step.With), ContextOf(found)))
            : OpenCase(step);
    }

    Refusal? OpenCase(ScenarioStep step)
    {
        var code = step.With.Text("item") ?? "";
        if (InForce(code) is not { } item) return new Refusal("item.unknown", "FT-01", new LocalizedText($"事项“{code}”未列入目录", $"Item '{code}' is not in the catalogue"), [code]);
        var flow = flows(pipeline);
        var opened = new SimulatedCase { Flow = flow, State = null!, Item = item };
        return Answer(opened, CaseEngine.Step(flow, null, new Stimulus.Start(step.Target, PinsOf(flow, item), step.Do!, step.By, step.With), ContextOf(opened)));
    }

    /// <summary>A rating that names a ticket: rates the case, and names the ticket that the bad score opened.</summary>
    Refusal? RateForTicket(string ticket, ScenarioStep step)
    {
        if (cases.GetValueOrDefault(step.With.Text("case") ?? "") is not { } rated) return new Refusal("case.unknown", "XA-38.2b", new LocalizedText("办件不存在", "There is no such case"));
        var before = cases.Keys.ToHashSet();
        if (Answer(rated, CaseEngine.Step(rated.Flow, rated.State, new Stimulus.Act("rate", step.By, step.With), ContextOf(rated))) is { } refusal) return refusal;
        if (cases.Keys.FirstOrDefault(each => !before.Contains(each)) is { } opened) tickets[ticket] = opened;
        return null;
    }

    SimulatedCase? CaseOf(ScenarioStep step)
    {
        var name = step.Subject is { } subject ? tickets.GetValueOrDefault(subject) : step.Case;
        return name is null ? null : cases.GetValueOrDefault(name);
    }

    Refusal? Answer(SimulatedCase on, StepResult result)
    {
        if (result is not StepResult.Moved moved) return ((StepResult.Refused)result).Why;
        Keep(on, moved);
        return null;
    }

    void Keep(SimulatedCase on, StepResult.Moved moved)
    {
        on.State = moved.State;
        on.Events.AddRange(moved.Events);
        cases[moved.State.CaseNo] = on;
        foreach (var effect in moved.Effects) Carry(on, effect);
        AnswerChannels(on);
    }

    void Carry(SimulatedCase on, Effect effect)
    {
        switch (effect)
        {
            case Effect.StartTicket ticket: Start(flows("bad-review"), ticket.CaseNo, "rate", ticket.Ticket, null, on.Item); break;
            case Effect.StartSubCase sub: Start(flows(sub.DefinitionId), sub.CaseNo, "start", null, sub, on.Item); break;
            case Effect.TellParent { Parent: { Token: { } token, CaseNo: var parent } } told when cases.GetValueOrDefault(parent) is { } waiting:
                Answer(waiting, CaseEngine.Step(waiting.Flow, waiting.State, new Stimulus.SubCaseEnded(token, told.Output), ContextOf(waiting)));
                break;
        }
    }

    void Start(Flow flow, string caseNo, string act, TicketFacts? ticket, Effect.StartSubCase? sub, ItemTerms item)
    {
        var opened = new SimulatedCase { Flow = flow, State = null!, Item = item };
        Answer(opened, CaseEngine.Step(flow, null, new Stimulus.Start(caseNo, PinsOf(flow, item), act, Actor.Engine, sub?.Input ?? default, sub?.Parent, ticket), ContextOf(opened)));
    }

    /// <summary>Channels take notices, the licence library and the supervising department answer, at the same instant.</summary>
    void AnswerChannels(SimulatedCase on)
    {
        ImmutableArray<string> timers = [.. new[] { "T-CRT", "T-SHR" }.Where(key => on.State.Timer(key) is { State: TimerState.Running })];
        if (on.State.PendingNotices.IsEmpty && timers.IsEmpty) return;
        var taken = new Stimulus.Acknowledged(on.State.PendingNotices, timers);
        if (CaseEngine.Step(on.Flow, on.State, taken, ContextOf(on)) is not StepResult.Moved moved) return;
        on.State = moved.State;
        on.Events.AddRange(moved.Events);
    }

    /// <summary>The pinned version, with today's status of the item: a cancelled item takes no new application (CQ-13.2).</summary>
    StepContext ContextOf(SimulatedCase on) => new(now, calendar, profile, on.Item with { Status = StatusOf(on.Item) }, hall);

    CasePins PinsOf(Flow flow, ItemTerms item) => new(flow.DefinitionId, flow.VersionId, flow.Version, item.Code, item.Version, profile.Id, profile.Version);

    sealed class SimulatedCase
    {
        public required Flow Flow { get; init; }
        public required CaseState State { get; set; }
        public required ItemTerms Item { get; init; }
        public List<CaseEvent> Events { get; } = [];
        public int Seen { get; set; }
    }
}
