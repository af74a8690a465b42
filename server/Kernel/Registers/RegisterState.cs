using System.Collections.Immutable;
using System.Text.Json.Serialization;
using NodaTime;
using Orchestrator.Kernel.Engine;

namespace Orchestrator.Kernel.Registers;

/// <summary>An entry of a register: an item, a policy, a member of staff or a window, with its own clocks. It is a value; acts give a new one.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "register")]
[JsonDerivedType(typeof(ItemEntry), "item")]
[JsonDerivedType(typeof(PolicyEntry), "policy")]
[JsonDerivedType(typeof(StaffEntry), "staff")]
[JsonDerivedType(typeof(WindowEntry), "window")]
public abstract record RegisterState
{
    /// <summary>Code or name within its register.</summary>
    public required string Id { get; init; }
    /// <summary>Clocks by kind; a kind that was never started is absent.</summary>
    public ImmutableSortedDictionary<string, CaseTimer> Timers { get; init; } = ImmutableSortedDictionary<string, CaseTimer>.Empty;
    /// <summary>Raised flags, for example <c>vacancy_alarm</c>.</summary>
    public ImmutableSortedSet<string> Flags { get; init; } = [];

    /// <summary>The state word of the entry at an instant, for example <c>published</c> or <c>cancelled</c>.</summary>
    public abstract string StateAt(Instant now);

    /// <summary>The next instant at which something happens by itself; null when nothing will.</summary>
    [JsonIgnore]
    public virtual Instant? NextWake => RegisterTimers.NextWake(Timers.Values);

    /// <summary>Worst colour of the clocks whose duty stands.</summary>
    [JsonIgnore]
    public Colour Colour => Timers.Values.Where(t => t.State == TimerState.Running || t is { State: TimerState.Fired, DutyStands: true })
        .Select(t => t.Colour).DefaultIfEmpty(Colour.None).Max();
}
