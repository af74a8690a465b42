using System.Collections.Immutable;
using Orchestrator.Kernel.Engine;

namespace Orchestrator.Host.Storage;

/// <summary>A request to open a case.</summary>
/// <param name="Stimulus">Number, pins, act and data.</param>
/// <param name="Scope">Where it belongs and whose it is.</param>
/// <param name="Request">Who asks.</param>
/// <param name="Reply">Makes the reply that is kept with the Idempotency-Key; 204 without a body when left out.</param>
sealed record StartCase(Stimulus.Start Stimulus, CaseScope Scope, RequestInfo Request, Func<CaseState, ImmutableArray<CaseEvent>, SeamReply>? Reply = null);

/// <summary>A request to change a case.</summary>
/// <param name="CaseNo">The case.</param>
/// <param name="Decide">
/// Says what is wanted, having seen the case with everything fired that was due. May run more than once, when others change the case
/// meanwhile; must not do anything but decide.
/// </param>
/// <param name="Request">Who asks.</param>
/// <param name="Reply">Makes the reply that is kept with the Idempotency-Key; 204 without a body when left out.</param>
/// <param name="TaskId">Task whose claim is read along; null for none.</param>
sealed record ChangeCase(
    string CaseNo, Func<LoadedCase, SeamDecision> Decide, RequestInfo Request, Func<CaseState, ImmutableArray<CaseEvent>, SeamReply>? Reply = null, string? TaskId = null);
