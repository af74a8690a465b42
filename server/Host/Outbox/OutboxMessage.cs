using System.Text;
using System.Text.Json;
using Orchestrator.Kernel.Engine;

namespace Orchestrator.Host.Outbox;

/// <summary>A message that waits to be sent.</summary>
/// <param name="Id">Order of creation; per case the order of sending.</param>
/// <param name="MessageId">case_no:seq:n, the same however often it is sent.</param>
/// <param name="CaseNo">Case that it is about.</param>
/// <param name="Seq">Transition that called for it.</param>
/// <param name="Topic">A word of <see cref="Storage.OutboxTopic"/>.</param>
/// <param name="Body">The fact as JSON.</param>
/// <param name="CreatedAt">Epoch milliseconds.</param>
/// <param name="Attempts">How often sending has been begun, this time included.</param>
sealed record OutboxMessage(long Id, string MessageId, string CaseNo, long Seq, string Topic, string Body, long CreatedAt, long Attempts)
{
    /// <summary>The fact that called for the message.</summary>
    public CaseEvent Fact => JsonSerializer.Deserialize(Encoding.UTF8.GetBytes(Body), KernelJson.Default.CaseEvent)!;
}
