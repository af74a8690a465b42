using Quartz;

namespace Orchestrator.Host.Operations;

/// <summary>The bell of the clocks rings. On a server with a manual clock there is none to ring.</summary>
sealed class SchedulerReadiness(IServiceProvider services) : IReadinessCheck
{
    public string Name => "scheduler";

    public async Task<string?> WhyNotReady(CancellationToken stop)
    {
        if (services.GetService<ISchedulerFactory>() is not { } factory) return null;
        var scheduler = await factory.GetScheduler(stop);
        return scheduler.Status == SchedulerStatus.Running ? null : scheduler.Status.ToString().ToLowerInvariant();
    }
}
