using NodaTime;

namespace Orchestrator.Kernel.Clocks;

/// <summary>Opening hours of a hall, separate from the legal calendar (C-9): 当场 limits turn red at <paramref name="Close"/> (C-5).</summary>
/// <param name="Open">Opening time, local.</param>
/// <param name="Close">Closing time, local.</param>
public sealed record HallHours(LocalTime Open, LocalTime Close)
{
    /// <summary>09:00 to 17:00, the hours when a hall states none.</summary>
    public static readonly HallHours Default = new(new LocalTime(9, 0), new LocalTime(17, 0));
}
