using System.Collections.Immutable;
using NodaTime;
using Orchestrator.Host.Storage;
using Orchestrator.Kernel;
using Orchestrator.Kernel.Definitions;
using Orchestrator.Kernel.Engine;

namespace Orchestrator.Host.Cases;

/// <summary>What a case is pinned to.</summary>
sealed record PinsView(string DefinitionId, int DefinitionVersion, string? ItemCode, int? ItemVersion, string ProfileId, int ProfileVersion);

/// <summary>An open task of the case.</summary>
sealed record CaseTask(string Id, LocalizedText Title, string Activity, Word Role, string? Department, string? Part, Instant OpenedAt);

/// <summary>One clock of the case, in short.</summary>
/// <param name="Key">T-ACC, T-PRO, T-PAR:A, …</param>
/// <param name="Title">受理审查时限, …</param>
/// <param name="State">running, paused, stopped or fired.</param>
/// <param name="Due">Due instant.</param>
/// <param name="Colour">Colour of this clock alone.</param>
sealed record TimerBrief(string Key, LocalizedText Title, string State, Instant Due, string Colour);

/// <summary>A document of the case.</summary>
sealed record DocumentBrief(string No, string Name, Instant IssuedAt);

/// <summary>Invitations and ratings of the case.</summary>
sealed record EvaluationsView(int Invited, int Rated, int? LastScore);

/// <summary>The bad review behind a ticket.</summary>
sealed record TicketView(string CaseNo, int Score, bool RealName, bool? Reasonable);

/// <summary>A branch of a joint review.</summary>
sealed record BranchView(string Department, string State, string? Result, string? Reasons);

/// <summary>办件: a case or ticket as it stands.</summary>
sealed record CaseView
{
    public required string CaseNo { get; init; }
    /// <summary>case, ticket or general.</summary>
    public required string Kind { get; init; }
    /// <summary>Number of transitions so far.</summary>
    public required long Version { get; init; }
    /// <summary>State of 5.1 or 5.5.</summary>
    public required Word State { get; init; }
    /// <summary>Stage of the pipeline; null where the case is at none.</summary>
    public Word? Stage { get; init; }
    /// <summary>open, suspended, ended or faulted.</summary>
    public required string Status { get; init; }
    /// <summary>none, green, yellow, orange or red: the worst of its clocks.</summary>
    public required string Colour { get; init; }
    /// <summary>How it was accepted: normal, on_the_spot, tolerance, promise or deemed.</summary>
    public string? Mode { get; init; }
    public string? Outcome { get; init; }
    /// <summary>denied where only a denial is legal (XA-16.3b).</summary>
    public string? ForcedOutcome { get; init; }
    /// <summary>Whether the promised limit was kept; null before the decision.</summary>
    public bool? OnTime { get; init; }
    public required PinsView Pins { get; init; }
    /// <summary>Name of the item; only where the case is read.</summary>
    public string? ItemName { get; init; }
    public string? Region { get; init; }
    public string? Hall { get; init; }
    public string? Department { get; init; }
    /// <summary>Account of the applicant, or the name given at the window.</summary>
    public string? Applicant { get; init; }
    /// <summary>Name of the applicant's account; only where the case is read.</summary>
    public string? ApplicantName { get; init; }
    public string? Channel { get; init; }
    public string? Window { get; init; }
    public string? Delivery { get; init; }
    public required Instant OpenedAt { get; init; }
    /// <summary>Legal instant of the last transition.</summary>
    public required Instant LastAt { get; init; }
    public LocalDate? ReceivedOn { get; init; }
    public LocalDate? AcceptedOn { get; init; }
    /// <summary>Nearest due instant of the clocks that count.</summary>
    public Instant? Due { get; init; }
    /// <summary>Materials of the guide that were not handed in.</summary>
    public ImmutableArray<string> Missing { get; init; } = [];
    /// <summary>Materials outstanding under tolerance.</summary>
    public ImmutableArray<string> Outstanding { get; init; } = [];
    public ImmutableArray<string> Flags { get; init; } = [];
    /// <summary>Timers with an open supervision order.</summary>
    public ImmutableArray<string> Orders { get; init; } = [];
    public required EvaluationsView Evaluations { get; init; }
    public TicketView? Ticket { get; init; }
    public string? ParentCaseNo { get; init; }
    public ImmutableArray<BranchView> Branches { get; init; } = [];
    public ImmutableArray<CaseTask> Tasks { get; init; } = [];
    public ImmutableArray<TimerBrief> Timers { get; init; } = [];
    public ImmutableArray<DocumentBrief> Documents { get; init; } = [];
    /// <summary>What the caller may do now; only where the case is read.</summary>
    public IReadOnlyList<OfferedAct>? Acts { get; init; }

