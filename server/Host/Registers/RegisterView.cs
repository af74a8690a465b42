using System.Collections.Immutable;
using NodaTime;
using Orchestrator.Host.Cases;
using Orchestrator.Host.Storage;
using Orchestrator.Kernel.Clocks;
using Orchestrator.Kernel.Registers;

namespace Orchestrator.Host.Registers;

/// <summary>A register entry as it stands.</summary>
/// <param name="Kind">item, policy, staff or window.</param>
/// <param name="Id">Code or name.</param>
/// <param name="Region">Region.</param>
/// <param name="State">For example published, cancelled, open, vacant.</param>
/// <param name="Colour">Worst colour of its clocks.</param>
/// <param name="Flags">For example vacancy_alarm.</param>
/// <param name="Timers">Its clocks.</param>
sealed record RegisterView(string Kind, string Id, string Region, string State, string Colour, ImmutableArray<string> Flags, IReadOnlyList<TimerView> Timers)
{
    public static RegisterView Of(RegisterEntry entry, Instant now, WorkingCalendar calendar) => new(
        entry.Kind, entry.State.Id, entry.Region, entry.State.StateAt(now), Words.Of(entry.State.Colour), [.. entry.State.Flags],
        [.. entry.State.Timers.Values.Select(timer => TimerView.At(timer, RegisterTimers.Get(timer.Kind).Title, now, calendar))]);
}
