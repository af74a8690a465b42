using Orchestrator.Host.Clocks;
using Orchestrator.Host.Outbox;
using Orchestrator.Host.Storage;
using Orchestrator.Kernel.Engine;
using Orchestrator.Stores.Conformance.Kit;

namespace Orchestrator.Stores.Conformance.Clocks;

/// <summary>Timers fire from rows: once, never early, dated when they were due, whoever rings and however often (Promise 3).</summary>
public abstract class SweepRules : StoreRules
{
    const string Fired = "SELECT count(*) FROM case_timer WHERE timer_key = 'T-ACC' AND state = 'fired'";

    [Fact]
    public async Task nothing_fires_a_millisecond_early()
    {
        var node = NewNode();
        await node.Submit("A");
        var due = Node.At(9, 21);

        await node.Sweep.RunOnce(due - NodaTime.Duration.FromMilliseconds(1), Stop);
        Assert.Equal(0, await node.Count(Fired));

        await node.Sweep.RunOnce(due, Stop);
        Assert.Equal(1, await node.Count(Fired));
    }

    [Fact]
    public async Task an_effect_of_silence_is_dated_at_its_due_instant_however_late_the_sweep()
    {
        var node = NewNode();
        await node.Submit("A");
        node.Clock.Set(Node.At(9, 25, 11));

        await node.Sweep.RunOnce(node.Clock.Now, Stop);

        var (at, recorded) = (await node.Rows<(long, long)>("SELECT at, recorded_at FROM case_event WHERE stimulus = 'timer' ORDER BY seq")).Last();
        Assert.Equal(Node.At(9, 21).ToUnixTimeMilliseconds(), at);
        Assert.Equal(Node.At(9, 25, 11).ToUnixTimeMilliseconds(), recorded);
        Assert.Equal(Node.At(9, 21).ToUnixTimeMilliseconds(), await node.Count("SELECT fired_at FROM case_timer WHERE timer_key = 'T-ACC'"));
    }

    [Fact]
    public async Task sweeps_of_three_nodes_at_once_fire_each_timer_exactly_once()
    {
        var nodes = Enumerable.Range(0, 3).Select(_ => NewNode()).ToArray();
        for (var i = 0; i < 60; i++) await nodes[0].Submit($"A{i}");
        var until = Node.At(9, 21);

        var fired = await Task.WhenAll(nodes.SelectMany(node => new[] { node, node }).Select(node => Task.Run(() => node.Sweep.RunOnce(until, 7, Stop), Stop)));

        Assert.Equal(120, fired.Sum());   // a warning and an expiry each
        Assert.Equal(60, await nodes[0].Count(Fired));
        Assert.Equal(120, await nodes[0].Count("SELECT count(*) FROM case_event WHERE stimulus = 'timer'"));
        for (var i = 0; i < 60; i++) Assert.Equal(KernelJson.Write(await Stored(nodes[0], $"A{i}")), KernelJson.Write(await Replayed(nodes[0], $"A{i}")));
    }

