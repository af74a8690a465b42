using NodaTime;

namespace Orchestrator.Host.Clocks;

/// <summary>A clock that stands still until somebody moves it; for tests and demonstrations (<c>--manual-clock</c>), never in Production.</summary>
sealed class ManualClock(Instant start) : TimeProvider
{
    long milliseconds = start.ToUnixTimeMilliseconds();

    public Instant Now => Instant.FromUnixTimeMilliseconds(Interlocked.Read(ref milliseconds));

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(Interlocked.Read(ref milliseconds));

    /// <summary>Sets the hands. <see cref="MoveClock"/> does what becomes due on the way.</summary>
    public void Set(Instant instant) => Interlocked.Exchange(ref milliseconds, instant.ToUnixTimeMilliseconds());
}
