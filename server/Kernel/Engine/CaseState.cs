using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using Orchestrator.Kernel.Definitions;

namespace Orchestrator.Kernel.Engine;

/// <summary>What a case is pinned to when it is opened (Promise 4).</summary>
/// <param name="DefinitionId">Workflow definition.</param>
/// <param name="DefinitionVersionId">Its version's id.</param>
/// <param name="DefinitionVersion">Its version's number.</param>
/// <param name="ItemCode">Service item; null for processes without one.</param>
/// <param name="ItemVersion">Version of item and guide.</param>
/// <param name="ProfileId">Regional profile.</param>
/// <param name="ProfileVersion">Its version.</param>
public sealed record CasePins(string DefinitionId, string DefinitionVersionId, int DefinitionVersion, string? ItemCode, int ItemVersion, string ProfileId, int ProfileVersion);

/// <summary>Whether anything can still happen by itself or by an act on the flow.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<CaseStatus>))]
public enum CaseStatus
{
    /// <summary>Open.</summary>
    Open,
    /// <summary>中止: clocks are paused.</summary>
    Suspended,
    /// <summary>Ended in a terminal state.</summary>
    Ended,
    /// <summary>Ended by a fault activity.</summary>
    Faulted,
}

/// <summary>A point of control in the flow.</summary>
/// <param name="Id">Unique on the case.</param>
/// <param name="Node">Activity id where it stands.</param>
/// <param name="Edge">Index of the incoming edge it came by, in the order of the node's sources; -1 at the start. Joins need it.</param>
/// <param name="Count">How many instances are still open (multi-instance tasks, sub-flows), or the next index of a loop.</param>
public sealed record Token(
    int Id, string Node,
    // Written always: 0 is an edge, and a value left out reads as -1.
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] int Edge = -1, int Count = 0);

/// <summary>A task someone has to do (待办).</summary>
public sealed record OpenTask
{
    /// <summary>Unique over all cases: case number and a running number.</summary>
    public required string Id { get; init; }
    /// <summary>Token it belongs to.</summary>
    public required int Token { get; init; }
    /// <summary>Activity id.</summary>
    public required string Node { get; init; }
    /// <summary>Activity type.</summary>
    public required string Activity { get; init; }
    /// <summary>Title.</summary>
    public required LocalizedText Title { get; init; }
    /// <summary>Role of 5.7 that may do it.</summary>
    public required string Role { get; init; }
    /// <summary>Department that must do it; null for any.</summary>
    public string? Department { get; init; }
    /// <summary>Front or back office, or the applicant.</summary>
    public OfficeSide Side { get; init; }
    /// <summary>Branch of a joint review, or instance number of a multi-instance task.</summary>
    public string? Part { get; init; }
    /// <summary>When it was opened.</summary>
    public required Instant OpenedAt { get; init; }
}

/// <summary>A document that was issued (文书).</summary>
/// <param name="No">Number, unique on the case.</param>
/// <param name="Name">Name, for example 受理通知书.</param>
/// <param name="At">Legal instant of issue.</param>
public sealed record IssuedDocument(string No, string Name, Instant At);

/// <summary>Licence that a renewal is about.</summary>
/// <param name="No">Licence number.</param>
/// <param name="ValidTo">Last day of validity; it ends at 24:00 and never rolls (C-7).</param>
public sealed record LicenceInHand(string No, LocalDate? ValidTo);

/// <summary>One branch of a joint review.</summary>
/// <param name="State"><c>open</c>, <c>special</c> or <c>done</c>.</param>
/// <param name="Result"><c>agree</c> or <c>deny</c>; null while open.</param>
/// <param name="Reasons">Reasons of a denial.</param>
/// <param name="Special">Kind of special procedure that is going on.</param>
public sealed record BranchState(string State, string? Result = null, string? Reasons = null, string? Special = null);

/// <summary>Evaluation (好差评): invitations and ratings.</summary>
/// <param name="Invited">Invitations sent.</param>
/// <param name="Rated">Ratings given; one for each invitation at most (XA-38.2b).</param>
/// <param name="LastScore">Score of the last rating, 1 to 5.</param>
/// <param name="Lapsed">Invitations that closed without a rating (T-EVA).</param>
public sealed record Evaluations(int Invited = 0, int Rated = 0, int LastScore = 0, int Lapsed = 0)
{
    /// <summary>Invitations that still wait for a rating.</summary>
    [JsonIgnore]
    public int Open => Invited - Rated - Lapsed;
}

