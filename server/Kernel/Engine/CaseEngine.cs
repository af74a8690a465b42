using System.Collections.Immutable;
using System.Text.Json;
using NodaTime;
using Orchestrator.Kernel.Definitions;
using Orchestrator.Kernel.Engine.Law;
using Orchestrator.Kernel.Graph;

namespace Orchestrator.Kernel.Engine;

/// <summary>
/// The engine as a function (Promise 1): flow, state, stimulus and context give a transition or a typed refusal. The same
/// code runs production, simulation, replay and the property tests.
/// </summary>
public static class CaseEngine
{
    /// <summary>One step. Total: every stimulus yields a transition or a refusal with the rule id that forbids it.</summary>
    /// <param name="flow">The definition version the case is pinned to.</param>
    /// <param name="state">The case; null only for <see cref="Stimulus.Start"/>.</param>
    /// <param name="stimulus">What comes in.</param>
    /// <param name="context">Instant, calendar, profile, item version. For timers the instant is the timer's own.</param>
    public static StepResult Step(Flow flow, CaseState? state, Stimulus stimulus, StepContext context)
    {
        if (stimulus is Stimulus.Start start)
            return state is null ? Open(flow, start, context) : Refused(new Refusal("case.exists", "TR-01", new LocalizedText("办件已存在", "The case already exists")));
        if (state is null) return Refused(new Refusal("case.unknown", "TR-01", new LocalizedText("办件不存在", "There is no such case")));
        return stimulus switch
        {
            Stimulus.Act act => Act(flow, state, act, context),
            Stimulus.TimerDue due => Due(flow, state, due.Key, context),
            Stimulus.Signal signal => Signal(flow, state, signal, context),
            Stimulus.Acknowledged taken => Acknowledge(flow, state, taken, context),
            Stimulus.SubCaseEnded ended => SubCaseEnded(flow, state, ended, context),
            Stimulus.Migrate migrate => Migration.Move(flow, state, migrate, context),
            _ => Refused(new Refusal("stimulus.unknown", "5.2", new LocalizedText("未知的触发", "Unknown stimulus"))),
        };
    }

    /// <summary>Fires everything due up to and including an instant, in due order, each at its own legal instant: an effect of silence is dated when it was due, however late a server noticed.</summary>
    public static ImmutableArray<StepResult.Moved> FireDue(Flow flow, CaseState state, Instant until, StepContext context)
    {
        if (state.NextWake is not { } first || first > until) return [];
        var fired = ImmutableArray.CreateBuilder<StepResult.Moved>();
        while (FireNext(flow, state, until, context) is { } moved)
        {
            fired.Add(moved);
            state = moved.State;
        }
        return fired.ToImmutable();
    }

    /// <summary>Fires the one timer that is due first; null when none is due up to and including the instant.</summary>
    public static StepResult.Moved? FireNext(Flow flow, CaseState state, Instant until, StepContext context) =>
        Next(state) is { } timer && timer.NextWake is { } at && at <= until
            ? Step(flow, state, new Stimulus.TimerDue(timer.Key), context with { Now = at }) as StepResult.Moved
                ?? throw new InvalidOperationException($"Timer {timer.Key} of case {state.CaseNo} is due but was refused.")
            : null;

    /// <summary>The timer that wakes first; among equals the one that was started first.</summary>
    static CaseTimer? Next(CaseState state)
    {
        CaseTimer? next = null;
        foreach (var timer in state.Timers)
            if (timer.NextWake is { } wake && (next is null || wake < next.NextWake)) next = timer;
        return next;
    }

    static StepResult Open(Flow flow, Stimulus.Start start, StepContext context)
    {
        var taken = new StimulusTaken(start.ActName, start.Actor, context.Now, OrEmpty(start.Data));
        var opened = new CaseOpened(start.CaseNo, start.Pins, start.Parent);
        var work = new Work(flow, Fold.Open(opened, taken), context) { Actor = start.Actor, Data = taken.Data };
        work.Noted(taken, opened);
        if (start.Ticket is { } ticket) work.Change(facts => facts with { Ticket = ticket });
        foreach (var variable in flow.Variables.Concat(flow.Arguments))
            if (taken.Data.Member(variable.Name) is { ValueKind: not JsonValueKind.Undefined } given && flow.Arguments.Contains(variable)) work.SetVariable(variable.Name, given);
            else if (variable.Default.ValueKind != JsonValueKind.Undefined) work.SetVariable(variable.Name, variable.Default);
        var token = work.Place(flow.Start);
        if (flow.Nodes[flow.Start].Activity.TypeName == "Gov.Start")
        {
            var act = new Stimulus.Act(start.ActName, start.Actor, taken.Data);
            if (Prohibitions.Check(work, act) is { } forbidden) return Refused(forbidden);
            if (Perform(work, token, flow.Nodes[flow.Start], act) is { } refusal) return Refused(refusal);
        }
        return Settled(work);
    }

