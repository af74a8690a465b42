using System.Collections.Immutable;
using System.Text.Json;
using NodaTime;
using Orchestrator.Kernel.Clocks;
using Orchestrator.Kernel.Definitions;
using Orchestrator.Kernel.Graph;
using Orchestrator.Kernel.Items;
using Orchestrator.Kernel.Profiles;

namespace Orchestrator.Kernel.Engine;

/// <summary>One step in the making: applies each event to the state as it is emitted, so that later rules see what earlier ones did. Thrown away when the step is refused.</summary>
sealed partial class Work(Flow flow, CaseState state, StepContext context)
{
    readonly ImmutableArray<CaseEvent>.Builder events = ImmutableArray.CreateBuilder<CaseEvent>();

    public Flow Flow { get; } = flow;
    public CaseState State { get; private set; } = state;
    public StepContext Context { get; } = context;
    public Actor Actor { get; set; } = Actor.Engine;
    public JsonElement Data { get; set; }

    public CaseFacts Facts => State.Facts;
    public PolicyProfile Profile => Context.Profile;
    public ItemTerms Item => Context.Item ?? NoItem;
    public WorkingCalendar Calendar => Context.Calendar;
    public HallHours Hall => Context.Hall ?? HallHours.Default;
    public Instant Now => Context.Now;
    public LocalDate Today => LegalTime.DateOf(Context.Now);

    static readonly ItemTerms NoItem = new() { Code = "" };

    public StepResult Done() => new StepResult.Moved(State, events.ToImmutable());

    public void Emit(CaseEvent happened)
    {
        State = Fold.Apply(State, happened);
        events.Add(happened);
    }

    /// <summary>Notes the events of the opening, which the initial state already contains.</summary>
    public void Noted(params ReadOnlySpan<CaseEvent> already) => events.AddRange(already);

    public void Change(Func<CaseFacts, CaseFacts> change)
    {
        var changed = change(Facts);
        if (!ReferenceEquals(changed, Facts)) Emit(new FactsChanged(changed));
    }

    public void Enter(string? named)
    {
        if (named is null) return;
        // While suspended the flow may move underneath (a sub-flow ends, a delay passes): the state shows when the case is resumed.
        if (State.Status == CaseStatus.Suspended && named != "suspended") Emit(new StatusChanged(CaseStatus.Suspended, named));
        else if (named != State.State) Emit(new StateEntered(named));
    }

    public void Document(string name, params ReadOnlySpan<(string Key, object? Value)> content)
    {
        var document = new IssuedDocument($"{State.CaseNo}-D{State.NextId}", name, Now);
        Emit(new DocumentIssued(document, Json.Object(content)));
    }

    public void Record(string kind, params ReadOnlySpan<(string Key, object? Value)> content) => Emit(new RecordMade(kind, Json.Object(content)));

    public void Flag(string flag)
    {
        if (!State.Flags.Contains(flag)) Emit(new FlagRaised(flag));
    }

    public void Notice(string kind, string to, LocalizedText text) => Emit(new NoticeQueued($"{State.CaseNo}-N{State.NextId}", kind, to, text, Tracked: false));

    /// <summary>进度告知 (XA-18, CQ-17.2): tells the applicant and starts T-NTF, which stops when the channel took the message.</summary>
    public void TellApplicant(LocalizedText text)
    {
        Emit(new NoticeQueued($"{State.CaseNo}-N{State.NextId}", "sms", "applicant", text, Tracked: true));
        if (Profile["P48"].Contains("network", StringComparison.Ordinal) && Facts.Channel is "online" or "terminal")
            Notice("network", "applicant", text);
        StartTimer("T-NTF");
    }

    public void Publish(string topic, params ReadOnlySpan<(string Key, object? Value)> payload) => Emit(new MessagePublished(topic, Json.Object(payload)));

    public void OpenOrder(string timer, params ImmutableArray<string> to)
    {
        if (!State.Orders.Contains(timer)) Emit(new OrderOpened(timer, to));
    }

    public void Invite(string occasion)
    {
        Emit(new EvaluationInvited(occasion));
        Notice("sms", "applicant", new LocalizedText("请对本次服务作出评价", "Please rate the service"));
        StartTimer("T-EVA");
    }

    /// <summary>Why the step cannot be: found while moving, answered when the flow has come to rest.</summary>
    public Refusal? Failure { get; private set; }

    /// <summary>Gives a variable a value, brought to its declared type. A value that does not fit fails the step.</summary>
    public void SetVariable(string name, JsonElement value)
    {
        if (VariableTypes.Fit(Flow, name, value) is { } fitting) Emit(new VariableSet(name, fitting));
        else Failure ??= VariableTypes.Refuse(Flow, name);
    }

    public int TakeId() => State.NextId;

    /// <summary>Ends the case: closes tasks, removes tokens, stops what does not survive, packs the archive (CQ-31).</summary>
    public void End(string named, string? outcome, CaseStatus status = CaseStatus.Ended)
    {
        foreach (var task in State.Tasks) Emit(new TaskClosed(task.Id, null));
        foreach (var token in State.Tokens) Emit(new TokenRemoved(token.Id, token.Node, null));
        if (named != State.State) Emit(new StateEntered(named));
        StopAtTheEnd();
        if (Flow.Purpose != FlowPurpose.General) Document("归档包", ("state", named), ("outcome", outcome));
        Emit(new CaseEnded(status, outcome));
        if (State.Parent is { } parent) Emit(new ParentTold(parent, OutputOf()));
    }

    JsonElement OutputOf()
    {
        var results = Flow.Results.Where(result => State.Variables.ContainsKey(result.Name));
        return Json.Object([.. results.Select(result => (result.Name, (object?)State.Variables[result.Name])), ("outcome", State.Outcome), ("state", State.State)]);
    }
}
