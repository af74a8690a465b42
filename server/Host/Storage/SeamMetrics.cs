using System.Diagnostics.Metrics;
using Orchestrator.Host.Operations;

namespace Orchestrator.Host.Storage;

/// <summary>What the seam counts. The sums are also readable in the process, for measurements.</summary>
static class SeamMetrics
{
    /// <summary>Committed transitions.</summary>
    public static readonly Sum Transitions = new("orchestrator_seam_transitions");
    /// <summary>Commits of the seam, refusals' audit entries too.</summary>
    public static readonly Sum Commits = new("orchestrator_seam_commits");
    /// <summary>Statements sent and waited for.</summary>
    public static readonly Sum RoundTrips = new("orchestrator_seam_round_trips");
    /// <summary>Writes that the version guard turned back.</summary>
    public static readonly Sum Conflicts = new("orchestrator_seam_conflicts");
    /// <summary>Writes that only the key of the history row turned back: the version guard must have failed. An alarm.</summary>
    public static readonly Sum KeyStops = new("orchestrator_seam_key_stops");
    /// <summary>Commits whose outcome had to be found out.</summary>
    public static readonly Sum UnknownCommits = new("orchestrator_seam_unknown_commits");

    /// <summary>A counter that can be read back.</summary>
    public sealed class Sum(string name)
    {
        readonly Counter<long> counter = Metrics.Meter.CreateCounter<long>(name);
        long value;

        public long Value => Interlocked.Read(ref value);

        public void Add(long by = 1)
        {
            Interlocked.Add(ref value, by);
            counter.Add(by);
        }
    }
}
