using System.Text.Json;
using Orchestrator.Kernel.Clocks;
using Orchestrator.Kernel.Definitions;
using Orchestrator.Kernel.Engine;
using Orchestrator.Kernel.Graph;
using Orchestrator.Kernel.Profiles;
using Xunit;

namespace Orchestrator.Kernel.Tests.Engine;

/// <summary>A bad-review ticket of a real-name rater.</summary>
sealed class TicketHall
{
    static readonly Flow Flow = ShippedWorkflows.Get("bad-review");
    readonly StepContext context;

    public TicketHall(string profile, bool realName = true)
    {
        context = new StepContext(Hall.At(2026, 9, 21, 9, 30), WorkingCalendar.Shipped, ShippedProfiles.Get(profile));
        var pins = new CasePins(Flow.DefinitionId, Flow.VersionId, Flow.Version, null, 0, profile, 1);
        State = Moved(CaseEngine.Step(Flow, null, new Stimulus.Start("K1-R1", pins, "rate", Actor.Engine, default, Ticket: new TicketFacts("K1", 1, realName, "window")), context)).State;
    }

    public CaseState State { get; private set; }

    public TicketHall Do(string act, string by, object? with = null)
    {
        State = Moved(Step(act, by, with)).State;
        return this;
    }

    public Refusal Refused(string act, string by, object? with = null) => Assert.IsType<StepResult.Refused>(Step(act, by, with)).Why;

    StepResult Step(string act, string by, object? with) =>
        CaseEngine.Step(Flow, State, new Stimulus.Act(act, new Actor(by, by), with is null ? default : JsonSerializer.SerializeToElement(with)), context);

    static StepResult.Moved Moved(StepResult result) => Assert.IsType<StepResult.Moved>(result);
}

/// <summary>A joint case of two departments, accepted at the window.</summary>
static class JointHall
{
    public static Hall Accepted(string profile, params (string, string)[] parameters) =>
        Hall.In(profile, "joint", """{"joint": {"lead": "A", "limit": "10wd", "branches": {"A": "5wd", "B": "7wd"}}}""", parameters).Accepted();
}
