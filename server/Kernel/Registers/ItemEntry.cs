using System.Collections.Immutable;
using System.Text.Json.Serialization;
using NodaTime;
using Orchestrator.Kernel.Items;

namespace Orchestrator.Kernel.Registers;

/// <summary>An item with its versions (XA-12, CQ-13.2).</summary>
public sealed record ItemEntry : RegisterState
{
    /// <summary>Published versions by number, oldest first. The end of one is the start of the next (QS-T4).</summary>
    public ImmutableArray<ItemVersion> Versions { get; init; } = [];
    /// <summary>草稿 that is being prepared; null when there is none.</summary>
    public ItemTerms? Draft { get; init; }
    /// <summary>停止执行 from here; null when it is not suspended.</summary>
    public Instant? SuspendedFrom { get; init; }
    /// <summary>取消 from here; null when it is not cancelled.</summary>
    public Instant? CancelledFrom { get; init; }
    /// <summary>Whether the cancellation has taken effect and was told.</summary>
    public bool CancellationTold { get; init; }

    /// <inheritdoc/>
    public override string StateAt(Instant now) =>
        CancelledFrom <= now ? "cancelled"
        : SuspendedFrom <= now ? "suspended"
        : Versions.Any(version => version.HoldsAt(now)) ? "published"
        : Versions.Length > 0 ? "approved_for_publish" : "draft";

    /// <summary>The version that a new case takes at the instant; null when none can be opened (CQ-13.2, FT-01).</summary>
    public ItemVersion? InForce(Instant now) => StateAt(now) == "published" ? Versions.First(version => version.HoldsAt(now)) : null;

    /// <summary>A version by number, for cases that are pinned to it; null when there is none.</summary>
    public ItemVersion? Version(int number) => Versions.FirstOrDefault(version => version.Number == number);

    /// <inheritdoc/>
    [JsonIgnore]
    public override Instant? NextWake
    {
        get
        {
            var timers = base.NextWake;
            return CancelledFrom is { } cancelled && !CancellationTold && (timers is not { } wake || cancelled < wake) ? cancelled : timers;
        }
    }
}
