using System.Diagnostics;
using System.Globalization;
using NodaTime;
using Orchestrator.Host.Clocks;
using Orchestrator.Stores.Conformance.Kit;
using Orchestrator.Stores.Conformance.Migrations;

namespace Orchestrator.Torture;

/// <summary>Workers on one database, killed at random moments and started again.</summary>
sealed class Campaign(ScratchDatabase database, int seed, int kills) : IAsyncDisposable
{
    const int Workers = 3, LongestLife = 250;

    readonly Random random = new(seed);
    readonly string folder = Directory.CreateTempSubdirectory("orchestrator-torture-").FullName;
    readonly Process?[] processes = new Process?[Workers];
    readonly long epoch = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

    /// <summary>Kills so often, each time a worker that has been answered something since it started.</summary>
    public async Task Run(CancellationToken stop)
    {
        for (var i = 0; i < Workers; i++) Start(i);
        for (var kill = 0; kill < kills; kill++)
        {
            var victim = random.Next(Workers);
            await Answered(victim, stop);
            await Task.Delay(random.Next(LongestLife), stop);
            Kill(victim);
            Start(victim);
        }
        for (var i = 0; i < Workers; i++) await Answered(i, stop);
        for (var i = 0; i < Workers; i++) Kill(i);
    }

    /// <summary>A last node lets everything come to rest: leases have ended, what is due fires, what waits is sent.</summary>
    public async Task<Node> Rest(CancellationToken stop)
    {
        using var history = new History(HistoryOf(Workers));
        var node = new Node(database.Engine, database.ConnectionString, new ManualClock(Worker.Now(epoch)), channel: new RestChannel(history));
        await node.Run("UPDATE outbox SET leased_until = 1 WHERE leased_until IS NOT NULL");
        await node.Move.To(node.Clock.Now + Duration.FromMinutes(1), stop);
        return node;
    }

    /// <summary>What all workers wrote down.</summary>
    public List<Entry> Histories() => [.. Enumerable.Range(0, Workers + 1).SelectMany(i => History.Read(HistoryOf(i)))];

    string HistoryOf(int worker) => Path.Combine(folder, $"history-{worker}.jsonl");

    void Start(int worker)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardError = true };
        foreach (var argument in (string[])["worker", database.Engine, database.ConnectionString, HistoryOf(worker), $"w{worker}",
            epoch.ToString(CultureInfo.InvariantCulture), random.Next().ToString(CultureInfo.InvariantCulture)]) start.ArgumentList.Add(argument);
        processes[worker] = Process.Start(start);
    }

    /// <summary>SIGKILL: no handler, no finally, no flush.</summary>
    void Kill(int worker)
    {
        processes[worker]!.Kill();
        processes[worker]!.WaitForExit();
    }

    async Task Answered(int worker, CancellationToken stop)
    {
        var own = $"w{worker}-{processes[worker]!.Id}-";
        while (!History.Read(HistoryOf(worker)).Any(entry => entry.Type == "ok" && entry.Key.StartsWith(own, StringComparison.Ordinal)))
        {
            if (processes[worker]!.HasExited) throw new InvalidOperationException($"Worker {worker} ended by itself: {await processes[worker]!.StandardError.ReadToEndAsync(stop)}");
            await Task.Delay(20, stop);
        }
    }

    public ValueTask DisposeAsync()
    {
        foreach (var process in processes)
        {
            if (process is { HasExited: false }) process.Kill();
            process?.Dispose();
        }
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    sealed class RestChannel(History history) : Orchestrator.Host.Outbox.INoticeChannel
    {
        public Task Take(string messageId, string caseNo, Orchestrator.Kernel.Engine.NoticeQueued notice, CancellationToken stop)
        {
            history.Write(new("taken", messageId, caseNo, notice.Kind));
            return Task.CompletedTask;
        }
    }
}
