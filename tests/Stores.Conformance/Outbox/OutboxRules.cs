using System.Collections.Concurrent;
using Orchestrator.Host.Outbox;
using Orchestrator.Host.Storage;
using Orchestrator.Kernel.Engine;
using Orchestrator.Stores.Conformance.Kit;

namespace Orchestrator.Stores.Conformance.Outbox;

/// <summary>Messages leave after the commit, at least once, under one id, in order per case.</summary>
public abstract class OutboxRules : StoreRules
{
    [Fact]
    public async Task every_fact_that_calls_for_a_message_leaves_one_row_with_an_id_made_of_case_transition_and_number()
    {
        var node = NewNode();
        await node.Submit("A");
        await node.Act("A", "accept", "acceptor");

        var called = (await new CaseReads(node.Database).History("A", Stop))
            .SelectMany(row => row.Events.Where(happened => OutboxTopic.Of(happened) is not null).Select((happened, n) => ($"A:{row.Seq}:{n + 1}", OutboxTopic.Of(happened)!)));

        Assert.Equal(called, await node.Rows<(string, string)>("SELECT message_id, topic FROM outbox ORDER BY id"));
        Assert.NotEmpty(called);
    }

    [Fact]
    public async Task a_notice_is_taken_and_the_case_told_so()
    {
        var channel = new Channel();
        var node = NewNode(channel: channel);
        await node.Submit("A");
        await node.Act("A", "accept", "acceptor");
        Assert.NotEmpty((await Stored(node, "A")).PendingNotices);

        Assert.NotEqual(0, await node.Dispatch.RunOnce(node.Clock.Now, Stop));

        var state = await Stored(node, "A");
        Assert.Empty(state.PendingNotices);
        Assert.Equal(TimerState.Stopped, state.Timer("T-NTF")!.State);
        Assert.NotEmpty(channel.Taken);
        Assert.Equal(0, await node.Count("SELECT count(*) FROM outbox WHERE dispatched_at IS NULL"));
    }

    [Fact]
    public async Task messages_of_a_case_leave_in_order_and_a_failing_one_holds_back_those_behind_it_and_no_other_case()
    {
        var channel = new Channel { Fails = id => id == "A:2:1" };
        var node = NewNode(channel: channel);
        await Several(node, "A", "B");

        await node.Dispatch.RunOnce(node.Clock.Now, Stop);

        Assert.DoesNotContain(channel.Taken, id => id.StartsWith("A:", StringComparison.Ordinal));
        Assert.NotEmpty(channel.Taken);
        Assert.Equal(["A:2:1"], await node.Rows<string>("SELECT message_id FROM outbox WHERE dispatched_at IS NULL AND last_error IS NOT NULL"));

        channel.Fails = _ => false;
        await node.Move.To(node.Clock.Now + NodaTime.Duration.FromMinutes(1), Stop);

        var sent = channel.Taken.Where(id => id.StartsWith("A:", StringComparison.Ordinal)).ToList();
        Assert.Equal(await node.Rows<string>("SELECT message_id FROM outbox WHERE case_no = 'A' AND topic = 'notice' ORDER BY id"), sent);
    }

    [Fact]
    public async Task a_message_that_always_fails_is_put_aside_what_waited_behind_it_leaves_and_it_can_be_sent_again()
    {
        var channel = new Channel { Fails = id => id == "A:2:1" };
        var node = NewNode(channel: channel);
        await Several(node, "A");

        for (var i = 0; i < OutboxStore.MostAttempts + 2; i++)
        {
            await node.Dispatch.RunOnce(node.Clock.Now, Stop);
            node.Clock.Set(node.Clock.Now + NodaTime.Duration.FromMinutes(10));
        }

        var aside = Assert.Single(await node.PutAside.All(Stop));
        Assert.Equal(("message", "A:2:1"), (aside.Kind, aside.Subject));
        Assert.Equal(["A:2:1"], await node.Rows<string>("SELECT message_id FROM outbox WHERE dispatched_at IS NULL"));
        Assert.Equal(OutboxStore.MostAttempts, channel.Tries["A:2:1"]);

        channel.Fails = _ => false;
        Assert.True(await node.Outbox.SendAgain("A:2:1", Stop));
        await node.Dispatch.RunOnce(node.Clock.Now, Stop);
        Assert.Contains("A:2:1", channel.Taken);
    }

