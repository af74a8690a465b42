using NodaTime;
using Orchestrator.Kernel.Checks;
using Orchestrator.Kernel.Clocks;
using Orchestrator.Kernel.Definitions;
using Orchestrator.Kernel.Engine;
using Orchestrator.Kernel.Graph;
using Orchestrator.Kernel.Profiles;
using Orchestrator.Kernel.Tests.Graph;
using Xunit;

namespace Orchestrator.Kernel.Tests.Checks;

/// <summary>Random drawings of tasks, forks and joins: what the proof says must be what the engine does. Seeds make every run the same.</summary>
public sealed class Proof_and_engine_agree
{
    const int Drawings = 4_000;
    const int MaxActs = 60;

    static readonly StepContext Context = new(Instant.FromUtc(2026, 9, 1, 1, 0), WorkingCalendar.Shipped, ShippedProfiles.Get("XA"));
    static readonly Actor Anyone = new("u1", "reviewer");

    static readonly string[] JoinModes = ["WaitAll", "WaitAll", "WaitAny", "WaitCount", "WaitAllActive"];

    /// <summary>Mostly forward edges, so that a fair share of the drawings is sound.</summary>
    static Drawing Draw(Random random)
    {
        var size = random.Next(2, 8);
        var drawing = Drawing.New.Connect("start->n0");
        for (var i = 0; i < size; i++)
            foreach (var port in Node(drawing, $"n{i}", random))
            {
                var target = random.Next(8) == 0 ? random.Next(size) : i + 1 + random.Next(2);
                drawing.Connect($"n{i}.{port}->{(target < size ? $"n{target}" : "end")}");
            }
        return drawing;
    }

    static string[] Node(Drawing drawing, string id, Random random)
    {
        switch (random.Next(7))
        {
            case 0 or 1:
                drawing.Task(id, "X");
                return ["X"];
            case 2 or 3:
                drawing.Task(id, "X", "Y");
                return ["X", "Y"];
            case 4 or 5:
                drawing.Fork(id, "A", "B");
                return ["A", "B"];
            default:
                drawing.Join(id, JoinModes[random.Next(JoinModes.Length)], 2, random.Next(3) == 0);
                return ["Done"];
        }
    }

    static IEnumerable<(int Seed, Flow Flow, SoundnessResult Proof)> Proven()
    {
        for (var seed = 0; seed < Drawings; seed++)
        {
            var flow = Draw(new Random(seed)).Flow();
            if (Lint.Run(flow).All(finding => finding.Code is not ("cycle.without-wait" or "activity.unreachable" or "join.bad-count")))
                yield return (seed, flow, Soundness.Prove(flow));
        }
    }

    static CaseState Open(Flow flow)
    {
        var pins = new CasePins(flow.DefinitionId, flow.VersionId, flow.Version, null, 0, "XA", 1);
        return Assert.IsType<StepResult.Moved>(CaseEngine.Step(flow, null, new Stimulus.Start("C1", pins, "start", Anyone, default), Context)).State;
    }

    static CaseState Complete(Flow flow, CaseState state, OpenTask task, string outcome) =>
        Assert.IsType<StepResult.Moved>(CaseEngine.Step(flow, state, new Stimulus.Act(outcome, Anyone, default, task.Id), Context)).State;

    [Fact]
    public void a_flow_that_is_proven_sound_never_gets_stuck_in_the_engine()
    {
        var (sound, walks) = (0, 0);
        foreach (var (seed, flow, _) in Proven().Where(each => each.Proof.Sound))
        {
            sound++;
            for (var walk = 0; walk < 4; walk++)
            {
                var random = new Random(seed * 31 + walk);
                var state = Open(flow);
                for (var acts = 0; !state.Ended && acts < MaxActs; acts++)
                {
                    Assert.True(state.Tasks.Length > 0, $"seed {seed}, walk {walk}: stuck at {string.Join(", ", state.Tokens.Select(token => token.Node))}");
                    var task = state.Tasks[random.Next(state.Tasks.Length)];
                    string[] outcomes = [.. flow.Find(task.Node)!.Ports.Where(port => port.Kind == PortKind.Normal).Select(port => port.Name)];
                    state = Complete(flow, state, task, outcomes[random.Next(outcomes.Length)]);
                }
                walks += state.Ended ? 1 : 0;
            }
        }
        Assert.True(sound > 300 && walks > 2 * sound, $"{sound} sound flows, {walks} finished walks: too few to mean anything");
    }

    [Fact]
    public void a_counter_example_of_getting_stuck_can_be_played_on_the_engine()
    {
        var played = 0;
        foreach (var (seed, flow, proof) in Proven().Where(each => each.Proof.CounterExample is { Code: "soundness.deadlock" }))
        {
            var state = Open(flow);
            foreach (var step in proof.CounterExample!.Steps.Where(step => flow.Find(step.ActivityId)!.Activity.Kind == ActivityKind.Task))
                state = Complete(flow, state, state.Tasks.First(task => task.Node == step.ActivityId), step.Port);
            Assert.True(!state.Ended && state.Tasks.IsEmpty, $"seed {seed}: {proof.CounterExample.Text.En}");
            Assert.Equal(proof.CounterExample.StuckAt.Order(), state.Tokens.Select(token => token.Node).Distinct().Order());
            played++;
        }
        Assert.True(played > 50, $"only {played} counter-examples were played");
    }
}
