using System.Text.Json;
using NodaTime;
using Orchestrator.Kernel.Clocks;
using Orchestrator.Kernel.Engine;
using Orchestrator.Kernel.Graph;
using Orchestrator.Kernel.Profiles;
using Orchestrator.Kernel.Tests.Graph;
using Xunit;

namespace Orchestrator.Kernel.Tests.Engine;

/// <summary>Runs a drawing of a general process. Every state goes through its stored form, as between two requests.</summary>
sealed class FlowRun
{
    readonly Flow flow;

    FlowRun(Drawing drawing) => flow = drawing.Flow();

    public Instant Now { get; private set; } = Hall.At(2026, 9, 21, 9);
    public CaseState State { get; private set; } = null!;
    public List<CaseEvent> Events { get; } = [];

    /// <summary>Ids of the activities that control came to, in order.</summary>
    public string Path => string.Join(' ', Events.OfType<TokenPlaced>().Select(each => each.Token.Node).Where(id => id != "start"));

    /// <summary>Activities that have an open task, in order.</summary>
    public string Waiting => string.Join(' ', State.Tasks.Select(task => task.Part is null ? task.Node : $"{task.Node}/{task.Part}"));

    public static FlowRun Of(Drawing drawing, object? input = null) => new FlowRun(drawing).Then(new Stimulus.Start("G1", Pins, "start", Someone, Data(input), new ParentLink("P1", 7)));

    public static Refusal RefusedStart(Drawing drawing, object? input = null) => new FlowRun(drawing).Refused(new Stimulus.Start("G1", Pins, "start", Someone, Data(input)));

    public FlowRun Done(string task, string outcome = "Done", object? data = null) => Then(new Stimulus.Act(outcome, Someone, Data(data), TaskOf(task)));

    public FlowRun Signal(string name, object? data = null) => Then(new Stimulus.Signal(name, Someone, Data(data)));

    public FlowRun Then(Stimulus stimulus)
    {
        var result = CaseEngine.Step(flow, State, stimulus, Context);
        if (result is StepResult.Refused { Why: var why }) Assert.Fail($"{stimulus} was refused: {why.Code} {why.Message.En}");
        Keep((StepResult.Moved)result);
        return this;
    }

    public Refusal Refused(Stimulus stimulus) => Assert.IsType<StepResult.Refused>(CaseEngine.Step(flow, State, stimulus, Context)).Why;

    public FlowRun After(Duration time)
    {
        var until = Now + time;
        while (CaseEngine.FireNext(flow, State, until, Context) is { } moved) Keep(moved);
        Now = until;
        return this;
    }

    public static Actor Someone { get; } = new("u1", "reviewer");

    public JsonElement Variable(string name) => State.Variables[name];

    static CasePins Pins => new("test", "v1", 1, null, 0, "XA", 1);

    StepContext Context => new(Now, WorkingCalendar.Shipped, ShippedProfiles.Get("XA"));

    string? TaskOf(string name)
    {
        var (node, part) = name.Split('/') is [var first, var second] ? (first, second) : (name, null);
        return State.Tasks.First(task => task.Node == node && (part is null || task.Part == part)).Id;
    }

    void Keep(StepResult.Moved moved)
    {
        Events.AddRange(KernelJson.ReadEvents(KernelJson.Write(moved.Events)));
        State = KernelJson.ReadState(KernelJson.Write(moved.State));
        Assert.Equal(Hall.Text(State), Hall.Text(Fold.Replay(Events)!));
    }

    static JsonElement Data(object? data) => data is null ? default : JsonSerializer.SerializeToElement(data);
}
