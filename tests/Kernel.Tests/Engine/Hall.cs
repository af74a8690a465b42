using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NodaTime;
using Orchestrator.Kernel.Clocks;
using Orchestrator.Kernel.Definitions;
using Orchestrator.Kernel.Engine;
using Orchestrator.Kernel.Graph;
using Orchestrator.Kernel.Items;
using Orchestrator.Kernel.Profiles;
using Orchestrator.Kernel.Simulation;
using Xunit;

namespace Orchestrator.Kernel.Tests.Engine;

/// <summary>A hall with one case on a virtual clock: opens it, acts on it, moves the clock. Nothing answers by itself, so that each step shows what the engine did.</summary>
sealed class Hall
{
    /// <summary>Everything a case may need; a test changes what it is about.</summary>
    const string Terms = """
        {"promised": "10wd", "statutory": "20wd", "kind": "promise", "pre_review": true,
         "materials": {"M1": {"name": "申请表", "necessity": "main"}, "M2": {"name": "场所证明", "necessity": "main"},
                       "M3": {"name": "无违法记录证明", "necessity": "main", "promise_waivable": true},
                       "M5": {"name": "照片", "necessity": "minor", "tolerable": true}, "M6": {"name": "平面图", "necessity": "minor", "tolerable": true},
                       "M7": {"name": "营业执照", "necessity": "main", "shareable": true}},
         "tolerance_materials": ["M5", "M6"],
         "promise_mode": {"waives": ["M3"], "text": "承诺书", "liability": "责任", "supervision": "核查"},
         "special_procedures": [{"kind": "听证", "limit": "5wd", "published": true}, {"kind": "专家评审", "published": true}, {"kind": "检验", "limit": "5wd", "published": false}],
         "windows": ["W01", "W02", "W03", "W05"]}
        """;

    readonly Flow flow;
    readonly PolicyProfile profile;
    readonly CasePins pins;
    ItemTerms? item;

    Hall(string profile, string pipeline, string changes, (string, string)[] parameters)
    {
        this.profile = ShippedProfiles.Get(profile).With(parameters.Select(each => KeyValuePair.Create(each.Item1, each.Item2)));
        flow = ShippedWorkflows.Get(pipeline);
        var terms = JsonNode.Parse(Terms)!.AsObject();
        foreach (var (name, value) in JsonNode.Parse(changes)!.AsObject().ToList()) terms[name] = value?.DeepClone();
        item = ItemTerms.FromScenario("X1", JsonSerializer.SerializeToElement(terms));
        pins = new CasePins(flow.DefinitionId, flow.VersionId, flow.Version, "X1", 1, profile, 1);
        Now = At(2026, 9, 21, 9, 30);
    }

    public static Hall In(string profile, string pipeline = "standard", string item = "{}", params (string, string)[] parameters) => new(profile, pipeline, item, parameters);

    public Instant Now { get; private set; }
    public CaseState State { get; private set; } = null!;
    public List<CaseEvent> Events { get; } = [];
    public ImmutableArray<CaseEvent> Last { get; private set; } = [];
    public bool IsOpen => State is not null;

    public static Instant At(int year, int month, int day, int hour = 0, int minute = 0) => LegalTime.At(new LocalDate(year, month, day), new LocalTime(hour, minute));

    public StepContext Context => new(Now, WorkingCalendar.Shipped, profile, item);

    /// <summary>Changes the item in force: its status, or nothing at all.</summary>
    public Hall WithItem(Func<ItemTerms, ItemTerms?> change)
    {
        item = change(item!);
        return this;
    }

    /// <summary>Moves the clock; what is due happens on the way.</summary>
    public Hall Until(string local)
    {
        var to = Scenario.InstantOf(local);
        Last = [];
        while (CaseEngine.FireNext(flow, State, to, Context) is { } moved) Keep(moved);
        Now = to;
        return this;
    }

    /// <summary>Acts; the act must be legal.</summary>
    public Hall Do(string act, string by, object? with = null)
    {
        Last = [];
        var result = Step(act, by, with);
        if (result is StepResult.Refused refused) Assert.Fail($"{act} by {by} was refused by {refused.Why.Rule} ({refused.Why.Code}): {refused.Why.Message.En}; the case is {State?.State}");
        Keep((StepResult.Moved)result);
        return this;
    }

