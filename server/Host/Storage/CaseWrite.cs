using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using NodaTime;
using Orchestrator.Kernel.Definitions;
using Orchestrator.Kernel.Engine;
using Orchestrator.Kernel.Graph;

namespace Orchestrator.Host.Storage;

/// <summary>
/// Everything that one commit writes for one case: made from transitions, free of I/O. Tasks that were opened and closed within the
/// same commit leave no row; timers leave their last state.
/// </summary>
sealed record CaseWrite
{
    /// <summary>Null for a commit that moves no case: a refusal's audit entry.</summary>
    public CaseRow? Case { get; init; }
    public IReadOnlyList<EventRow> Events { get; init; } = [];
    public IReadOnlyList<TaskRow> Tasks { get; init; } = [];
    public IReadOnlyList<ClosedTaskRow> ClosedTasks { get; init; } = [];
    public IReadOnlyList<TimerRow> Timers { get; init; } = [];
    public IReadOnlyList<DocumentRow> Documents { get; init; } = [];
    public IReadOnlyList<OrderRow> Orders { get; init; } = [];
    public IReadOnlyList<ClosedOrderRow> ClosedOrders { get; init; } = [];
    public IReadOnlyList<EvaluationRow> Evaluations { get; init; } = [];
    public IReadOnlyList<OutboxRow> Outbox { get; init; } = [];
    public IReadOnlyList<IdempotencyRow> Idempotency { get; init; } = [];
    public IReadOnlyList<AuditRow> Audit { get; init; } = [];

    /// <summary>The rows of consecutive transitions of one case.</summary>
    /// <param name="flow">The version of the definition that the case is at now; names the stage.</param>
    /// <param name="scope">Where the case belongs.</param>
    /// <param name="baseVersion">Version that the first transition was decided on; 0 opens the case.</param>
    /// <param name="moved">The transitions, in order; at least one.</param>
    /// <param name="commitId">Names this commit in the history rows.</param>
    /// <param name="recordedAt">The server's time.</param>
    public static CaseWrite Of(Flow flow, CaseScope scope, long baseVersion, IReadOnlyList<StepResult.Moved> moved, string commitId, Instant recordedAt) =>
        new CaseWriteBuilder(flow, scope, baseVersion, commitId, recordedAt.ToUnixTimeMilliseconds()).Build(moved);

    /// <summary>A commit of an audit entry alone.</summary>
    public static CaseWrite AuditOnly(AuditRow audit) => new() { Audit = [audit] };

    /// <summary>The number of transitions in it.</summary>
    public int Transitions => Events.Count;
}

/// <summary>Collects the rows of one commit.</summary>
sealed class CaseWriteBuilder(Flow flow, CaseScope scope, long baseVersion, string commitId, long recordedAt)
{
    readonly List<EventRow> events = [];
    readonly Dictionary<string, OpenTask> opened = [];
    readonly List<ClosedTaskRow> closed = [];
    readonly Dictionary<string, TimerRow> timers = [];
    readonly List<DocumentRow> documents = [];
    readonly List<OrderRow> orders = [];
    readonly List<ClosedOrderRow> closedOrders = [];
    readonly List<EvaluationRow> evaluations = [];
    readonly List<OutboxRow> outbox = [];

    public CaseWrite Build(IReadOnlyList<StepResult.Moved> moved)
    {
        foreach (var transition in moved) Add(transition);
        var state = moved[^1].State;
        return new CaseWrite
        {
            Case = Row(state), Events = events, Tasks = [.. opened.Values.Select(task => Task(state, task))], ClosedTasks = closed, Timers = [.. timers.Values],
            Documents = documents, Orders = orders, ClosedOrders = closedOrders, Evaluations = evaluations, Outbox = outbox,
        };
    }

    void Add(StepResult.Moved transition)
    {
        var state = transition.State;
        var taken = (StimulusTaken)transition.Events[0];
        var at = taken.At.ToUnixTimeMilliseconds();
        events.Add(new(state.CaseNo, state.Version, at, recordedAt, taken.Name, taken.Actor.Id, taken.Actor.Role, commitId, Text(KernelJson.Write(transition.Events))));
        var n = 0;
        foreach (var happened in transition.Events)
        {
            Add(state, at, happened);
            if (OutboxTopic.Of(happened) is { } topic)
                outbox.Add(new(state.CaseNo, $"{state.CaseNo}:{state.Version}:{++n}", state.Version, topic, Text(JsonSerializer.SerializeToUtf8Bytes(happened, KernelJson.Default.CaseEvent)), recordedAt, outbox.Count));
        }
    }