/// <summary>A parent that waits for, or started, this case.</summary>
/// <param name="CaseNo">Parent case.</param>
/// <param name="Token">Waiting token on the parent; null when it does not wait.</param>
public sealed record ParentLink(string CaseNo, int? Token);

/// <summary>
/// The whole state of one case (办件) or ticket. Immutable; changed only by folding events (<see cref="Fold"/>), so that
/// replaying the events of a case gives its state.
/// </summary>
public sealed record CaseState
{
    /// <summary>Case number.</summary>
    public required string CaseNo { get; init; }
    /// <summary>Number of transitions so far; guards every write.</summary>
    public long Version { get; init; }
    /// <summary>Next running number for tokens, tasks and documents.</summary>
    public int NextId { get; init; } = 1;
    /// <summary>What it is pinned to.</summary>
    public required CasePins Pins { get; init; }
    /// <summary>Parent; null for none.</summary>
    public ParentLink? Parent { get; init; }
    /// <summary>Legal state (docs/RULES.md, S) or state of a ticket; for general flows <c>running</c>.</summary>
    public string State { get; init; } = "running";
    /// <summary>Open, suspended, ended or faulted.</summary>
    public CaseStatus Status { get; init; }
    /// <summary>State to return to after a suspension.</summary>
    public string? SuspendedFrom { get; init; }
    /// <summary>approved, denied, deemed_extended, or what the flow ended with.</summary>
    public string? Outcome { get; init; }
    /// <summary>When it was opened.</summary>
    public Instant OpenedAt { get; init; }
    /// <summary>Legal instant of the last transition.</summary>
    public Instant LastAt { get; init; }
    /// <summary>Facts that the law's guards read.</summary>
    public CaseFacts Facts { get; init; } = new();
    /// <summary>Points of control.</summary>
    public ImmutableArray<Token> Tokens { get; init; } = [];
    /// <summary>Tokens that a passed join still has to swallow, by activity id (discriminator, WCP-9).</summary>
    public ImmutableSortedDictionary<string, int> Swallow { get; init; } = ImmutableSortedDictionary<string, int>.Empty;
    /// <summary>Variables by name.</summary>
    public ImmutableSortedDictionary<string, JsonElement> Variables { get; init; } = ImmutableSortedDictionary<string, JsonElement>.Empty;
    /// <summary>Open tasks.</summary>
    public ImmutableArray<OpenTask> Tasks { get; init; } = [];
    /// <summary>All timers, past ones too.</summary>
    public ImmutableArray<CaseTimer> Timers { get; init; } = [];
    /// <summary>Ids of notices that the channel has not taken yet (T-NTF).</summary>
    public ImmutableArray<string> PendingNotices { get; init; } = [];
    /// <summary>Keys of timers with an open supervision order (督办单).</summary>
    public ImmutableArray<string> Orders { get; init; } = [];
    /// <summary>Documents issued.</summary>
    public ImmutableArray<IssuedDocument> Documents { get; init; } = [];
    /// <summary>Flags: overdue, licence_expired, negation_filed, revoked.</summary>
    public ImmutableSortedSet<string> Flags { get; init; } = [];
    /// <summary>Branches of a joint review by department.</summary>
    public ImmutableSortedDictionary<string, BranchState> Branches { get; init; } = ImmutableSortedDictionary<string, BranchState>.Empty;
    /// <summary>Evaluations.</summary>
    public Evaluations Evaluations { get; init; } = new();

    /// <summary>Whether no act on the flow is possible any more.</summary>
    [JsonIgnore]
    public bool Ended => Status is CaseStatus.Ended or CaseStatus.Faulted;

    /// <summary>The worst colour of running clocks and of expired ones whose duty stands.</summary>
    [JsonIgnore]
    public Colour Colour
    {
        get
        {
            var worst = Colour.None;
            foreach (var timer in Timers)
            {
                var own = TimerCatalog.ColoursCase(timer) ? timer.Colour : Colour.None;
                if (own > worst) worst = own;
            }
            return worst;
        }
    }

    /// <summary>The next instant at which a timer warns or fires; null when none will.</summary>
    [JsonIgnore]
    public Instant? NextWake
    {
        get
        {
            Instant? next = null;
            foreach (var timer in Timers)
                if (timer.NextWake is { } wake && (next is null || wake < next)) next = wake;
            return next;
        }
    }

    /// <summary>The timer with that key; null when the case does not have it (idle).</summary>
    public CaseTimer? Timer(string key)
    {
        foreach (var timer in Timers)
            if (timer.Key == key) return timer;
        return null;
    }
}
