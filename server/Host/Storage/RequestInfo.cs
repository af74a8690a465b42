using Orchestrator.Kernel.Engine;

namespace Orchestrator.Host.Storage;

/// <summary>Who asks, for what, and how the request can be recognised when it comes again.</summary>
/// <param name="Actor">Who acts; audit and history name this person.</param>
/// <param name="Action">What the audit entry calls it, for example <c>task.complete</c>.</param>
/// <param name="IdempotencyKey">The request's Idempotency-Key; null for none.</param>
/// <param name="RequestHash">Hash of route and body; the same key with another hash is refused (409).</param>
sealed record RequestInfo(Actor Actor, string Action, string? IdempotencyKey = null, string RequestHash = "");

/// <summary>The reply that is kept with the Idempotency-Key and given again, byte for byte.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">Body, usually JSON.</param>
sealed record SeamReply(int Status, string Body)
{
    public static readonly SeamReply Empty = new(204, "");
}
