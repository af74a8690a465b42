using NodaTime.Extensions;

namespace Orchestrator.Host.Outbox;

/// <summary>Sends as soon as this process has committed something to send; what it misses the bell finds.</summary>
sealed partial class SendAfterCommit(OutboxSignal signal, DispatchOutbox dispatch, TimeProvider clock, ILogger<SendAfterCommit> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await signal.Wait(stoppingToken);
                await dispatch.RunOnce(clock.GetUtcNow().ToInstant(), stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is not OperationCanceledException)   // a database that is away must not end the sending
            {
                LogFailed(e);
            }
        }
    }

    [LoggerMessage(2202, LogLevel.Error, "Sending after a commit failed; the bell tries again.")]
    partial void LogFailed(Exception error);
}
