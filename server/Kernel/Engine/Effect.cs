using System.Collections.Immutable;
using System.Text.Json;

namespace Orchestrator.Kernel.Engine;

/// <summary>What the host has to do because of a transition. Data only: the kernel performs none of it.</summary>
public abstract record Effect
{
    /// <summary>Put a task on the work list.</summary>
    public sealed record OpenTask(Engine.OpenTask Task) : Effect;
    /// <summary>Take a task off the work list.</summary>
    public sealed record CloseTask(string Id, string? Outcome) : Effect;
    /// <summary>Store a timer as it is now: running ones wake the case at <see cref="CaseTimer.NextWake"/>.</summary>
    public sealed record SetTimer(CaseTimer Timer) : Effect;
    /// <summary>Issue a document.</summary>
    public sealed record IssueDocument(IssuedDocument Document, JsonElement Content) : Effect;
    /// <summary>Send a notice; acknowledge it when tracked.</summary>
    public sealed record Notify(string Id, string Kind, string To, LocalizedText Text, bool Tracked) : Effect;
    /// <summary>Publish a message to subscribers.</summary>
    public sealed record Publish(string Topic, JsonElement Payload) : Effect;
    /// <summary>Call a system; its answer is the signal <c>system:{Id}</c>.</summary>
    public sealed record CallSystem(string Id, string System, JsonElement Payload) : Effect;
    /// <summary>Start a sub-flow.</summary>
    public sealed record StartSubCase(string CaseNo, string DefinitionId, JsonElement Input, ParentLink Parent) : Effect;
    /// <summary>Open a bad-review ticket.</summary>
    public sealed record StartTicket(string CaseNo, TicketFacts Ticket) : Effect;
    /// <summary>Tell the waiting parent that this case ended.</summary>
    public sealed record TellParent(ParentLink Parent, JsonElement Output) : Effect;
    /// <summary>Open a supervision order.</summary>
    public sealed record OpenOrder(string Timer, ImmutableArray<string> To) : Effect;
    /// <summary>Close a supervision order.</summary>
    public sealed record CloseOrder(string Timer) : Effect;

    /// <summary>The effects of a transition's events, in order.</summary>
    public static IEnumerable<Effect> From(string caseNo, ImmutableArray<CaseEvent> events)
    {
        foreach (var happened in events)
            if (Of(happened) is { } effect) yield return effect;
    }

    static Effect? Of(CaseEvent happened) => happened switch
    {
        TaskOpened e => new OpenTask(e.Task),
        TaskClosed e => new CloseTask(e.Id, e.Outcome),
        TimerChanged e => new SetTimer(e.Timer),
        DocumentIssued e => new IssueDocument(e.Document, e.Content),
        NoticeQueued e => new Notify(e.Id, e.Kind, e.To, e.Text, e.Tracked),
        MessagePublished e => new Publish(e.Topic, e.Payload),
        SystemCalled e => new CallSystem(e.Id, e.System, e.Payload),
        SubCaseRequested e => new StartSubCase(e.CaseNo, e.DefinitionId, e.Input, e.Parent),
        TicketRequested e => new StartTicket(e.CaseNo, e.Ticket),
        ParentTold e => new TellParent(e.Parent, e.Output),
        OrderOpened e => new OpenOrder(e.Timer, e.To),
        OrderClosed e => new CloseOrder(e.Timer),
        _ => null,
    };
}
