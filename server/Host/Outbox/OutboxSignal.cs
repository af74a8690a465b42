using System.Threading.Channels;

namespace Orchestrator.Host.Outbox;

/// <summary>Rung after a commit that left messages, so that this process sends them at once. Several rings before the dispatcher looks are one.</summary>
sealed class OutboxSignal
{
    readonly Channel<bool> bell = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Ring() => bell.Writer.TryWrite(true);

    /// <summary>Waits for the next ring.</summary>
    public async Task Wait(CancellationToken stop) => await bell.Reader.ReadAsync(stop);
}
