using Orchestrator.Host.Storage;
using Orchestrator.Kernel.Engine;
using Orchestrator.Kernel.Graph;

namespace Orchestrator.Host.Outbox;

/// <summary>Takes one message where it belongs: a channel, a library, subscribers, or another case.</summary>
sealed class SendMessage(
    INoticeChannel notices, [FromKeyedServices(OutboxTopic.Certificate)] IAcknowledgingPort licences, [FromKeyedServices(OutboxTopic.Share)] IAcknowledgingPort supervision,
    IEventPublisher publisher, ICaseStore store, IPinnedData pinned, CaseSeam seam)
{
    /// <summary>The flow that tickets of bad reviews run on.</summary>
    public const string TicketDefinition = "bad-review";

    /// <summary>Sends; throws when it cannot.</summary>
    public Task Run(OutboxMessage message, Acknowledgements owed, CancellationToken stop) => message.Fact switch
    {
        NoticeQueued notice => Notify(message, notice, owed, stop),
        TimerChanged duty => Fulfil(message, duty.Timer, owed, stop),
        MessagePublished published => publisher.Publish(message.MessageId, message.CaseNo, published.Topic, published.Payload, stop),
        SystemCalled call => publisher.Publish(message.MessageId, message.CaseNo, $"system.{call.System}", call.Payload, stop),
        SubCaseRequested sub => Start(message, sub.DefinitionId, (flow, from) => new(sub.CaseNo, PinsOf(flow, from), "start", Actor.Engine, sub.Input, sub.Parent), stop),
        TicketRequested ticket => Start(message, TicketDefinition, (flow, from) => new(ticket.CaseNo, PinsOf(flow, from), "rate", Actor.Engine, default, null, ticket.Ticket), stop),
        ParentTold told => TellParent(message, told, stop),
        var other => throw new InvalidOperationException($"Nobody takes messages of topic '{message.Topic}' ({other.GetType().Name})."),
    };

    async Task Notify(OutboxMessage message, NoticeQueued notice, Acknowledgements owed, CancellationToken stop)
    {
        await notices.Take(message.MessageId, message.CaseNo, notice, stop);
        if (notice.Tracked) owed.NoticeTaken(message, notice.Id);
    }

    async Task Fulfil(OutboxMessage message, CaseTimer duty, Acknowledgements owed, CancellationToken stop)
    {
        var port = duty.Kind == "T-CRT" ? licences : supervision;
        if (await port.Take(message.MessageId, message.CaseNo, duty, stop)) owed.DutyDone(message, duty.Key);
    }

    /// <summary>Opens another case on the newest version of a flow, in the region and on the item of the case that asks. Its number is fixed, so asking twice opens it once.</summary>
    async Task Start(OutboxMessage message, string definitionId, Func<Flow, LoadedCase, Stimulus.Start> stimulus, CancellationToken stop)
    {
        var from = (await store.Read(new(0, message.CaseNo), stop)).Case ?? throw new InvalidOperationException($"Case {message.CaseNo} does not exist.");
        var flow = await pinned.Latest(definitionId, stop);
        var start = new StartCase(stimulus(flow, from), from.Scope with { Kind = KindOf(flow) }, new(Actor.Engine, $"{message.Topic}.start"));
        if (await seam.Start(start, stop) is not (SeamResult.Done or SeamResult.Exists or SeamResult.Replayed) and var result) throw Unexpected(result);
    }

    /// <summary>The message id is the key of the request, so that a repeated message does not count an instance twice. A parent that waits no longer refuses, which is well.</summary>
    async Task TellParent(OutboxMessage message, ParentTold told, CancellationToken stop)
    {
        if (told.Parent.Token is not { } token) return;
        var request = new RequestInfo(Actor.Engine, "sub_case.ended", message.MessageId);
        var result = await seam.Change(new(told.Parent.CaseNo, _ => new Stimulus.SubCaseEnded(token, told.Output), request), stop);
        if (result is not (SeamResult.Done or SeamResult.Replayed or SeamResult.Refused)) throw Unexpected(result);
    }

    static CasePins PinsOf(Flow flow, LoadedCase from) => from.State.Pins with { DefinitionId = flow.DefinitionId, DefinitionVersionId = flow.VersionId, DefinitionVersion = flow.Version };

    static string KindOf(Flow flow) => flow.Purpose switch
    {
        FlowPurpose.Service => "case",
        FlowPurpose.Ticket => "ticket",
        _ => "general",
    };

    static InvalidOperationException Unexpected(SeamResult result) => new(result is SeamResult.Refused refused ? $"Refused by {refused.Why.Rule}: {refused.Why.Message.En}" : $"The seam answered {result.GetType().Name}.");
}
