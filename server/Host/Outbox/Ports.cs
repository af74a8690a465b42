using System.Text.Json;
using Orchestrator.Kernel.Engine;

namespace Orchestrator.Host.Outbox;

/// <summary>A channel for notices (短信, 站内消息). Taking one twice under one id must be one notice to the person.</summary>
interface INoticeChannel
{
    /// <summary>Takes the notice; throws when it cannot, and is asked again later.</summary>
    Task Take(string messageId, string caseNo, NoticeQueued notice, CancellationToken stop);
}

/// <summary>A library or department that acknowledges a duty with a clock: licences (T-CRT), sharing with supervision (T-SHR).</summary>
interface IAcknowledgingPort
{
    /// <summary>Whether the duty is done; false when the answer comes later by itself. Throws when it could not be asked.</summary>
    Task<bool> Take(string messageId, string caseNo, CaseTimer duty, CancellationToken stop);
}

/// <summary>Messages for subscribers, and calls to other systems.</summary>
interface IEventPublisher
{
    /// <summary>Hands the message over, under an id that stays the same however often it comes.</summary>
    Task Publish(string messageId, string caseNo, string topic, JsonElement payload, CancellationToken stop);
}

/// <summary>The channels of an installation that has none of its own: everything counts as taken; the outbox rows stay as the record of it.</summary>
sealed class RecordingPorts : INoticeChannel, IAcknowledgingPort, IEventPublisher
{
    Task INoticeChannel.Take(string messageId, string caseNo, NoticeQueued notice, CancellationToken stop) => Task.CompletedTask;

    Task<bool> IAcknowledgingPort.Take(string messageId, string caseNo, CaseTimer duty, CancellationToken stop) => Task.FromResult(true);

    Task IEventPublisher.Publish(string messageId, string caseNo, string topic, JsonElement payload, CancellationToken stop) => Task.CompletedTask;
}