    /// <summary>Acts; the act must be refused and must leave no trace.</summary>
    public Refusal Refused(string act, string by, object? with = null)
    {
        var before = State is null ? null : Text(State);
        var result = Step(act, by, with);
        Assert.Equal(before, State is null ? null : Text(State));
        return Assert.IsType<StepResult.Refused>(result).Why;
    }

    public Hall Signal(Stimulus stimulus)
    {
        Last = [];
        Keep(Assert.IsType<StepResult.Moved>(CaseEngine.Step(flow, State, stimulus, Context)));
        return this;
    }

    public CaseTimer Timer(string key) => State.Timer(key) ?? throw new InvalidOperationException($"There is no timer {key}.");

    /// <summary>The last day of a timer's limit.</summary>
    public string LastDay(string key) => $"{LegalTime.LastBegunDay(Timer(key).Due):MM-dd}";

    /// <summary>What the last stimulus did to timers: + started, ‖ paused, ▶ resumed, ■ stopped, ! fired, in the order of the keys.</summary>
    public string Timers => string.Join(' ', Last.OfType<TimerChanged>().Select(each => (Sign: Sign(each), each.Timer.Key)).Where(each => each.Sign is not null)
        .OrderBy(each => each.Key, StringComparer.Ordinal).Select(each => each.Sign + each.Key));

    public string Documents => string.Join(' ', Last.OfType<DocumentIssued>().Select(each => each.Document.Name));

    public string Records => string.Join(' ', Last.OfType<RecordMade>().Select(each => each.Kind));

    public static string Text(CaseState state) => Encoding.UTF8.GetString(KernelJson.Write(state));

    StepResult Step(string act, string by, object? with)
    {
        var data = with is null ? default : JsonSerializer.SerializeToElement(with);
        var (role, id) = by.Split(':') is [var first, var name] ? (first, name) : (by, by);
        var actor = new Actor(id, role);
        return CaseEngine.Step(flow, State, State is null ? new Stimulus.Start("K1", pins, act, actor, data) : new Stimulus.Act(act, actor, data), Context);
    }

    void Keep(StepResult.Moved moved)
    {
        State = moved.State;
        Events.AddRange(moved.Events);
        Last = Last.AddRange(moved.Events);
    }

    static string? Sign(TimerChanged change) => change.Verb switch
    {
        TimerVerb.Started => "+",
        TimerVerb.Paused => "‖",
        TimerVerb.Resumed when change.Timer.State == TimerState.Running => "▶",   // else one of two reasons went away
        TimerVerb.Stopped => "■",
        TimerVerb.Fired => "!",
        _ => null,
    };
}

/// <summary>Ways to well-known places.</summary>
static class HallWays
{
    public static readonly object Denial = new { reasons = "不符合条件", contact = "0482-8200000", seal = "审批业务专用章" };

    public static Hall Received(this Hall hall, object? with = null) => hall.Do("receive", "acceptor", with);
    public static Hall Submitted(this Hall hall, object? with = null) => hall.Do("submit", "applicant", with);
    public static Hall Accepted(this Hall hall, string by = "acceptor") => hall.Received().Do("accept", by);
    public static Hall Reviewed(this Hall hall) => hall.Accepted().Do("review_done", "reviewer");
    public static Hall Approved(this Hall hall) => hall.Reviewed().Do("approve", "decider", new { licence = new[] { "electronic" } });
    public static Hall Ready(this Hall hall) => hall.Approved().Do("result_at_window", "decider");
    public static Hall Completed(this Hall hall) => hall.Ready().Signal(new Stimulus.Acknowledged([], ["T-CRT"])).Do("pick_up", "acceptor").Do("close", "system");
    public static Hall Tolerated(this Hall hall, string overdue = "deny_with_reasons") =>
        hall.Received(new { missing = new[] { "M5", "M6" } }).Do("accept_tolerant", "acceptor", new { materials = new[] { "M5", "M6" }, limit = "5wd", overdue, promise_signed = true });
    public static Hall InCorrection(this Hall hall, string limit = "5wd") =>
        hall.Received(new { missing = new[] { "M2" } }).Do("issue_correction", "acceptor", new { materials = new[] { "M2" }, limit, form = "paper" });
    public static Hall InSpecialProcedure(this Hall hall) => hall.Accepted().Do("start_special", "reviewer", new { kind = "听证" });
    public static Hall WithTicket(this Hall hall) => hall.Completed().Do("rate", "applicant", new { score = 1 });
}
