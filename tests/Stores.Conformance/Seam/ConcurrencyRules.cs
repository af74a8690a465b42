using Orchestrator.Host.Storage;
using Orchestrator.Kernel.Engine;
using Orchestrator.Stores.Conformance.Kit;

namespace Orchestrator.Stores.Conformance.Seam;

/// <summary>Several writers of one case: the version guard first, the key of the history row behind it, and lost answers.</summary>
public abstract class ConcurrencyRules : StoreRules
{
    [Fact]
    public async Task a_stale_write_changes_nothing()
    {
        var (node, store) = await Submitted();
        var write = await NextWrite(node);
        await node.Act("A", "accept", "acceptor");
        var before = await Everything(node);

        Assert.Equal(CommitOutcome.Stale, await store.Commit(write, Stop));

        Assert.Equal(before, await Everything(node));
    }

    [Fact]
    public async Task without_the_version_guard_the_key_of_the_history_row_stops_the_second_writer()
    {
        var (node, store) = await Submitted();
        var write = await NextWrite(node);
        await node.Act("A", "accept", "acceptor");
        var before = await Everything(node);

        // The guard taken out: the stale write names the version that stands now, as a statement without "AND version = …" would pass.
        var unguarded = write with { Case = write.Case! with { BaseVersion = (await Stored(node, "A")).Version } };
        Assert.Equal(CommitOutcome.StoppedByKey, await store.Commit(unguarded, Stop));

        Assert.Equal(before, await Everything(node));
    }

    [Fact]
    public async Task without_either_net_a_stale_write_would_overwrite_the_case()
    {
        var (node, store) = await Submitted();
        var write = await NextWrite(node);
        await node.Act("A", "accept", "acceptor");

        // Both nets taken out. That this destroys the case shows that the two tests above hang on the nets and on nothing else.
        var bare = write with { Case = write.Case! with { BaseVersion = (await Stored(node, "A")).Version }, Events = [], Outbox = [], Documents = [], Tasks = [] };
        Assert.Equal(CommitOutcome.Committed, await store.Commit(bare, Stop));

        Assert.Equal("not_accepted", (await Stored(node, "A")).State);
        Assert.NotEqual("not_accepted", (await Replayed(node, "A")).State);
    }

    [Fact]
    public async Task a_key_stop_is_counted_as_an_alarm()
    {
        FaultyStore? faulty = null;
        var node = NewNode(wrap: store => faulty = new(store));
        var other = NewNode(node.Clock);
        await node.Submit("A");
        var alarms = SeamMetrics.KeyStops.Value;
        faulty!.Meanwhile = _ => { faulty.Meanwhile = null; return other.Act("A", "accept", "acceptor"); };
        faulty.Bend = write => { faulty.Bend = same => same; return write with { Case = write.Case! with { BaseVersion = 2 } }; };

        await node.Act("A", "refuse_acceptance", "acceptor", """{"ground": "out_of_authority", "reasons": "不属于本部门职权范围"}""");

        Assert.True(SeamMetrics.KeyStops.Value > alarms);
    }

    [Fact]
    public async Task who_loses_decides_again_on_the_fresh_state()
    {
        FaultyStore? faulty = null;
        var node = NewNode(wrap: store => faulty = new(store));
        var other = NewNode(node.Clock);
        await node.Submit("A");
        var conflicts = SeamMetrics.Conflicts.Value;
        faulty!.Meanwhile = _ => { faulty.Meanwhile = null; return other.Act("A", "accept", "acceptor"); };

        // Decided while the case was submitted, where accepting is legal; committed after the other node accepted it.
        var second = await node.Act("A", "accept", "acceptor", who: "acceptor-2");

        Assert.IsType<SeamResult.Refused>(second);
        Assert.True(SeamMetrics.Conflicts.Value > conflicts);
        Assert.Equal(2, (await Stored(node, "A")).Version);
        Assert.Equal(KernelJson.Write(await Stored(node, "A")), KernelJson.Write(await Replayed(node, "A")));
    }

    [Fact]
    public async Task who_always_loses_is_told_that_the_case_is_busy()
    {
        FaultyStore? faulty = null;
        var node = NewNode(wrap: store => faulty = new(store));
        await node.Submit("A");
        faulty!.Bend = write => write with { Case = write.Case! with { BaseVersion = 99 } };

        Assert.IsType<SeamResult.Busy>(await node.Act("A", "accept", "acceptor"));

        Assert.Equal(CaseSeam.MostAttempts, faulty.Commits - 1);
    }

