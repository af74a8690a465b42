using System.Collections.Immutable;
using System.Text.Json.Serialization;
using NodaTime;
using Orchestrator.Kernel.Clocks;
using Orchestrator.Kernel.Engine;
using Orchestrator.Kernel.Profiles;

namespace Orchestrator.Kernel.Registers;

/// <summary>All that a register act may know from outside.</summary>
/// <param name="Now">Legal instant.</param>
/// <param name="Calendar">Working days.</param>
/// <param name="Profile">Regional profile.</param>
/// <param name="Hall">Opening hours of the hall; null for the default.</param>
public sealed record RegisterContext(Instant Now, WorkingCalendar Calendar, PolicyProfile Profile, HallHours? Hall = null);

/// <summary>What kind of thing happened.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<RegisterFactKind>))]
public enum RegisterFactKind
{
    /// <summary>A document with a Chinese name was issued.</summary>
    Document,
    /// <summary>A record without a document name was made.</summary>
    Record,
    /// <summary>Someone is told; <see cref="RegisterFact.To"/> is the role.</summary>
    Notice,
    /// <summary>A 督办单 was opened for the named timer.</summary>
    Order,
    /// <summary>The 督办单 of the named timer was closed.</summary>
    OrderClosed,
    /// <summary>A KPI was counted; <see cref="RegisterFact.Value"/> is <c>late</c>, <c>on_time</c> or <c>+1</c>.</summary>
    Kpi,
    /// <summary>A timer was started.</summary>
    TimerStarted,
    /// <summary>A timer was stopped.</summary>
    TimerStopped,
    /// <summary>A timer expired.</summary>
    TimerFired,
    /// <summary>Running cases of the named item end (TR-43, <c>inflight.on_cancel</c> = terminate).</summary>
    TerminateCases,
}

/// <summary>One thing that happened to an entry.</summary>
/// <param name="Kind">What kind of thing.</param>
/// <param name="Name">Name of the document, record, notice, timer, KPI or item.</param>
/// <param name="At">Its legal instant.</param>
/// <param name="To">Role that is told.</param>
/// <param name="Value">Value of a KPI, content of a record.</param>
public sealed record RegisterFact(RegisterFactKind Kind, string Name, Instant At, string? To = null, string? Value = null);

/// <summary>Answer of a register: the new state with what happened, or a refusal that leaves the state as it was.</summary>
/// <param name="State">The state afterwards.</param>
/// <param name="Facts">What happened, in order.</param>
/// <param name="Refused">Why nothing happened; null when the act was done.</param>
public sealed record RegisterResult(RegisterState State, ImmutableArray<RegisterFact> Facts, Refusal? Refused = null)
{
    /// <summary>A refused act.</summary>
    public static RegisterResult Refuse(RegisterState state, string rule, string zh, string en, params ReadOnlySpan<string> details) =>
        new(state, [], new Refusal("register.refused", rule, new LocalizedText(zh, en), [.. details]));
}
