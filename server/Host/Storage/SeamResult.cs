using System.Collections.Immutable;
using Orchestrator.Kernel.Engine;

namespace Orchestrator.Host.Storage;

/// <summary>Answer of the seam to a request.</summary>
abstract record SeamResult
{
    /// <summary>Committed. <paramref name="Events"/> are those of the act alone, without what fired before it.</summary>
    public sealed record Done(CaseState State, ImmutableArray<CaseEvent> Events, SeamReply Reply) : SeamResult;

    /// <summary>This request was answered before; the same reply again.</summary>
    public sealed record Replayed(SeamReply Reply) : SeamResult;

    /// <summary>The rules forbid it. What was due before it has fired; otherwise nothing but an audit entry was written.</summary>
    public sealed record Refused(Refusal Why, CaseState? State) : SeamResult;

    /// <summary>409: the Idempotency-Key was used for another request.</summary>
    public sealed record KeyReused : SeamResult;

    /// <summary>404: no such case, or not for this person.</summary>
    public sealed record NotFound : SeamResult;

    /// <summary>The case number to be opened exists; a repeated order to open it is thereby done.</summary>
    public sealed record Exists : SeamResult;

    /// <summary>503: others changed the case so often that the bounded tries ran out.</summary>
    public sealed record Busy : SeamResult;
}

/// <summary>What a use case wants of a case it has just been shown.</summary>
abstract record SeamDecision
{
    /// <summary>Step with this stimulus.</summary>
    public sealed record Take(Stimulus Stimulus) : SeamDecision;

    /// <summary>Refuse before stepping, for example because somebody else claimed the task. Audited.</summary>
    public sealed record Deny(Refusal Why) : SeamDecision;

    /// <summary>Answer as if the case did not exist: it is not for this person. Audited.</summary>
    public sealed record Hide : SeamDecision;

    public static implicit operator SeamDecision(Stimulus stimulus) => new Take(stimulus);
    public static implicit operator SeamDecision(Refusal why) => new Deny(why);
}
