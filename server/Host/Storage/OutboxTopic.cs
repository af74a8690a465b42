using Orchestrator.Kernel.Engine;

namespace Orchestrator.Host.Storage;

/// <summary>What kind of message a fact calls for; the body of the message is the fact itself.</summary>
static class OutboxTopic
{
    /// <summary>A notice for its channel.</summary>
    public const string Notice = "notice";
    /// <summary>Store the licence in the library of electronic licences (T-CRT).</summary>
    public const string Certificate = "certificate";
    /// <summary>Share the result with supervision (T-SHR).</summary>
    public const string Share = "share";
    /// <summary>A message for subscribers.</summary>
    public const string Publish = "publish";
    /// <summary>A request to another system.</summary>
    public const string SystemCall = "system_call";
    /// <summary>Start a sub-flow.</summary>
    public const string SubCase = "sub_case";
    /// <summary>Open a bad-review ticket.</summary>
    public const string Ticket = "ticket";
    /// <summary>Tell the waiting parent that its sub-flow ended.</summary>
    public const string Parent = "parent";

    /// <summary>The topic; null when the fact stays inside.</summary>
    public static string? Of(CaseEvent happened) => happened switch
    {
        NoticeQueued => Notice,
        TimerChanged { Verb: TimerVerb.Started, Timer.Kind: "T-CRT" } => Certificate,
        TimerChanged { Verb: TimerVerb.Started, Timer.Kind: "T-SHR" } => Share,
        MessagePublished => Publish,
        SystemCalled => SystemCall,
        SubCaseRequested => SubCase,
        TicketRequested => Ticket,
        ParentTold => Parent,
        _ => null,
    };
}