    static StepResult Act(Flow flow, CaseState state, Stimulus.Act act, StepContext context)
    {
        act = act with { Data = OrEmpty(act.Data) };
        var work = Begin(flow, state, act.Name, act.Actor, act.Data, context);
        if (Prohibitions.Check(work, act) is { } forbidden) return Refused(forbidden);
        if (ActivityCatalog.FindCaseAct(act.Name) is { } declared && Handlers.All.TryGetValue(act.Name, out var handler) && IsActOnTheCase(work, act))
        {
            if (!declared.Roles.Contains(act.Actor.Role)) return Refused(Refuse.Role(act.Name, act.Actor.Role));
            return handler(work, act).Refusal is { } refusal ? Refused(refusal) : Settled(work);
        }
        if (state.Ended) return Refused(Refuse.By("FT-21", "流程已结束", "The process has ended", state.State));
        if (state.Status == CaseStatus.Suspended) return Refused(Refuse.WrongState("TR-42", act.Name, state.State));
        return Find(work, act) is { } found
            ? Perform(work, found.Token, found.Node, act) is { } refused ? Refused(refused) : Settled(work)
            : Refused(NotOffered(state, act));
    }

    /// <summary>Tickets know no acts on the case; in general flows an outcome that a person drew goes before an act of the same name.</summary>
    static bool IsActOnTheCase(Work work, Stimulus.Act act) => work.Flow.Purpose switch
    {
        FlowPurpose.Service => true,
        FlowPurpose.General => Find(work, act) is null,
        _ => false,
    };

    /// <summary>The token whose activity offers the act, or whose human task has an outcome of that name.</summary>
    static (Token Token, FlowNode Node)? Find(Work work, Stimulus.Act act)
    {
        var named = act.TaskId is null ? null : work.State.Tasks.FirstOrDefault(task => task.Id == act.TaskId);
        if (act.TaskId is not null && named is null) return null;
        foreach (var token in work.State.Tokens)
        {
            if (named is not null && named.Token != token.Id) continue;
            var node = work.NodeOf(token);
            if (node.Activity.Act(act.Name) is not null) return (token, node);
            if (node.Activity.TypeName == "Gov.HumanTask" && node.Ports.Any(port => port.Name == act.Name && port.Kind == PortKind.Normal)) return (token, node);
        }
        return null;
    }

    static Refusal? Perform(Work work, Token token, FlowNode node, Stimulus.Act act)
    {
        if (node.Activity.TypeName == "Gov.HumanTask") return CompleteHumanTask(work, token, node, act);
        if (node.Activity.Act(act.Name) is not { } declared || !Handlers.All.TryGetValue(act.Name, out var handler)) return NotOffered(work.State, act);
        if (!declared.Roles.Contains(act.Actor.Role) && node.Role != act.Actor.Role) return Refuse.Role(act.Name, act.Actor.Role);
        var result = handler(work, act);
        if (result.Refusal is not null) return result.Refusal;
        ControlFlow.Bind(work, node, act.Data);
        if (result.Port is null) return null;
        if (node.Next(result.Port).IsEmpty)
            return new Refusal("flow.port-unconnected", declared.Transition, new LocalizedText($"流程未绘制“{node.Title.Zh}”的出口“{result.Port}”", $"The flow has no connection from '{node.Title.En}' by port '{result.Port}'"), [node.Id, result.Port]);
        work.Leave(token, node, result.Port);
        return null;
    }

    static Refusal? CompleteHumanTask(Work work, Token token, FlowNode node, Stimulus.Act act)
    {
        var task = work.State.Tasks.FirstOrDefault(each => act.TaskId is null ? each.Token == token.Id : each.Id == act.TaskId);
        if (task is null) return NotOffered(work.State, act);
        if (task.Role != act.Actor.Role) return Refuse.Role(act.Name, act.Actor.Role);
        ControlFlow.Bind(work, node, act.Data);
        work.Emit(new TaskClosed(task.Id, act.Name));
        if (ControlFlow.CountDown(work, token)) work.Leave(work.State.Tokens.First(each => each.Id == token.Id), node, act.Name);
        return null;
    }

    static StepResult Due(Flow flow, CaseState state, string key, StepContext context)
    {
        if (state.Timer(key) is not { } timer || timer.NextWake is not { } wake || wake > context.Now)
            return Refused(new Refusal("timer.not-due", "C-4", new LocalizedText("计时器未到期或已失效", "The timer is not due or no longer live"), [key]));
        var work = Begin(flow, state, "timer", Actor.Engine, Json.Object(("timer", key)), context);
        if (timer.Due <= context.Now) Expiry.Fire(work, timer);
        else work.WarnIfDue(timer);
        return SettledOrFaulted(work, state, key);
    }

    /// <summary>What happens by itself cannot be refused: a flow that cannot go on then ends as faulted, with the reason on record.</summary>
    static StepResult SettledOrFaulted(Work work, CaseState before, string what)
    {
        if (Settled(work) is not StepResult.Refused { Why: var why } refused) return work.Done();
        var fault = Begin(work.Flow, before, "fault", Actor.Engine, Json.Object(("because_of", what)), work.Context);
        if (before.Timer(what) is { State: TimerState.Running } timer) fault.Fired(timer, dutyStands: false);
        fault.Record("fault", ("code", why.Code), ("message", why.Message.En));
        fault.End("faulted", "faulted", CaseStatus.Faulted);
        return fault.Done();
    }