    [Fact]
    public async Task dispatchers_of_three_nodes_at_once_send_each_message_once_and_in_order()
    {
        var channel = new Channel();
        var nodes = Enumerable.Range(0, 3).Select(_ => NewNode(channel: channel)).ToArray();
        foreach (var caseNo in Enumerable.Range(0, 30).Select(i => $"A{i}")) await Several(nodes[0], caseNo);

        await Task.WhenAll(nodes.Select(node => Task.Run(() => node.Dispatch.RunOnce(node.Clock.Now, Stop), Stop)));
        foreach (var node in nodes) await node.Dispatch.RunOnce(node.Clock.Now, Stop);

        Assert.All(channel.Tries.Values, tries => Assert.Equal(1, tries));
        Assert.Equal(0, await nodes[0].Count("SELECT count(*) FROM outbox WHERE dispatched_at IS NULL"));
        foreach (var ofCase in channel.Taken.GroupBy(id => id.Split(':')[0]))
            Assert.Equal(ofCase.OrderBy(id => int.Parse(id.Split(':')[1])).ThenBy(id => int.Parse(id.Split(':')[2])), ofCase);
    }

    [Fact]
    public async Task what_a_dead_node_had_claimed_is_sent_by_another_under_the_same_id_when_the_lease_ends()
    {
        var node = NewNode();
        await Several(node, "A");
        var claimed = await node.Outbox.Claim(node.Clock.Now.ToUnixTimeMilliseconds(), 10, Stop);
        Assert.NotEmpty(claimed);
        var channel = new Channel();
        var other = NewNode(channel: channel);
        Assert.Equal(0, await other.Dispatch.RunOnce(other.Clock.Now, Stop));

        await node.Run("UPDATE outbox SET leased_until = 1 WHERE leased_until IS NOT NULL");
        await other.Dispatch.RunOnce(other.Clock.Now, Stop);

        Assert.Equal(claimed.Where(message => message.Topic == OutboxTopic.Notice).Select(message => message.MessageId), channel.Taken.Take(claimed.Count(message => message.Topic == OutboxTopic.Notice)));
    }

    [Fact]
    public async Task a_bad_rating_opens_one_ticket_however_often_its_message_is_sent()
    {
        var node = NewNode();
        await node.Submit("A");
        (string Act, string Role, string Data)[] steps =
        [
            ("accept", "acceptor", "{}"), ("review_done", "reviewer", """{"opinion": "positive"}"""), ("approve", "decider", """{"licence": ["electronic"]}"""),
            ("result_online", "system", "{}"), ("e_deliver", "system", "{}"), ("close", "system", "{}"), ("rate", "applicant", """{"score": 1, "channel": "online"}"""),
        ];
        foreach (var (act, role, data) in steps) Assert.IsType<SeamResult.Done>(await node.Act("A", act, role, data));

        await node.Dispatch.RunOnce(node.Clock.Now, Stop);
        await node.Run("UPDATE outbox SET dispatched_at = NULL WHERE topic = 'ticket'");
        await node.Dispatch.RunOnce(node.Clock.Now, Stop);

        Assert.Equal(["A-R1"], await node.Rows<string>("SELECT case_no FROM service_case WHERE kind = 'ticket'"));
        Assert.Equal(0, await node.Count("SELECT count(*) FROM outbox WHERE dispatched_at IS NULL"));
        Assert.Equal(("XA", "dept-1"), Assert.Single(await node.Rows<(string, string)>("SELECT region, department FROM service_case WHERE kind = 'ticket'")));
    }

    [Fact]
    public async Task a_commit_with_messages_rings_for_the_dispatcher_of_its_process()
    {
        var node = NewNode();
        await node.Submit("A");
        await node.Act("A", "accept", "acceptor");

        await node.Signal.Wait(Stop).WaitAsync(TimeSpan.FromSeconds(30), Stop);
    }

    static async Task Several(Node node, params string[] cases)
    {
        foreach (var caseNo in cases)
        {
            await node.Submit(caseNo);
            await node.Act(caseNo, "accept", "acceptor");
            await node.Act(caseNo, "review_done", "reviewer", """{"opinion": "positive"}""");
            await node.Act(caseNo, "approve", "decider", """{"licence": ["electronic"]}""");
        }
    }

    /// <summary>Takes notices, or fails as told, and remembers.</summary>
    sealed class Channel : INoticeChannel
    {
        public Func<string, bool> Fails { get; set; } = _ => false;
        public ConcurrentQueue<string> Taken { get; } = new();
        public ConcurrentDictionary<string, int> Tries { get; } = new();

        public Task Take(string messageId, string caseNo, NoticeQueued notice, CancellationToken stop)
        {
            Tries.AddOrUpdate(messageId, 1, (_, tries) => tries + 1);
            if (Fails(messageId)) throw new IOException("the gateway is away");
            Taken.Enqueue(messageId);
            return Task.CompletedTask;
        }
    }
}

public sealed class Outbox_on_sqlite : OutboxRules
{
    protected override Task<Migrations.ScratchDatabase> NewDatabase() => Task.FromResult<Migrations.ScratchDatabase>(new Migrations.ScratchSqlite());
}

public sealed class Outbox_on_postgresql : OutboxRules
{
    protected override Task<Migrations.ScratchDatabase> NewDatabase() => Migrations.ScratchPostgres.Create();
}
