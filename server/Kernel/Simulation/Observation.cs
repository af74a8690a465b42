using System.Collections.Immutable;
using System.Text.Json;
using NodaTime;
using Orchestrator.Kernel.Clocks;
using Orchestrator.Kernel.Engine;

namespace Orchestrator.Kernel.Simulation;

/// <summary>A timer as a scenario sees it.</summary>
/// <param name="State">running, paused, stopped or fired.</param>
/// <param name="Due">Due instant.</param>
/// <param name="Used">Counted days used.</param>
/// <param name="Of">Units of the limit.</param>
/// <param name="Colour">Its own colour.</param>
/// <param name="InTime">Ended before its due instant.</param>
/// <param name="LateDays">Working days late; 0 when in time.</param>
public sealed record ObservedTimer(string State, Instant? Due, int Used, int Of, string Colour, bool InTime, int LateDays);

/// <summary>What a step may compare: the object as it is now, and everything that happened to it since its previous step.</summary>
public sealed record Observation
{
    /// <summary>State.</summary>
    public string State { get; init; } = "";
    /// <summary>Outcome once ended.</summary>
    public string? Outcome { get; init; }
    /// <summary>acceptance_mode.</summary>
    public string? Mode { get; init; }
    /// <summary>Worst colour.</summary>
    public string Colour { get; init; } = "none";
    /// <summary>Whether the promise was kept.</summary>
    public bool? OnTime { get; init; }
    /// <summary>Denied when only a denial is legal.</summary>
    public string? ForcedOutcome { get; init; }
    /// <summary>Day of acceptance.</summary>
    public LocalDate? AcceptedOn { get; init; }
    /// <summary>Pinned item and guide version.</summary>
    public int PinnedVersion { get; init; }
    /// <summary>Invitations and ratings.</summary>
    public (int Invited, int Rated) Evaluations { get; init; }
    /// <summary>Flags.</summary>
    public IReadOnlyCollection<string> Flags { get; init; } = [];
    /// <summary>Timers by key.</summary>
    public IReadOnlyDictionary<string, ObservedTimer> Timers { get; init; } = ImmutableDictionary<string, ObservedTimer>.Empty;
    /// <summary>Documents issued since the previous step.</summary>
    public IReadOnlyList<string> Documents { get; init; } = [];
    /// <summary>Records made since.</summary>
    public IReadOnlyList<string> Records { get; init; } = [];
    /// <summary>Supervision orders opened since, by timer key.</summary>
    public IReadOnlyList<string> Orders { get; init; } = [];
    /// <summary>States entered since, in order.</summary>
    public IReadOnlyList<string> Path { get; init; } = [];
    /// <summary>Notices since.</summary>
    public IReadOnlyList<(string Kind, string To)> Notices { get; init; } = [];
    /// <summary>Keys of timers started since.</summary>
    public IReadOnlyCollection<string> Started { get; init; } = [];

    /// <summary>Observes a case.</summary>
    public static Observation Of(CaseState state, IReadOnlyCollection<CaseEvent> since, Instant now, WorkingCalendar calendar) => new()
    {
        State = state.State,
        Outcome = state.Outcome,
        Mode = state.Facts.Mode,
        Colour = Word(state.Colour),
        OnTime = state.Facts.OnTime,
        ForcedOutcome = state.Facts.ForcedOutcome,
        AcceptedOn = state.Facts.AcceptedOn,
        PinnedVersion = state.Pins.ItemVersion,
        Evaluations = (state.Evaluations.Invited, state.Evaluations.Rated),
        Flags = state.Flags,
        Timers = state.Timers.ToDictionary(timer => timer.Key, timer => Of(timer, now, calendar)),
        Documents = [.. since.OfType<DocumentIssued>().Select(e => e.Document.Name)],
        Records = [.. since.OfType<RecordMade>().Select(e => e.Kind)],
        Orders = [.. since.OfType<OrderOpened>().Select(e => e.Timer)],
        Path = [.. since.OfType<StateEntered>().Select(e => e.State)],
        Notices = [.. since.OfType<NoticeQueued>().Select(e => (e.Kind, e.To))],
        Started = [.. since.OfType<TimerChanged>().Where(e => e.Verb == TimerVerb.Started).Select(e => e.Timer.Key)],
    };

    internal static ObservedTimer Of(CaseTimer timer, Instant now, WorkingCalendar calendar) => new(
        Word(timer.State), timer.Due, TimerMath.Used(timer, now, calendar), timer.Of, Word(timer.Colour), timer.InTime, TimerMath.LateWorkingDays(timer, now, calendar));

    static string Word<T>(T value) where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