    /// <summary>The view of a state.</summary>
    public static CaseView Of(CaseState state, CaseScope scope)
    {
        var facts = state.Facts;
        return new()
        {
            CaseNo = state.CaseNo, Kind = scope.Kind, Version = state.Version, State = CaseWords.State(state.State), Stage = CaseWords.Stage(StageOf(state)),
            Status = Words.Of(state.Status), Colour = Words.Of(state.Colour), Mode = facts.Mode, Outcome = state.Outcome, ForcedOutcome = facts.ForcedOutcome, OnTime = facts.OnTime,
            Pins = PinsOf(state.Pins), Region = scope.Region, Hall = scope.Hall, Department = scope.Department, Applicant = scope.ApplicantId ?? facts.Applicant,
            Channel = facts.Channel, Window = facts.AcceptWindow ?? facts.Window, Delivery = facts.Delivery,
            OpenedAt = state.OpenedAt, LastAt = state.LastAt, ReceivedOn = facts.ReceivedOn, AcceptedOn = facts.AcceptedOn, Due = DueOf(state),
            Missing = facts.Missing, Outstanding = facts.Outstanding, Flags = [.. state.Flags], Orders = state.Orders,
            Evaluations = new(state.Evaluations.Invited, state.Evaluations.Rated, state.Evaluations.Rated > 0 ? state.Evaluations.LastScore : null),
            Ticket = facts.Ticket is { } ticket ? new(ticket.CaseNo, ticket.Score, ticket.RealName, ticket.Reasonable) : null, ParentCaseNo = state.Parent?.CaseNo,
            Branches = [.. state.Branches.Select(branch => new BranchView(branch.Key, branch.Value.State, branch.Value.Result, branch.Value.Reasons))],
            Tasks = [.. state.Tasks.Select(task => new CaseTask(task.Id, task.Title, task.Activity, CaseWords.Role(task.Role), task.Department, task.Part, task.OpenedAt))],
            Timers = [.. state.Timers.Select(timer => new TimerBrief(timer.Key, TimerCatalog.Get(timer.Kind).Title, Words.Of(timer.State), timer.Due, Words.Of(timer.Colour)))],
            Documents = [.. state.Documents.Select(document => new DocumentBrief(document.No, document.Name, document.At))],
        };
    }

    static PinsView PinsOf(CasePins pins) =>
        new(pins.DefinitionId, pins.DefinitionVersion, pins.ItemCode, pins.ItemCode is null ? null : pins.ItemVersion, pins.ProfileId, pins.ProfileVersion);

    static string? StageOf(CaseState state)
    {
        foreach (var task in state.Tasks)
            if (ActivityCatalog.Find(task.Activity) is { Stage: not Kernel.Definitions.Stage.None } activity) return Words.Of(activity.Stage);
        return null;
    }

    static Instant? DueOf(CaseState state)
    {
        Instant? nearest = null;
        foreach (var timer in state.Timers)
            if (timer.State == TimerState.Running && TimerCatalog.ColoursCase(timer) && (nearest is null || timer.Due < nearest)) nearest = timer.Due;
        return nearest;
    }
}