    [Theory]
    [InlineData("LostAfter")]
    [InlineData("LostBefore")]
    [InlineData("LostBefore", "LostAfter")]
    public async Task an_act_whose_answer_was_lost_is_done_once_and_answered(params string[] faults)
    {
        FaultyStore? faulty = null;
        var node = NewNode(wrap: store => faulty = new(store));
        await node.Submit("A");
        foreach (var fault in faults) faulty!.Plan.Enqueue(Enum.Parse<FaultyStore.Fault>(fault));

        var done = Assert.IsType<SeamResult.Done>(await node.Act("A", "accept", "acceptor"));

        Assert.Equal(2, done.State.Version);
        Assert.Equal(1, await node.Count("SELECT count(*) FROM case_event WHERE stimulus = 'accept'"));
    }

    [Fact]
    public async Task an_opening_whose_answer_was_lost_opens_one_case_and_is_answered()
    {
        FaultyStore? faulty = null;
        var node = NewNode(wrap: store => faulty = new(store));
        await node.Submit("A");
        faulty!.Plan.Enqueue(FaultyStore.Fault.LostAfter);

        Assert.IsType<SeamResult.Done>(await node.Submit("B"));

        Assert.Equal(1, await node.Count("SELECT count(*) FROM case_event WHERE case_no = 'B'"));
    }

    [Fact]
    public async Task an_act_with_a_key_whose_answer_was_lost_gives_the_kept_reply()
    {
        FaultyStore? faulty = null;
        var node = NewNode(wrap: store => faulty = new(store));
        await node.Submit("A");
        faulty!.Plan.Enqueue(FaultyStore.Fault.LostAfter);

        var replayed = Assert.IsType<SeamResult.Replayed>(await node.Act("A", "accept", "acceptor", key: "k"));

        Assert.Equal(new SeamReply(200, """{"version":2}"""), replayed.Reply);
    }

    [Fact]
    public async Task a_lost_act_that_another_overtook_is_not_taken_for_done()
    {
        FaultyStore? faulty = null;
        var node = NewNode(wrap: store => faulty = new(store));
        var other = NewNode(node.Clock);
        await node.Submit("A");
        faulty!.Plan.Enqueue(FaultyStore.Fault.LostBefore);
        faulty.Meanwhile = _ => { faulty.Meanwhile = null; return other.Act("A", "accept", "acceptor"); };

        Assert.IsType<SeamResult.Refused>(await node.Act("A", "accept", "acceptor", who: "acceptor-2"));
    }

    [Fact]
    public async Task two_branches_of_one_joint_case_completed_at_the_same_instant_by_two_nodes_both_count_a_hundred_times()
    {
        var one = NewNode();
        var two = NewNode(one.Clock);
        for (var i = 0; i < 100; i++)
        {
            var caseNo = $"J{i}";
            Assert.IsType<SeamResult.Done>(await one.Submit(caseNo, pipeline: "joint", item: ShippedPins.JointItem, profile: "CQ"));
            Assert.IsType<SeamResult.Done>(await one.Act(caseNo, "accept", "acceptor"));

            var both = await Task.WhenAll(
                Task.Run(() => one.Act(caseNo, "branch_done", "reviewer", """{"branch": "A", "result": "agree"}""", who: "a"), Stop),
                Task.Run(() => two.Act(caseNo, "branch_done", "reviewer", """{"branch": "B", "result": "agree"}""", who: "b"), Stop));

            Assert.All(both, result => Assert.IsType<SeamResult.Done>(result));
            var state = await Stored(one, caseNo);
            Assert.All(state.Branches.Values, branch => Assert.Equal("agree", branch.Result));
            Assert.Equal(KernelJson.Write(state), KernelJson.Write(await Replayed(one, caseNo)));
        }
    }

    async Task<(Node Node, ICaseStore Store)> Submitted()
    {
        var node = NewNode();
        await node.Submit("A");
        return (node, node.Store);
    }

    /// <summary>What refusing the application would commit, decided now and not committed.</summary>
    static async Task<CaseWrite> NextWrite(Node node)
    {
        var loaded = (await node.Store.Read(new(0, "A"), Stop)).Case!;
        var actor = new Actor("acceptor-9", "acceptor");
        var act = new Stimulus.Act("refuse_acceptance", actor, Node.Data("""{"ground": "out_of_authority", "reasons": "不属于本部门职权范围"}"""));
        var decided = await node.Steps.Change(new("A", _ => act, new(actor, "case.refuse")), loaded, Stop);
        Assert.IsType<SeamResult.Done>(decided.Result);
        return decided.Write;
    }
}

public sealed class Concurrency_on_sqlite : ConcurrencyRules
{
    protected override Task<Migrations.ScratchDatabase> NewDatabase() => Task.FromResult<Migrations.ScratchDatabase>(new Migrations.ScratchSqlite());
}

public sealed class Concurrency_on_postgresql : ConcurrencyRules
{
    protected override Task<Migrations.ScratchDatabase> NewDatabase() => Migrations.ScratchPostgres.Create();
}
