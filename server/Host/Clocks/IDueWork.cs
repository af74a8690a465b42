using NodaTime;

namespace Orchestrator.Host.Clocks;

/// <summary>Work that becomes due by the passing of time. Its rows are the truth; whoever rings the bell may ring too often, too late or on several nodes.</summary>
interface IDueWork
{
    /// <summary>Name in logs.</summary>
    string Name { get; }

    /// <summary>The instant at which something is due next, past ones too; null when nothing waits.</summary>
    Task<Instant?> NextDue(CancellationToken stop);

    /// <summary>Does everything due up to and including an instant; how much it was.</summary>
    Task<int> RunOnce(Instant until, CancellationToken stop);
}
