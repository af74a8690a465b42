using NodaTime;

namespace Orchestrator.Kernel.Clocks;

/// <summary>A time during which a clock does not run. By the midnight rule (C-2) a day D is skipped when <c>From &lt; D &lt;= Until</c>.</summary>
/// <param name="From">The day on which the clock was paused; it still counts.</param>
/// <param name="Until">The day on which it was resumed; it does not count. Null while the pause lasts.</param>
public sealed record Pause(LocalDate From, LocalDate? Until = null)
{
    /// <summary>Whether the day is skipped because of this pause.</summary>
    public bool Skips(LocalDate day) => From < day && (Until is not { } until || day <= until);
}
