using System.Diagnostics;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Host.Outbox;
using Orchestrator.Host.Settings;
using Orchestrator.Host.Storage;
using Orchestrator.Host.Storage.Dialects;

namespace Orchestrator.Host.Benchmarks;

/// <summary><c>bench transitions</c>: cases through all stages of <c>standard</c> by the seam, as the HTTP handlers use it, against bare SQL.</summary>
static class TransitionsBenchmark
{
    const string Name = "orchestrator_bench";
    const int Turns = 4;

    public static async Task<int> Run(IReadOnlyList<string> words)
    {
        var options = BenchOptions.Parse(words, cases: 2_000, workers: 8);
        await using var cluster = options is { Database: "postgres", Connection: null } ? await PrivateCluster.Start() : null;
        var folder = Directory.CreateTempSubdirectory("orchestrator-bench-").FullName;
        try
        {
            await using var database = await Open(options, cluster, folder);
            var report = await Measure(options, database, cluster);
            await report.Write(options.Json);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static async Task<Database> Open(BenchOptions options, PrivateCluster? cluster, string folder)
    {
        Database database;
        if (options.Database == "sqlite") database = new SqliteDatabase(options.Connection ?? $"Data Source={folder}/bench.db");
        else
        {
            if (cluster is not null)
            {
                await using var admin = new PostgreSqlDatabase(cluster.ConnectionString);
                await using var connection = await admin.Open(CancellationToken.None);
                await connection.ExecuteAsync($"CREATE DATABASE {Name}");
            }
            database = new PostgreSqlDatabase(options.Connection ?? $"Host=127.0.0.1;Port={cluster!.Port};Username=orchestrator;Database={Name}");
        }
        await database.RequireDurability(CancellationToken.None);
        await database.Migrations(TimeProvider.System).Up();
        return database;
    }

    /// <summary>Ours and the limit take turns, because the speed of a shared machine drifts; the ratio is the median of the turns' ratios.</summary>
    static async Task<BenchReport> Measure(BenchOptions options, Database database, PrivateCluster? cluster)
    {
        var counted = new CountingStore(database.Cases);
        var steps = new CaseSteps(new BenchPinnedData(), CaseRules.Kernel, TimeProvider.System);
        var seam = new CaseSeam(counted, steps, new OutboxSignal(), NullLogger<CaseSeam>.Instance);
        await Drive(seam, "W", Math.Min(200, options.Cases), options.Workers);   // warm-up: caches, prepared statements, tiered code
        if (cluster is not null) await TransitionLimit.Prepare(database, counted, options.Cases);
        var (before, cpu) = (Counters.Now, Process.GetCurrentProcess().TotalProcessorTime);
        var (turns, latencies, elapsed) = (new List<(double Ours, double Limit)>(), new List<double>(), TimeSpan.Zero);
        for (var turn = 0; turn < Turns; turn++)
        {
            var watch = Stopwatch.StartNew();
            var driven = await Drive(seam, $"B{turn}-", options.Cases / Turns, options.Workers);
            elapsed += watch.Elapsed;
            latencies.AddRange(driven);
            turns.Add((driven.Length / watch.Elapsed.TotalSeconds, cluster is null ? 0 : await TransitionLimit.Measure(cluster, Name, counted, options.Cases, options.Workers)));
        }
        var used = Counters.Now - before;
        var report = new BenchReport("transitions")
        {
            ["database"] = options.Database, ["cases"] = options.Cases, ["workers"] = options.Workers, ["transitions"] = used.Transitions,
            ["transitionsPerSecond"] = used.Transitions / elapsed.TotalSeconds, ["casesPerSecond"] = options.Cases / elapsed.TotalSeconds,
            ["p50Ms"] = BenchReport.Percentile([.. latencies.Order()], 0.50), ["p99Ms"] = BenchReport.Percentile([.. latencies.Order()], 0.99),
            ["peakRssMb"] = Process.GetCurrentProcess().PeakWorkingSet64 / 1048576.0,
            ["cpuMsPerTransition"] = (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalMilliseconds / used.Transitions,
            ["commitsPerTransition"] = used.Commits / (double)used.Transitions,
            ["roundTripsPerTransition"] = used.RoundTrips / (double)used.Transitions,
        };
        if (cluster is null) return report;
        report["limitTransitionsPerSecond"] = Median(turns.Select(turn => turn.Limit));
        report["limitRatio"] = Median(turns.Select(turn => turn.Ours / turn.Limit));
        report["rowsPerTransition"] = counted.PerTransition.ToString();
        return report;
    }

    static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    readonly record struct Counters(long Transitions, long Commits, long RoundTrips)
    {
        public static Counters Now => new(SeamMetrics.Transitions.Value, SeamMetrics.Commits.Value, SeamMetrics.RoundTrips.Value);
        public static Counters operator -(Counters a, Counters b) => new(a.Transitions - b.Transitions, a.Commits - b.Commits, a.RoundTrips - b.RoundTrips);
    }

    /// <summary>Workers take cases in turn and drive each to its end; the latency of every act in milliseconds, sorted.</summary>
    static async Task<double[]> Drive(CaseSeam seam, string prefix, int cases, int workers)
    {
        var latencies = new double[cases * PipelineCases.Acts.Length];
        var next = 0;
        await Task.WhenAll(Enumerable.Range(0, workers).Select(_ => Task.Run(async () =>
        {
            for (var taken = Interlocked.Increment(ref next) - 1; taken < cases; taken = Interlocked.Increment(ref next) - 1)
                for (var step = 0; step < PipelineCases.Acts.Length; step++)
                {
                    var begun = Stopwatch.GetTimestamp();
                    var caseNo = $"{prefix}{taken}";
                    var result = step == 0 ? await seam.Start(PipelineCases.Opening(caseNo), default) : await seam.Change(PipelineCases.Following(caseNo, step), default);
                    latencies[taken * PipelineCases.Acts.Length + step] = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
                    if (result is not SeamResult.Done) throw new InvalidOperationException($"{caseNo} {PipelineCases.Acts[step].Act}: {result}");
                }
        })));
        Array.Sort(latencies);
        return latencies;
    }
}