    void Add(CaseState state, long at, CaseEvent happened)
    {
        switch (happened)
        {
            case TaskOpened e: opened[e.Task.Id] = e.Task; break;
            case TaskClosed e: if (!opened.Remove(e.Id)) closed.Add(new(state.CaseNo, e.Id)); break;
            case TimerChanged e: timers[e.Timer.Key] = Timer(state.CaseNo, e.Timer); break;
            case DocumentIssued e: documents.Add(new(state.CaseNo, e.Document.No, e.Document.Name, e.Document.At.ToUnixTimeMilliseconds(), Raw(e.Content))); break;
            case OrderOpened e: orders.Add(new(state.CaseNo, e.Timer, state.Version, at, null, JsonSerializer.Serialize(e.To))); break;
            case OrderClosed e: Close(state.CaseNo, e.Timer, at); break;
            case EvaluationGiven e: evaluations.Add(new(state.CaseNo, state.Version, e.Score, e.Channel, e.RealName, e.Text, at)); break;
        }
    }

    /// <summary>An order of this commit is written closed; earlier ones are closed by an update.</summary>
    void Close(string caseNo, string timer, long at)
    {
        var own = orders.FindIndex(order => order.TimerKey == timer && order.ClosedAt is null);
        if (own >= 0) orders[own] = orders[own] with { ClosedAt = at };
        else closedOrders.Add(new(caseNo, timer, at));
    }

    TimerRow Timer(string caseNo, CaseTimer timer) => new(
        caseNo, timer.Key, timer.Kind, Words.Of(timer.State), Words.Of(timer.Colour), timer.Due.ToUnixTimeMilliseconds(), timer.NextWake?.ToUnixTimeMilliseconds(),
        timer.Provisional, timer.FiredAt?.ToUnixTimeMilliseconds(), recordedAt);

    TaskRow Task(CaseState state, OpenTask task) => new(
        state.CaseNo, task.Id, task.Token, task.Node, task.Activity, task.Part, task.Title.Zh, task.Title.En, task.Role, task.Department ?? scope.Department, scope.Hall,
        Words.Of(task.Side), task.OpenedAt.ToUnixTimeMilliseconds(), DueOf(state, task)?.ToUnixTimeMilliseconds());

    static Instant? DueOf(CaseState state, OpenTask task)
    {
        foreach (var timer in state.Timers)
            if (timer.Token == task.Token && timer.State == TimerState.Running) return timer.Due;
        return null;
    }

    CaseRow Row(CaseState state) => new()
    {
        CaseNo = state.CaseNo, BaseVersion = baseVersion, Version = state.Version, Kind = scope.Kind, ParentCaseNo = state.Parent?.CaseNo,
        DefinitionId = state.Pins.DefinitionId, DefinitionVersionId = state.Pins.DefinitionVersionId, DefinitionVersion = state.Pins.DefinitionVersion,
        ItemCode = state.Pins.ItemCode, ItemVersion = state.Pins.ItemCode is null ? null : state.Pins.ItemVersion,
        ProfileId = state.Pins.ProfileId, ProfileVersion = state.Pins.ProfileVersion,
        Region = scope.Region, Hall = scope.Hall, Department = scope.Department, ApplicantId = scope.ApplicantId ?? state.Facts.Applicant,
        State = state.State, Status = Words.Of(state.Status), Stage = StageOf(state), Colour = Words.Of(state.Colour), Mode = state.Facts.Mode, Outcome = state.Outcome,
        OpenedAt = state.OpenedAt.ToUnixTimeMilliseconds(), AcceptedOn = state.Facts.AcceptedOn is { } day ? $"{day:uuuu-MM-dd}" : null,
        DueAt = NearestDue(state)?.ToUnixTimeMilliseconds(), NextWakeAt = state.NextWake?.ToUnixTimeMilliseconds(), UpdatedAt = recordedAt, Body = Text(KernelJson.Write(state)),
    };

    string? StageOf(CaseState state)
    {
        foreach (var token in state.Tokens)
            if (flow.Find(token.Node) is { Activity.Stage: not Stage.None } node) return Words.Of(node.Activity.Stage);
        return null;
    }

    static Instant? NearestDue(CaseState state)
    {
        Instant? nearest = null;
        foreach (var timer in state.Timers)
            if (timer.State == TimerState.Running && TimerCatalog.ColoursCase(timer) && (nearest is null || timer.Due < nearest)) nearest = timer.Due;
        return nearest;
    }

    static string Text(byte[] json) => Encoding.UTF8.GetString(json);

    static string Raw(JsonElement content) => content.ValueKind == JsonValueKind.Undefined ? "{}" : content.GetRawText();
}
