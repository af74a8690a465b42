using System.Collections.Immutable;
using System.Text.Json;
using NodaTime;
using Orchestrator.Kernel.Clocks;
using Orchestrator.Kernel.Graph;
using Orchestrator.Kernel.Items;
using Orchestrator.Kernel.Profiles;

namespace Orchestrator.Kernel.Engine;

/// <summary>What comes to a case from outside.</summary>
public abstract record Stimulus
{
    /// <summary>Opens a case: by <c>submit</c>, <c>receive</c>, <c>create_draft</c>, <c>open_consultation</c>, <c>book</c>; general flows by <c>start</c>.</summary>
    /// <param name="CaseNo">Number of the new case.</param>
    /// <param name="Pins">What it is pinned to.</param>
    /// <param name="ActName">The opening act.</param>
    /// <param name="Actor">Who opens it.</param>
    /// <param name="Data">Data of the act; for general flows the inputs by name.</param>
    /// <param name="Parent">Parent case; null for none.</param>
    /// <param name="Ticket">Facts of a bad-review ticket; null for ordinary cases.</param>
    public sealed record Start(string CaseNo, CasePins Pins, string ActName, Actor Actor, JsonElement Data, ParentLink? Parent = null, TicketFacts? Ticket = null) : Stimulus;

    /// <summary>An act of 5.2–5.5, or the free outcome of a human task.</summary>
    /// <param name="Name">Act or outcome.</param>
    /// <param name="Actor">Who acts.</param>
    /// <param name="Data">Data of the act (an object, or undefined).</param>
    /// <param name="TaskId">The task it completes; null when the act names none.</param>
    public sealed record Act(string Name, Actor Actor, JsonElement Data = default, string? TaskId = null) : Stimulus;

    /// <summary>A timer has something due (a warning or its expiry). The context's instant must be the timer's own.</summary>
    public sealed record TimerDue(string Key) : Stimulus;

    /// <summary>A signal or event for waiting activities.</summary>
    public sealed record Signal(string Name, Actor Actor, JsonElement Data = default) : Stimulus;

    /// <summary>A channel took notices, or a system acknowledged (T-NTF, T-CRT, T-SHR).</summary>
    /// <param name="Ids">Notice ids; empty when a timer kind is acknowledged.</param>
    /// <param name="Timers">Timer keys whose duty is done: T-CRT, T-SHR.</param>
    public sealed record Acknowledged(ImmutableArray<string> Ids, ImmutableArray<string> Timers) : Stimulus;

    /// <summary>A sub-flow that a token waits for has ended.</summary>
    public sealed record SubCaseEnded(int Token, JsonElement Output) : Stimulus;

    /// <summary>The case is moved to another version of its definition; the flow passed to Step is the new one.</summary>
    public sealed record Migrate(CasePins Pins, Actor Actor) : Stimulus;
}

/// <summary>All that a step may know from outside: the instant, the calendar, the profile and the pinned item version. Ids come from the case itself.</summary>
/// <param name="Now">Legal instant of the stimulus, to the millisecond.</param>
/// <param name="Calendar">Working days.</param>
/// <param name="Profile">Regional profile the case is pinned to.</param>
/// <param name="Item">Item version the case is pinned to; null for flows without an item.</param>
/// <param name="Hall">Opening hours of the hall; null for the default.</param>
public sealed record StepContext(Instant Now, WorkingCalendar Calendar, PolicyProfile Profile, ItemTerms? Item = null, HallHours? Hall = null);

/// <summary>A typed refusal: nothing changed.</summary>
/// <param name="Code">Stable code, for example <c>act.forbidden</c>.</param>
/// <param name="Rule">Rule id that forbids it: FT-nn, TR-nn, V-nn or a rule of a region.</param>
/// <param name="Message">Why, in both languages.</param>
/// <param name="Details">What it names: missing contents, materials, words.</param>
public sealed record Refusal(string Code, string Rule, LocalizedText Message, ImmutableArray<string> Details = default)
{
    /// <summary>The details, never default.</summary>
    public ImmutableArray<string> Named => Details.IsDefault ? [] : Details;
}

/// <summary>Answer of a step: a transition or a refusal.</summary>
public abstract record StepResult
{
    /// <summary>The case changed.</summary>
    /// <param name="State">The new state.</param>
    /// <param name="Events">What happened, in order; the first is the stimulus.</param>
    public sealed record Moved(CaseState State, ImmutableArray<CaseEvent> Events) : StepResult
    {
        /// <summary>What the host has to do in the same commit.</summary>
        public IEnumerable<Effect> Effects => Effect.From(State.CaseNo, Events);
    }

    /// <summary>The rules forbid it; nothing changed.</summary>
    public sealed record Refused(Refusal Why) : StepResult;
}
