using NodaTime;
using Orchestrator.Host.Clocks;
using Orchestrator.Host.Storage;

namespace Orchestrator.Host.Outbox;

/// <summary>
/// Sends what was committed: at least once, under a stable id, in order per case. A message that fails is tried again with growing pauses,
/// and what stands behind it on the same case waits; after <see cref="OutboxStore.MostAttempts"/> tries it is put aside and the rest goes on.
/// Not guaranteed: that a message is sent once only, or that order holds for a node that takes longer than its lease.
/// </summary>
sealed partial class DispatchOutbox(OutboxStore outbox, SendMessage send, AcknowledgeSent acknowledge, PutAside putAside, TimeProvider clock, ILogger<DispatchOutbox> log) : IDueWork
{
    /// <summary>Cases whose messages are claimed together.</summary>
    public const int BatchDefault = 100;

    public string Name => "outbox";

    public async Task<Instant?> NextDue(CancellationToken stop) => await outbox.NextAttempt(stop) is { } next ? Instant.FromUnixTimeMilliseconds(next) : null;

    /// <summary>Sends everything that may be sent now; the number of messages sent.</summary>
    public async Task<int> RunOnce(Instant until, CancellationToken stop)
    {
        var sent = 0;
        while (!stop.IsCancellationRequested)
        {
            var claimed = await outbox.Claim(until.ToUnixTimeMilliseconds(), BatchDefault, stop);
            if (claimed.Count == 0) break;
            sent += await Send(claimed, stop);
        }
        return sent;
    }

    async Task<int> Send(List<OutboxMessage> claimed, CancellationToken stop)
    {
        var settled = new List<Settlement>();
        var untried = new List<OutboxMessage>();
        var owed = new Acknowledgements();
        foreach (var ofCase in claimed.GroupBy(message => message.CaseNo)) await SendInOrder([.. ofCase], settled, untried, owed, stop);
        var failed = await acknowledge.Run(owed, stop);
        settled = [.. settled.Select(each => each.Error is null && failed.TryGetValue(each.Message.CaseNo, out var why) && owed.Owes(each.Message) ? each with { Error = why } : each)];
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        await outbox.Settle(settled, untried, now, stop);
        foreach (var (message, error) in settled.Where(each => each.Error is not null)) await Note(message, error!, now, stop);
        return settled.Count(each => each.Error is null);
    }

    async Task SendInOrder(List<OutboxMessage> messages, List<Settlement> settled, List<OutboxMessage> untried, Acknowledgements owed, CancellationToken stop)
    {
        for (var i = 0; i < messages.Count; i++)
        {
            var error = await Try(messages[i], owed, stop);
            settled.Add(new(messages[i], error));
            if (error is null) continue;
            untried.AddRange(messages.Skip(i + 1));
            return;
        }
    }

    async Task<string?> Try(OutboxMessage message, Acknowledgements owed, CancellationToken stop)
    {
        try
        {
            await send.Run(message, owed, stop);
            return null;
        }
        catch (Exception e) when (e is not OperationCanceledException || !stop.IsCancellationRequested)   // a channel may throw anything; it must not stop the others
        {
            LogFailed(message.MessageId, message.Topic, message.Attempts, e);
            return $"{e.GetType().Name}: {e.Message}";
        }
    }

    async Task Note(OutboxMessage message, string error, long now, CancellationToken stop)
    {
        if (message.Attempts >= OutboxStore.MostAttempts)
            await putAside.Failed(PutAside.Message, message.MessageId, message.CaseNo, error, now, final: true, stop);
    }

    [LoggerMessage(2201, LogLevel.Warning, "Message {MessageId} ({Topic}) could not be sent at attempt {Attempt}.")]
    partial void LogFailed(string messageId, string topic, long attempt, Exception error);
}
