using System.Collections.Immutable;
using System.Text.Json.Serialization;
using NodaTime;

namespace Orchestrator.Kernel.Items;

/// <summary>A published version and the time for which it holds. Its end is the start of the next (QS-T4).</summary>
/// <param name="Terms">What cases are pinned to.</param>
/// <param name="EffectiveFrom">First instant at which new cases take it.</param>
/// <param name="EffectiveTo">First instant at which they do not; null while it is open.</param>
public sealed record ItemVersion(ItemTerms Terms, Instant EffectiveFrom, Instant? EffectiveTo = null)
{
    /// <summary>Number of the version.</summary>
    [JsonIgnore]
    public int Number => Terms.Version;

    /// <summary>Whether new cases take it at the instant.</summary>
    public bool HoldsAt(Instant instant) => EffectiveFrom <= instant && (EffectiveTo is not { } end || instant < end);
}

/// <summary>The act of publishing, as the gate sees it.</summary>
/// <param name="Version">Number of the new version.</param>
/// <param name="At">When it is published.</param>
/// <param name="EffectiveFrom">When it takes effect; not before <paramref name="At"/>.</param>
/// <param name="ReportedToBody">Whether it was reported to the administration body (CQ-14.2, V-29).</param>
public sealed record PublishRequest(int Version, Instant At, Instant EffectiveFrom, bool ReportedToBody);