    static StepResult Signal(Flow flow, CaseState state, Stimulus.Signal signal, StepContext context)
    {
        var work = Begin(flow, state, signal.Name, signal.Actor, OrEmpty(signal.Data), context);
        if (state.Status is CaseStatus.Open)
            foreach (var token in state.Tokens)
                if (Awaited(work, token, signal) is { } port)
                {
                    ControlFlow.Bind(work, work.NodeOf(token), OrEmpty(signal.Data));
                    work.Leave(token, work.NodeOf(token), port);
                    return Settled(work);
                }
        return Refused(new Refusal("signal.not-awaited", "5.2", new LocalizedText($"没有环节在等待信号“{signal.Name}”", $"Nothing waits for signal '{signal.Name}'"), [signal.Name]));
    }

    static string? Awaited(Work work, Token token, Stimulus.Signal signal)
    {
        var node = work.NodeOf(token);
        return node.Activity.TypeName switch
        {
            "Elsa.Event" when ControlFlow.Text(work, node, "eventName") == signal.Name => "Done",
            "Gov.HumanTask" when ControlFlow.Text(work, node, "cancelOn") == signal.Name && !node.Next("Cancelled").IsEmpty => "Cancelled",
            "Gov.CallSystem" when signal.Name == $"system:{token.Id}" => OrEmpty(signal.Data).Flag("failed") == true && !node.Next("Failed").IsEmpty ? "Failed" : "Done",
            _ => null,
        };
    }

    static StepResult Acknowledge(Flow flow, CaseState state, Stimulus.Acknowledged taken, StepContext context)
    {
        var ids = (taken.Ids.IsDefault ? [] : taken.Ids).Where(state.PendingNotices.Contains).Distinct().ToImmutableArray();
        var timers = (taken.Timers.IsDefault ? [] : taken.Timers).Where(key => key is "T-CRT" or "T-SHR" && state.Timer(key) is { State: TimerState.Running or TimerState.Fired }).Distinct().ToImmutableArray();
        if (ids.IsEmpty && timers.IsEmpty) return Refused(new Refusal("notice.not-pending", "T-NTF", new LocalizedText("没有待确认的告知", "Nothing is pending")));
        var work = Begin(flow, state, "acknowledged", Actor.Engine, Json.Object(("ids", ids), ("timers", timers)), context);
        if (!ids.IsEmpty) work.Emit(new NoticesTaken(ids));
        if (work.State.PendingNotices.IsEmpty && !ids.IsEmpty) work.StopTimer("T-NTF");
        foreach (var key in timers) work.StopTimer(key);
        return work.Done();
    }

    static StepResult SubCaseEnded(Flow flow, CaseState state, Stimulus.SubCaseEnded ended, StepContext context)
    {
        var token = state.Tokens.FirstOrDefault(each => each.Id == ended.Token);
        if (token is null || state.Ended || flow.Find(token.Node)?.Activity.TypeName != "Elsa.DispatchWorkflow") return Refused(new Refusal("sub-case.not-awaited", "5.2", new LocalizedText("没有环节在等待该子流程", "Nothing waits for this sub-flow")));
        var work = Begin(flow, state, "sub_case_ended", Actor.Engine, OrEmpty(ended.Output), context);
        ControlFlow.Bind(work, work.NodeOf(token), OrEmpty(ended.Output));
        if (ControlFlow.CountDown(work, token)) work.Leave(work.State.Tokens.First(each => each.Id == token.Id), work.NodeOf(token), "Done");
        return SettledOrFaulted(work, state, "sub_case_ended");
    }

    internal static Work Begin(Flow flow, CaseState state, string name, Actor actor, JsonElement data, StepContext context)
    {
        var work = new Work(flow, state, context) { Actor = actor, Data = data };
        work.Emit(new StimulusTaken(name, actor, context.Now, data));
        return work;
    }

    static StepResult Settled(Work work)
    {
        work.Settle();
        if (work.RanAway) return Refused(new Refusal("flow.runs-forever", "5.2", new LocalizedText("流程自动环节不能停下", "The flow does not come to rest")));
        return work.Failure is { } failure ? Refused(failure) : work.Done();
    }

    static Refusal NotOffered(CaseState state, Stimulus.Act act) => ActivityCatalog.FindAct(act.Name) is { } known
        ? Refuse.WrongState(known.Transition, known.Title.Zh, state.State)
        : new Refusal("act.unknown", "5.2", new LocalizedText($"没有“{act.Name}”这一操作", $"There is no act '{act.Name}' here"), [act.Name]);

    static StepResult Refused(Refusal why) => new StepResult.Refused(why);

    static JsonElement OrEmpty(JsonElement data) => data.ValueKind == JsonValueKind.Object ? data : Json.Empty;
}
