using System.Collections.Immutable;
using System.Text.Json.Serialization;
using NodaTime;
using Orchestrator.Kernel.Clocks;

namespace Orchestrator.Kernel.Engine;

/// <summary>State of a timer on a case. A timer that the case does not have is <c>idle</c>.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<TimerState>))]
public enum TimerState
{
    /// <summary>It counts, warns and will fire.</summary>
    Running,
    /// <summary>It does not count (midnight rule, C-2).</summary>
    Paused,
    /// <summary>Its duty was done, in time or late.</summary>
    Stopped,
    /// <summary>It expired; see <see cref="CaseTimer.DutyStands"/>.</summary>
    Fired,
}

/// <summary>预警颜色 (QS-T11b, P55), in rising order.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<Colour>))]
public enum Colour
{
    /// <summary>No clock counts.</summary>
    None,
    /// <summary>Less than 70 % used.</summary>
    Green,
    /// <summary>From 09:00 of counted day ⌈0.7·N⌉.</summary>
    Yellow,
    /// <summary>From 09:00 of the last counted day.</summary>
    Orange,
    /// <summary>Expired.</summary>
    Red,
}

/// <summary>A warning that is still to come.</summary>
/// <param name="At">When it is due.</param>
/// <param name="Colour">The colour the timer takes then.</param>
public sealed record TimerWarning(Instant At, Colour Colour);

/// <summary>One legal clock or task timer of a case: a row, and the truth (Promise 3). Schedulers only wake us up.</summary>
public sealed record CaseTimer
{
    /// <summary>Unique on the case: the kind, or kind and part, for example <c>T-PAR:A</c>.</summary>
    public required string Key { get; init; }
    /// <summary>Kind of timer (docs/RULES.md, T), for example <c>T-PRO</c>.</summary>
    public required string Kind { get; init; }
    /// <summary>The limit it counts.</summary>
    public required TimeLimit Limit { get; init; }
    /// <summary>The day of the starting event, which is not counted (C-1); for a deemed start the receipt day (C-6).</summary>
    public required LocalDate Start { get; init; }
    /// <summary>The instant at which it was set.</summary>
    public required Instant StartedAt { get; init; }
    /// <summary>The instant at which it expires: 24:00 of the last day (C-4).</summary>
    public required Instant Due { get; init; }
    /// <summary>Whether <see cref="Due"/> lies in a year without a holiday table and may still move.</summary>
    public bool Provisional { get; init; }
    /// <summary>Running, paused, stopped or fired.</summary>
    public TimerState State { get; init; }
    /// <summary>Colour of this timer alone.</summary>
    public required Colour Colour { get; init; }
    /// <summary>Pauses so far; the last is open while the timer is paused.</summary>
    public ImmutableArray<Pause> Pauses { get; init; } = [];
    /// <summary>Why it is paused (<c>special</c>, <c>suspended</c>); it resumes when no cause is left.</summary>
    public ImmutableArray<string> PausedBy { get; init; } = [];
    /// <summary>Warnings still to come, in order.</summary>
    public ImmutableArray<TimerWarning> Warnings { get; init; } = [];
    /// <summary>When it expired; its legal instant, not the time at which a server noticed.</summary>
    public Instant? FiredAt { get; init; }
    /// <summary>When its duty was done.</summary>
    public Instant? StoppedAt { get; init; }
    /// <summary>After expiry: whether the duty still stands and colours the case red. False when the law executed its effect .</summary>
    public bool DutyStands { get; init; }
    /// <summary>Token that the timer belongs to, for timers of one activity; null for clocks of the case.</summary>
    public int? Token { get; init; }

    /// <summary>The next instant at which something happens by itself; null when nothing will.</summary>
    [JsonIgnore]
    public Instant? NextWake => State != TimerState.Running ? null : Warnings.Length > 0 && Warnings[0].At < Due ? Warnings[0].At : Due;

    /// <summary>How many units the limit has, for "used of".</summary>
    [JsonIgnore]
    public int Of => Limit.Count;

    /// <summary>Whether the duty was done before the due instant.</summary>
    [JsonIgnore]
    public bool InTime => StoppedAt is { } stopped && stopped < Due;
}
