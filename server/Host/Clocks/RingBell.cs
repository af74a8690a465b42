using NodaTime;
using NodaTime.Extensions;
using Orchestrator.Host.Outbox;
using Orchestrator.Host.Registers;
using Quartz;

namespace Orchestrator.Host.Clocks;

/// <summary>The bell: Quartz.NET calls, the rows say what is due. Whatever goes wrong is logged and seen to at the next ring.</summary>
abstract partial class RingBell(IDueWork work, TimeProvider clock, ILogger log) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await work.RunOnce(clock.GetUtcNow().ToInstant(), cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)   // a database that is away must not end the schedule
        {
            LogFailed(work.Name, e);
        }
    }

    [LoggerMessage(2301, LogLevel.Error, "The sweep of {Work} failed; the next ring tries again.")]
    partial void LogFailed(string work, Exception error);
}

/// <summary>Rings for the timers of cases.</summary>
[DisallowConcurrentExecution]
sealed class RingForTimers(FireDueTimers work, TimeProvider clock, ILogger<RingForTimers> log) : RingBell(work, clock, log);

/// <summary>Rings for the registers.</summary>
[DisallowConcurrentExecution]
sealed class RingForRegisters(SweepRegisters work, TimeProvider clock, ILogger<RingForRegisters> log) : RingBell(work, clock, log);

/// <summary>Rings for the outbox; what this process committed itself is sent without waiting for it.</summary>
[DisallowConcurrentExecution]
sealed class RingForOutbox(DispatchOutbox work, TimeProvider clock, ILogger<RingForOutbox> log) : RingBell(work, clock, log);