    [Fact]
    public async Task a_case_that_cannot_be_decided_is_put_aside_and_the_others_go_on()
    {
        var node = NewNode(rules: CaseRules.Kernel with { FireDue = (flow, state, until, context) => state.CaseNo == "A3" ? throw new InvalidOperationException("poison") : CaseEngine.FireDue(flow, state, until, context) });
        for (var i = 0; i < 10; i++) await node.Submit($"A{i}");

        await node.Sweep.RunOnce(Node.At(9, 21), 4, Stop);

        Assert.Equal(9, await node.Count(Fired));
        var aside = Assert.Single(await node.PutAside.All(Stop));
        Assert.Equal(("timer", "A3", 1L, null), (aside.Kind, aside.CaseNo, aside.Attempts, aside.SetAsideAt));
        Assert.Contains("poison", aside.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task poison_is_tried_a_few_times_and_then_rests_until_somebody_lets_it_run_again()
    {
        var poisoned = true;
        var node = NewNode(rules: CaseRules.Kernel with { FireDue = (flow, state, until, context) => poisoned ? throw new InvalidOperationException("poison") : CaseEngine.FireDue(flow, state, until, context) });
        await node.Submit("A");
        node.Clock.Set(Node.At(9, 21));
        for (var i = 0; i < 20; i++)
        {
            await node.Sweep.RunOnce(node.Clock.Now, Stop);
            node.Clock.Set(node.Clock.Now + NodaTime.Duration.FromMinutes(10));
        }
        var aside = Assert.Single(await node.PutAside.All(Stop));
        Assert.Equal(PutAside.MostAttempts, aside.Attempts);
        Assert.NotNull(aside.SetAsideAt);
        poisoned = false;
        Assert.Equal(0, await node.Sweep.RunOnce(node.Clock.Now, Stop));

        Assert.True(await node.PutAside.Replay(PutAside.Timer, "A", Stop));

        Assert.Equal(2, await node.Sweep.RunOnce(node.Clock.Now, Stop));
        Assert.Empty(await node.PutAside.All(Stop));
    }

    [Fact]
    public async Task a_case_that_recovers_by_itself_leaves_the_list()
    {
        var failures = 2;
        var node = NewNode(rules: CaseRules.Kernel with { FireDue = (flow, state, until, context) => failures-- > 0 ? throw new InvalidOperationException("later") : CaseEngine.FireDue(flow, state, until, context) });
        await node.Submit("A");
        for (var i = 0; i < 4; i++)
        {
            node.Clock.Set(Node.At(9, 21, i));
            await node.Sweep.RunOnce(node.Clock.Now, Stop);
        }

        Assert.Equal(1, await node.Count(Fired));
        Assert.Empty(await node.PutAside.All(Stop));
    }

    [Fact]
    public async Task a_case_whose_rows_the_database_refuses_does_not_hold_up_its_batch()
    {
        var node = NewNode();
        for (var i = 0; i < 10; i++) await node.Submit($"A{i}");
        await node.Run(IsSqlite
            ? "CREATE TRIGGER fault BEFORE INSERT ON case_event WHEN NEW.case_no = 'A3' BEGIN SELECT RAISE(ABORT, 'fault'); END"
            : """
              CREATE FUNCTION fault() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.case_no = 'A3' THEN RAISE EXCEPTION 'fault'; END IF; RETURN NEW; END $$;
              CREATE TRIGGER fault BEFORE INSERT ON case_event FOR EACH ROW EXECUTE FUNCTION fault()
              """);

        await node.Sweep.RunOnce(Node.At(9, 21), Stop);

        Assert.Equal(9, await node.Count(Fired));
        Assert.Equal("A3", Assert.Single(await node.PutAside.All(Stop)).CaseNo);
        Assert.Equal(1, (await Stored(node, "A3")).Version);
    }

    [Fact]
    public async Task moving_the_clock_does_what_is_due_in_due_order_over_all_cases()
    {
        var node = NewNode();
        await node.Submit("A");
        await node.Move.To(Node.At(9, 19, 10), Stop);
        await node.Submit("B");

        await node.Move.To(Node.At(9, 30), Stop);

        var instants = await node.Rows<long>("SELECT recorded_at FROM case_event WHERE stimulus = 'timer' ORDER BY recorded_at, case_no, seq");
        var legal = await node.Rows<long>("SELECT at FROM case_event WHERE stimulus = 'timer' ORDER BY recorded_at, case_no, seq");
        Assert.NotEmpty(legal);
        Assert.Equal(legal, instants);   // each was recorded with the clock standing at its own instant
        Assert.Equal(Node.At(9, 30), node.Clock.Now);
    }

    [Fact]
    public async Task a_clock_that_stands_fires_nothing_by_itself()
    {
        var node = NewNode();
        await node.Submit("A");

        Assert.Equal(0, await node.Sweep.RunOnce(node.Clock.Now, Stop));
    }
}

public sealed class Sweep_on_sqlite : SweepRules
{
    protected override Task<Migrations.ScratchDatabase> NewDatabase() => Task.FromResult<Migrations.ScratchDatabase>(new Migrations.ScratchSqlite());
}

public sealed class Sweep_on_postgresql : SweepRules
{
    protected override Task<Migrations.ScratchDatabase> NewDatabase() => Migrations.ScratchPostgres.Create();
}
