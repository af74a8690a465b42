using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;

namespace Orchestrator.Kernel.Engine;

/// <summary>Who acts.</summary>
/// <param name="Id">Account or system; distinguishes persons under separation of duties (P22).</param>
/// <param name="Role">Role of 5.7 in which the act is done.</param>
/// <param name="Department">Department; null for none.</param>
/// <param name="Window">Window at which the person works; null for none.</param>
public sealed record Actor(string Id, string Role, string? Department = null, string? Window = null)
{
    /// <summary>The engine itself: timers and rules.</summary>
    public static readonly Actor Engine = new("engine", "system");
}

/// <summary>What happened to a timer.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<TimerVerb>))]
public enum TimerVerb
{
    /// <summary>Set.</summary>
    Started,
    /// <summary>Paused.</summary>
    Paused,
    /// <summary>Resumed.</summary>
    Resumed,
    /// <summary>Stopped: its duty was done.</summary>
    Stopped,
    /// <summary>Expired.</summary>
    Fired,
    /// <summary>Took a warning colour.</summary>
    Warned,
    /// <summary>Its due instant moved.</summary>
    Moved,
}

/// <summary>A fact about a case, in the past tense. The events of a transition are stored as one history row; folding all rows gives the state.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(StimulusTaken), "stimulus_taken")]
[JsonDerivedType(typeof(CaseOpened), "case_opened")]
[JsonDerivedType(typeof(TokenPlaced), "token_placed")]
[JsonDerivedType(typeof(TokenRemoved), "token_removed")]
[JsonDerivedType(typeof(TokenCounted), "token_counted")]
[JsonDerivedType(typeof(JoinPassed), "join_passed")]
[JsonDerivedType(typeof(StateEntered), "state_entered")]
[JsonDerivedType(typeof(StatusChanged), "status_changed")]
[JsonDerivedType(typeof(FactsChanged), "facts_changed")]
[JsonDerivedType(typeof(BranchChanged), "branch_changed")]
[JsonDerivedType(typeof(VariableSet), "variable_set")]
[JsonDerivedType(typeof(TaskOpened), "task_opened")]
[JsonDerivedType(typeof(TaskClosed), "task_closed")]
[JsonDerivedType(typeof(TimerChanged), "timer_changed")]
[JsonDerivedType(typeof(DocumentIssued), "document_issued")]
[JsonDerivedType(typeof(NoticeQueued), "notice_queued")]
[JsonDerivedType(typeof(NoticesTaken), "notices_taken")]
[JsonDerivedType(typeof(RecordMade), "record_made")]
[JsonDerivedType(typeof(OrderOpened), "order_opened")]
[JsonDerivedType(typeof(OrderClosed), "order_closed")]
[JsonDerivedType(typeof(FlagRaised), "flag_raised")]
[JsonDerivedType(typeof(EvaluationInvited), "evaluation_invited")]
[JsonDerivedType(typeof(EvaluationGiven), "evaluation_given")]
[JsonDerivedType(typeof(EvaluationLapsed), "evaluation_lapsed")]
[JsonDerivedType(typeof(MessagePublished), "message_published")]
[JsonDerivedType(typeof(SystemCalled), "system_called")]
[JsonDerivedType(typeof(SubCaseRequested), "sub_case_requested")]
[JsonDerivedType(typeof(TicketRequested), "ticket_requested")]
[JsonDerivedType(typeof(ParentTold), "parent_told")]
[JsonDerivedType(typeof(CaseMigrated), "case_migrated")]
[JsonDerivedType(typeof(CaseEnded), "case_ended")]
public abstract record CaseEvent;

