using System.Diagnostics;
using System.Text.Json;
using Dapper;
using Orchestrator.Host.Storage.Dialects;

namespace Orchestrator.Host.Benchmarks;

/// <summary><c>bench http</c>: the same cases over HTTP, by the connections of a hall's programs, against a real server process.</summary>
static class HttpBenchmark
{
    const string Item = "XA-SJ-001", Name = "orchestrator_bench";

    /// <summary>The acts of <see cref="PipelineCases"/> as the demonstration accounts do them.</summary>
    static readonly (string Act, string Account, object Data)[] Acts =
    [
        ("open_consultation", "xa-applicant", new { item = Item, act = "open_consultation", channel = "online", question = "需要哪些材料？" }),
        ("answer", "xa-acceptor", new { text = "按办事指南提交" }),
        ("book", "xa-applicant", new { slot = "09:00" }),
        ("arrive", "xa-acceptor", new { }),
        ("submit", "xa-applicant", new { channel = "online", delivery = "window", missing = Array.Empty<string>() }),
        ("accept", "xa-acceptor", new { }),
        ("review_done", "xa-reviewer", new { opinion = "positive", note = "符合条件" }),
        ("approve", "xa-decider", new { licence = new[] { "electronic" } }),
        ("result_at_window", "xa-decider", new { handover = true }),
        ("pick_up", "xa-acceptor", new { applicant_matches = true }),
        ("close", "xa-acceptor", new { }),
    ];

    public static async Task<int> Run(IReadOnlyList<string> words)
    {
        var options = BenchOptions.Parse(words, cases: 500, workers: 16);
        await using var cluster = options is { Database: "postgres", Connection: null } ? await PrivateCluster.Start() : null;
        var folder = Directory.CreateTempSubdirectory("orchestrator-bench-").FullName;
        try
        {
            await using var server = await ServerProcess.Start(folder, options.Database, options.Connection ?? await ConnectionOf(cluster, folder), options.Workers);
            await (await Measure(options, server)).Write(options.Json);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static async Task<string> ConnectionOf(PrivateCluster? cluster, string folder)
    {
        if (cluster is null) return $"Data Source={folder}/bench.db";
        await using var admin = new PostgreSqlDatabase(cluster.ConnectionString);
        await using var connection = await admin.Open(CancellationToken.None);
        await connection.ExecuteAsync($"CREATE DATABASE {Name}");
        return $"Host=127.0.0.1;Port={cluster.Port};Username=orchestrator;Database={Name}";
    }

    static async Task<BenchReport> Measure(BenchOptions options, ServerProcess server)
    {
        var tokens = new Dictionary<string, string>();
        foreach (var account in Acts.Select(act => act.Account).Distinct()) tokens[account] = await server.Token(account);
        await Drive(server, tokens, Math.Min(200, options.Cases), options.Workers);   // warm-up
        var watch = Stopwatch.StartNew();
        var latencies = await Drive(server, tokens, options.Cases, options.Workers);
        watch.Stop();
        return new BenchReport("http")
        {
            ["database"] = options.Database, ["cases"] = options.Cases, ["connections"] = options.Workers, ["transitions"] = latencies.Length,
            ["transitionsPerSecond"] = latencies.Length / watch.Elapsed.TotalSeconds, ["casesPerSecond"] = options.Cases / watch.Elapsed.TotalSeconds,
            ["p50Ms"] = BenchReport.Percentile(latencies, 0.50), ["p99Ms"] = BenchReport.Percentile(latencies, 0.99),
            ["coldStartMs"] = server.ColdStartMs, ["serverPeakRssMb"] = server.PeakRssMb,
        };
    }

    static async Task<double[]> Drive(ServerProcess server, Dictionary<string, string> tokens, int cases, int connections)
    {
        var latencies = new double[cases * Acts.Length];
        var next = 0;
        await Task.WhenAll(Enumerable.Range(0, connections).Select(async _ =>
        {
            for (var taken = Interlocked.Increment(ref next) - 1; taken < cases; taken = Interlocked.Increment(ref next) - 1)
            {
                var caseNo = "";
                for (var step = 0; step < Acts.Length; step++)
                {
                    var (act, account, data) = Acts[step];
                    var begun = Stopwatch.GetTimestamp();
                    var view = await server.Post(tokens[account], step == 0 ? "/api/v1/cases" : $"/api/v1/cases/{caseNo}/acts/{act}", step == 0 ? data : new { data });
                    latencies[taken * Acts.Length + step] = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
                    caseNo = view.GetProperty("caseNo").GetString()!;
                }
            }
        }));
        Array.Sort(latencies);
        return latencies;
    }
}
