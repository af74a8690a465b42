using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Orchestrator.Kernel.Definitions;
using Orchestrator.Kernel.Engine;
using Orchestrator.Kernel.Graph;
using Xunit;

namespace Orchestrator.Kernel.Tests.Engine;

/// <summary>What holds of every case, whatever is done to it (Promise 1). A failure names the seed from which <see cref="RandomHall"/> repeats the case, and what was done.</summary>
public sealed class EngineProperties
{
    const int Steps = 45;

    /// <summary>Runs random cases; the check sees each step: the case before, the stimulus, the answer.</summary>
    static void Always(int cases, Action<RandomHall, CaseState?, Stimulus, StepResult> check, Action<RandomHall>? atEnd = null) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(cases).WithQuietOnSuccess(true), Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), (int seed) =>
        {
            var hall = new RandomHall(seed);
            try
            {
                for (var step = 0; step < Steps; step++) Once(hall, check);
                atEnd?.Invoke(hall);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"seed {seed}: {e.Message}\n{hall.Log}", e);
            }
        }));

    static void Once(RandomHall hall, Action<RandomHall, CaseState?, Stimulus, StepResult> check)
    {
        hall.Pass();
        while (hall.State is { } due && due.NextWake is { } wake && wake <= hall.Now)
            Take(hall, new Stimulus.TimerDue(due.Timers.First(timer => timer.NextWake == wake).Key), hall.Context with { Now = wake }, check);
        Take(hall, hall.Next(), hall.Context, check);
    }

    static void Take(RandomHall hall, Stimulus stimulus, StepContext context, Action<RandomHall, CaseState?, Stimulus, StepResult> check)
    {
        var before = hall.State;
        var result = CaseEngine.Step(hall.Flow, before, stimulus, context);
        if (result is StepResult.Moved moved) hall.State = moved.State;
        check(hall, before, stimulus, result);
    }

    static string Json(CaseState? state) => state is null ? "" : Hall.Text(state);

    [Fact]
    public void No_stimulus_throws_and_a_refused_one_changes_nothing()
    {
        string? known = null;
        RandomHall? last = null;
        Always(700, (hall, before, _, result) =>
        {
            if (result is StepResult.Refused refused)
            {
                Assert.False(string.IsNullOrEmpty(refused.Why.Rule));
                Assert.False(string.IsNullOrEmpty(refused.Why.Message.Zh) || string.IsNullOrEmpty(refused.Why.Message.En));
                Assert.Same(before, hall.State);
                if (known is not null && ReferenceEquals(last, hall)) Assert.Equal(known, Json(hall.State));
            }
            else (known, last) = (Json(hall.State), hall);
        });
    }

    [Fact]
    public void Replaying_the_events_of_a_case_gives_its_state_also_from_stored_json()
    {
        var history = new List<CaseEvent>();
        RandomHall? last = null;
        Always(250, (hall, _, _, result) =>
        {
            if (!ReferenceEquals(last, hall)) { history.Clear(); last = hall; }
            if (result is not StepResult.Moved moved) return;
            history.AddRange(KernelJson.ReadEvents(KernelJson.Write(moved.Events)));
            hall.State = KernelJson.ReadState(KernelJson.Write(moved.State));   // goes on from what was stored

            Assert.Equal(Json(moved.State), Json(hall.State));
            Assert.Equal(Json(moved.State), Json(Fold.Replay(history)));
        });
    }

    [Fact]
    public void The_same_inputs_give_the_same_events() => Always(250, (hall, before, stimulus, result) =>
    {
        if (result is not StepResult.Moved moved) return;
        var again = Assert.IsType<StepResult.Moved>(CaseEngine.Step(hall.Flow, before, stimulus, hall.Context with { Now = moved.State.LastAt }));
        Assert.Equal(KernelJson.Write(moved.Events), KernelJson.Write(again.Events));
    });

    [Fact]
    public void Time_never_runs_backwards_and_every_transition_counts_once() => Always(500, (_, before, stimulus, result) =>
    {
        if (result is not StepResult.Moved { State: var state }) return;
        Assert.Equal((before?.Version ?? 0) + 1, state.Version);
        Assert.True(before is null || state.LastAt >= before.LastAt, $"{stimulus} went back from {before?.LastAt} to {state.LastAt}");
        Assert.True(state.NextWake is not { } wake || wake >= state.LastAt, $"after {stimulus} at {state.LastAt} the case wakes at {state.NextWake}");
    });

    [Fact]
    public void A_timer_that_was_due_does_not_come_due_again_at_once() => Always(300, (_, before, stimulus, result) =>
    {
        if (stimulus is Stimulus.TimerDue due && result is StepResult.Moved { State: var state } && state.Timer(due.Key) is { } timer && timer.StartedAt != state.LastAt)
            Assert.NotEqual(before!.Timer(due.Key)!.NextWake, timer.NextWake);
    });

    [Fact]
    public void Colours_only_rise_while_a_timer_is_not_stopped() => Always(300, (_, before, _, result) =>
    {
        if (before is null || result is not StepResult.Moved { State: var state }) return;
        foreach (var timer in before.Timers)
            if (state.Timer(timer.Key) is { } now && now.StartedAt == timer.StartedAt && now.Start == timer.Start) Assert.True(now.Colour >= timer.Colour, $"{timer.Key} went from {timer.Colour} to {now.Colour}");
    });

    [Fact]
    public void An_open_case_offers_an_act_and_an_ended_one_holds_nothing() => Always(500, (hall, _, _, result) =>
    {
        if (result is not StepResult.Moved { State: var state }) return;
        if (state.Ended) Assert.True(state.Tokens.IsEmpty && state.Tasks.IsEmpty);
        else Assert.True(state.Tokens.Any(token => !hall.Flow.Find(token.Node)!.Activity.Acts.IsEmpty || hall.Flow.Find(token.Node)!.Activity.TypeName == "Gov.NegationFiling"), $"a case in {state.State} offers nothing");
        if (state.Ended) Assert.DoesNotContain(state.Timers, timer => timer.State is TimerState.Running or TimerState.Paused && !TimerCatalog.Get(timer.Kind).Survives);
    });

    [Fact]
    public void Every_task_belongs_to_a_token_and_every_open_order_to_a_duty_that_stands() => Always(300, (_, _, _, result) =>
    {
        if (result is not StepResult.Moved { State: var state }) return;
        Assert.All(state.Tasks, task => Assert.Contains(state.Tokens, token => token.Id == task.Token));
        Assert.Equal(state.Tokens.Select(token => token.Id).Distinct().Count(), state.Tokens.Length);
        Assert.All(state.Orders, key => Assert.True(state.Timer(key) is { } timer && (timer.DutyStands || timer.Kind == "T-SPT"), $"order {key}"));
    });

    /// <summary>Guards the properties themselves: random cases that got nowhere would prove nothing.</summary>
    [Fact]
    public void The_random_cases_come_to_every_state_and_perform_every_act()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var seed = 0; seed < 900; seed++)
        {
            var hall = new RandomHall(seed);
            for (var step = 0; step < Steps; step++)
                Once(hall, (_, _, _, result) =>
                {
                    if (result is not StepResult.Moved moved) return;
                    foreach (var happened in moved.Events) seen.Add(happened switch { StateEntered e => e.State, StimulusTaken e => e.Name, _ => "" });
                });
        }
        string[] states = ["draft", "pre_reviewing", "submitted", "correction_pending", "accepted", "tolerance_accepted", "reviewing", "special_procedure", "joint_reviewing", "deciding", "approved", "denied", "deemed_extended",
            "result_ready", "delivering", "delivered", "completed", "not_accepted", "deemed_withdrawn", "withdrawn", "suspended", "terminated", "received", "dispatched", "verified_reasonable", "verified_unreasonable", "rectifying",
            "explained", "feedback_given", "called_back", "closed"];
        var always = new[] { "edit_rating", "demand_booking", "extend_limit", "add_node", "add_material", "change_version", "reopen" };   // refused everywhere
        var acts = ActivityCatalog.All.SelectMany(each => each.Acts).Concat(ActivityCatalog.CaseActs).Select(act => act.Name).Except(always);

        Assert.Empty(states.Concat(acts).Except(seen));
    }

    [Fact]
    public void Whatever_was_done_before_a_case_can_be_brought_to_its_end()
    {
        var ended = 0;
        Always(300, (_, _, _, _) => { }, hall =>
        {
            if (hall.State is { Ended: true }) ended++;
            if (hall.State is not { Ended: false } || hall.Flow.Purpose == FlowPurpose.Ticket || hall.State.Facts.Decision is not null) return;
            var filing = hall.State.State == "not_accepted";
            var act = filing ? new Stimulus.Act("file_negation", new Actor("L", "responsible_leader")) : new Stimulus.Act("withdraw", new Actor("A", "applicant"));
            Assert.True(Assert.IsType<StepResult.Moved>(CaseEngine.Step(hall.Flow, hall.State, act, hall.Context)).State.Ended);
        });
        Assert.InRange(ended, 30, 300);   // the random cases do get somewhere
    }
}