/// <summary>A transition began: what came in, from whom, at which legal instant. Raises the version by one.</summary>
public sealed record StimulusTaken(string Name, Actor Actor, Instant At, JsonElement Data) : CaseEvent;
/// <summary>The case was opened.</summary>
public sealed record CaseOpened(string CaseNo, CasePins Pins, ParentLink? Parent) : CaseEvent;
/// <summary>Control came to an activity.</summary>
public sealed record TokenPlaced(Token Token) : CaseEvent;
/// <summary>Control left an activity.</summary>
public sealed record TokenRemoved(int Id, string Node, string? Port) : CaseEvent;
/// <summary>The count of a waiting token changed.</summary>
public sealed record TokenCounted(int Id, int Count) : CaseEvent;
/// <summary>A join let control pass and has still to swallow some tokens.</summary>
public sealed record JoinPassed(string Node, int Swallow) : CaseEvent;
/// <summary>The case came into a state of 5.1 or 5.5.</summary>
public sealed record StateEntered(string State) : CaseEvent;
/// <summary>Suspended or resumed.</summary>
public sealed record StatusChanged(CaseStatus Status, string? SuspendedFrom) : CaseEvent;
/// <summary>The facts are now these.</summary>
public sealed record FactsChanged(CaseFacts Facts) : CaseEvent;
/// <summary>A branch of a joint review is now so.</summary>
public sealed record BranchChanged(string Branch, BranchState State) : CaseEvent;
/// <summary>A variable has a value.</summary>
public sealed record VariableSet(string Name, JsonElement Value) : CaseEvent;
/// <summary>A task was opened.</summary>
public sealed record TaskOpened(OpenTask Task) : CaseEvent;
/// <summary>A task was done (outcome) or cancelled (null).</summary>
public sealed record TaskClosed(string Id, string? Outcome) : CaseEvent;
/// <summary>A timer is now so.</summary>
public sealed record TimerChanged(TimerVerb Verb, CaseTimer Timer) : CaseEvent;
/// <summary>A document was issued. <c>Content</c> holds what 7.5 demands of it.</summary>
public sealed record DocumentIssued(IssuedDocument Document, JsonElement Content) : CaseEvent;
/// <summary>A notice waits for its channel. Kinds: sms, network, reminder, warning, escalation.</summary>
public sealed record NoticeQueued(string Id, string Kind, string To, LocalizedText Text, bool Tracked) : CaseEvent;
/// <summary>The channel took these notices.</summary>
public sealed record NoticesTaken(ImmutableArray<string> Ids) : CaseEvent;
/// <summary>A record without a document name: review_opinion, accountability, procedure_record, …</summary>
public sealed record RecordMade(string Kind, JsonElement Content) : CaseEvent;
/// <summary>A supervision order (督办单) was opened for a timer.</summary>
public sealed record OrderOpened(string Timer, ImmutableArray<string> To) : CaseEvent;
/// <summary>The duty behind a supervision order was done.</summary>
public sealed record OrderClosed(string Timer) : CaseEvent;
/// <summary>A flag was raised.</summary>
public sealed record FlagRaised(string Flag) : CaseEvent;
/// <summary>A rating was invited: after_visit, after_acceptance or after_completion.</summary>
public sealed record EvaluationInvited(string Occasion) : CaseEvent;
/// <summary>A rating was given.</summary>
public sealed record EvaluationGiven(int Score, string? Channel, bool RealName, string? Text) : CaseEvent;
/// <summary>Open invitations closed without a rating; none is put in its place (T-EVA).</summary>
public sealed record EvaluationLapsed(int Count) : CaseEvent;
/// <summary>A message for subscribers.</summary>
public sealed record MessagePublished(string Topic, JsonElement Payload) : CaseEvent;
/// <summary>A request to another system; its answer comes as signal <c>system:{Id}</c>.</summary>
public sealed record SystemCalled(string Id, string System, JsonElement Payload) : CaseEvent;
/// <summary>A sub-flow has to be started.</summary>
public sealed record SubCaseRequested(string CaseNo, string DefinitionId, JsonElement Input, ParentLink Parent) : CaseEvent;
/// <summary>A bad review asks for a ticket.</summary>
public sealed record TicketRequested(string CaseNo, TicketFacts Ticket) : CaseEvent;
/// <summary>This case ended and its waiting parent has to be told.</summary>
public sealed record ParentTold(ParentLink Parent, JsonElement Output) : CaseEvent;
/// <summary>The case goes on in another version of its definition.</summary>
public sealed record CaseMigrated(CasePins Pins) : CaseEvent;
/// <summary>The case ended.</summary>
public sealed record CaseEnded(CaseStatus Status, string? Outcome) : CaseEvent;
