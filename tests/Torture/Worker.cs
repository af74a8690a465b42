using System.Globalization;
using NodaTime;
using Orchestrator.Host.Clocks;
using Orchestrator.Host.Outbox;
using Orchestrator.Host.Storage;
using Orchestrator.Kernel.Engine;
using Orchestrator.Stores.Conformance.Kit;

namespace Orchestrator.Torture;

/// <summary>
/// The process that gets killed: a node with two clients, a sweep and a dispatcher. It takes up the request that its predecessor left
/// without an answer, under the same key, as a client would.
/// </summary>
sealed class Worker
{
    /// <summary>Two days pass in a second, so that limits end while the campaign runs.</summary>
    public const int Haste = 172_800;

    const int Cases = 24, Clients = 2;

    readonly Node node;
    readonly History history;
    readonly string name;
    readonly long epoch;
    readonly Random random;
    int requests;

    Worker(string[] args)
    {
        var (engine, connection, path) = (args[0], args[1], args[2]);
        (name, epoch, random) = (args[3], long.Parse(args[4], CultureInfo.InvariantCulture), new Random(int.Parse(args[5], CultureInfo.InvariantCulture)));
        history = new(path);
        node = new(engine, connection, new ManualClock(Now(epoch)), channel: new Channel(history));
    }

    /// <summary>Arguments: engine, connection string, history file, name, epoch milliseconds of the campaign's start, seed.</summary>
    public static async Task<int> Run(string[] args)
    {
        var left = Unanswered(History.Read(args[2]));
        var worker = new Worker(args);
        var clients = Enumerable.Range(0, Clients).Select(_ => Task.Run(() => worker.Act(left))).ToList();
        clients.Add(Task.Run(() => worker.Ring(worker.node.Sweep)));
        clients.Add(Task.Run(() => worker.Ring(worker.node.Dispatch)));
        await await Task.WhenAny(clients);
        return 1;
    }

    /// <summary>The instant of the hall at this moment.</summary>
    public static Instant Now(long epoch) => Node.Friday + Duration.FromMilliseconds((DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() - epoch) * Haste);

    static Queue<Entry> Unanswered(List<Entry> entries)
    {
        var answered = entries.Where(entry => entry.Type is "ok" or "fail").Select(entry => entry.Key).ToHashSet();
        return new(entries.Where(entry => entry.Type == "invoke" && !answered.Contains(entry.Key)).DistinctBy(entry => entry.Key));
    }

    async Task Act(Queue<Entry> left)
    {
        while (true)
        {
            Entry? again;
            lock (left) left.TryDequeue(out again);
            node.Clock.Set(Now(epoch));
            await (again is null ? Something() : Send(again));
        }
    }

    async Task Something()
    {
        var caseNo = await Open();
        var state = await new CaseReads(node.Database).Load(caseNo, default);
        var act = state is null ? ("submit", "applicant", "") : Plan.Next(state.State, random);
        if (act is { } next) await Send(new("invoke", $"{name}-{Environment.ProcessId}-{Interlocked.Increment(ref requests)}", caseNo, next.Item1));
    }

    /// <summary>One of the cases that are under way; all workers share them, so they get into each other's way.</summary>
    async Task<string> Open()
    {
        var generation = await node.Count("SELECT count(*) FROM service_case WHERE kind = 'case'") / Cases;
        return $"K{random.NextInt64(Math.Max(0, generation - 1) * Cases, (generation + 1) * Cases)}";
    }

    async Task Send(Entry request)
    {
        history.Write(request);
        var result = request.Act == "submit" ? await Submit(request) : await Do(request);
        history.Write(result switch
        {
            SeamResult.Done done => request with { Type = "ok", Version = done.State.Version },
            SeamResult.Replayed replayed => request with { Type = "ok", Version = Node.Data(replayed.Reply.Body).GetProperty("version").GetInt64() },
            _ => request with { Type = "fail" },
        });
    }

    Task<SeamResult> Submit(Entry request)
    {
        var profile = request.CaseNo[^1] % 2 == 0 ? "XA" : "CQ";
        var data = Node.Data($$"""{"item": "X1", "channel": "online", "delivery": "online", "key": "{{request.Key}}"}""");
        var start = new Stimulus.Start(request.CaseNo, ShippedPins.PinsOf("standard", profile: profile), "submit", Node.Applicant, data);
        return node.Seam.Start(new(start, new("case", "XA", "hall-1", "dept-1", "u-1"), new(Node.Applicant, "case.submit", request.Key, request.Key), Version), default);
    }

    Task<SeamResult> Do(Entry request)
    {
        var actor = new Actor("client", "system");
        return node.Seam.Change(new(request.CaseNo, loaded => Decide(request, loaded), new(actor, "case.act", request.Key, request.Key), Version), default);
    }

    /// <summary>The role and the data follow from the state, so that the same request can be decided again after a conflict.</summary>
    static SeamDecision Decide(Entry request, LoadedCase loaded)
    {
        var (role, data) = Plan.Of(request.Act, loaded.State.State);
        return new Stimulus.Act(request.Act, new($"{role}-1", role), Node.Data($$"""{"key": "{{request.Key}}"{{(data.Length > 0 ? ", " + data : "")}}}"""));
    }

    static SeamReply Version(CaseState state, System.Collections.Immutable.ImmutableArray<CaseEvent> events) => new(200, $$"""{"version": {{state.Version}}}""");

    async Task Ring(IDueWork work)
    {
        while (true)
        {
            node.Clock.Set(Now(epoch));
            await work.RunOnce(node.Clock.Now, default);
            await Task.Delay(20);
        }
    }

    sealed class Channel(History history) : INoticeChannel
    {
        public Task Take(string messageId, string caseNo, NoticeQueued notice, CancellationToken stop)
        {
            history.Write(new("taken", messageId, caseNo, notice.Kind));
            return Task.CompletedTask;
        }
    }
}
