using System.Collections.Immutable;
using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;
using Orchestrator.Host.Identity;
using Orchestrator.Host.Problems;
using Orchestrator.Host.Storage;
using Orchestrator.Kernel;
using Orchestrator.Kernel.Clocks;
using Orchestrator.Kernel.Engine;

namespace Orchestrator.Host.Cases;

/// <summary>A pause of a clock: the days after <paramref name="From"/> up to and including <paramref name="Until"/> do not count (C-2).</summary>
sealed record PauseView(LocalDate From, LocalDate? Until);

/// <summary>A clock of a case.</summary>
sealed record TimerView
{
    /// <summary>T-ACC, T-PRO, T-PAR:A, …</summary>
    public required string Key { get; init; }
    public required string Kind { get; init; }
    public required LocalizedText Title { get; init; }
    /// <summary>running, paused, stopped or fired.</summary>
    public required string State { get; init; }
    public required string Colour { get; init; }
    /// <summary>The limit as it is written, for example 10wd.</summary>
    public required string Limit { get; init; }
    /// <summary>Day of the starting event, which is not counted (C-1).</summary>
    public required LocalDate Start { get; init; }
    public required Instant StartedAt { get; init; }
    /// <summary>The instant at which it expires: 24:00 of the last day (C-4).</summary>
    public required Instant Due { get; init; }
    /// <summary>Whether the due instant lies in a year without a holiday table and may still move.</summary>
    public required bool Provisional { get; init; }
    /// <summary>Counted days used.</summary>
    public required int Used { get; init; }
    /// <summary>Units of the limit.</summary>
    public required int Of { get; init; }
    public Instant? FiredAt { get; init; }
    public Instant? StoppedAt { get; init; }
    /// <summary>Whether the duty was done before the due instant.</summary>
    public required bool InTime { get; init; }
    /// <summary>Working days late; 0 in time.</summary>
    public required int LateDays { get; init; }
    /// <summary>After expiry: whether the duty still stands.</summary>
    public required bool DutyStands { get; init; }
    public ImmutableArray<PauseView> Pauses { get; init; } = [];
    public ImmutableArray<string> PausedBy { get; init; } = [];
    /// <summary>When it warns or fires next.</summary>
    public Instant? Next { get; init; }

    /// <summary>The view of a clock at an instant.</summary>
    /// <param name="timer">The clock.</param>
    /// <param name="title">Its name.</param>
    /// <param name="now">Legal instant.</param>
    /// <param name="calendar">Working days.</param>
    public static TimerView At(CaseTimer timer, LocalizedText title, Instant now, WorkingCalendar calendar) => new()
    {
        Key = timer.Key, Kind = timer.Kind, Title = title, State = Words.Of(timer.State), Colour = Words.Of(timer.Colour),
        Limit = timer.Limit.ToString(), Start = timer.Start, StartedAt = timer.StartedAt, Due = timer.Due, Provisional = timer.Provisional,
        Used = TimerMath.Used(timer, now, calendar), Of = timer.Of, FiredAt = timer.FiredAt, StoppedAt = timer.StoppedAt, InTime = timer.InTime,
        LateDays = TimerMath.LateWorkingDays(timer, now, calendar), DutyStands = timer.DutyStands,
        Pauses = [.. timer.Pauses.Select(pause => new PauseView(pause.From, pause.Until))], PausedBy = timer.PausedBy, Next = timer.NextWake,
    };
}

/// <summary><c>GET /api/v1/cases/{caseNo}/timers</c>: the clocks of a case, past ones too.</summary>
static class CaseTimers
{
    public static void Map(RouteGroupBuilder group) =>
        group.MapGet("/{caseNo}/timers", Handle).RequireAuthorization(Policies.Cases).WithName("CaseTimers").WithSummary("办件时限 / Clocks of a case").Refuses(404);

    static async Task<Results<Ok<IReadOnlyList<TimerView>>, Problem>> Handle(string caseNo, Caller caller, CaseReader reader, IPinnedData pinned, TimeProvider clock, CancellationToken stop)
    {
        if (await reader.Find(caller, caseNo, stop) is not { } seen) return CaseReplies.Unknown;
        var (now, calendar) = (Instant.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds()), await pinned.Calendar(stop));
        return TypedResults.Ok<IReadOnlyList<TimerView>>([.. seen.State.Timers.Select(timer => TimerView.At(timer, TimerCatalog.Get(timer.Kind).Title, now, calendar))]);
    }
}
