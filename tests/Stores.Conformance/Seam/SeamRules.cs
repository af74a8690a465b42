using Orchestrator.Host.Storage;
using Orchestrator.Kernel.Engine;
using Orchestrator.Stores.Conformance.Kit;

namespace Orchestrator.Stores.Conformance.Seam;

/// <summary>What one commit of the seam writes, and what it refuses to write.</summary>
public abstract class SeamRules : StoreRules
{
    [Fact]
    public async Task a_transition_leaves_state_history_task_timers_document_message_and_audit()
    {
        var node = NewNode();

        var done = Assert.IsType<SeamResult.Done>(await node.Submit("A"));

        Assert.Equal("submitted", done.State.State);
        Assert.Equal(("submitted", 1L), ((await Stored(node, "A")).State, (await Stored(node, "A")).Version));
        Assert.Equal(1, await node.Count("SELECT count(*) FROM case_event WHERE case_no = 'A' AND seq = 1 AND stimulus = 'submit' AND actor_id = 'u-1'"));
        Assert.Equal(done.State.Tasks.Length, await node.Count("SELECT count(*) FROM case_task WHERE case_no = 'A' AND hall = 'hall-1'"));
        Assert.Equal(["T-ACC"], await node.Rows<string>("SELECT timer_key FROM case_timer WHERE state = 'running'"));
        Assert.Equal(["收件回执"], await node.Rows<string>("SELECT name FROM case_document"));
        Assert.Equal(1, await node.Count("SELECT count(*) FROM audit_entry WHERE action = 'case.submit' AND target = 'A' AND outcome = 'ok'"));
        Assert.Equal(done.State.NextWake!.Value.ToUnixTimeMilliseconds(), await node.Count("SELECT next_wake_at FROM service_case"));
    }

    [Fact]
    public async Task the_stored_state_is_what_its_history_folds_to_at_every_step_of_a_whole_case()
    {
        var node = NewNode();
        await node.Submit("A");
        (string Act, string Role, string Data, int Day, int Hour)[] steps =
        [
            ("accept", "acceptor", "{}", 20, 10), ("review_done", "reviewer", """{"opinion": "positive"}""", 22, 16),
            ("approve", "decider", """{"licence": ["electronic"]}""", 24, 16), ("result_online", "system", "{}", 24, 17), ("e_deliver", "system", "{}", 24, 17),
            ("close", "system", "{}", 24, 18), ("rate", "applicant", """{"score": 1, "channel": "online"}""", 24, 19),
        ];
        foreach (var (act, role, data, day, hour) in steps)
        {
            await node.Move.To(Node.At(9, day, hour), Stop);
            Assert.IsType<SeamResult.Done>(await node.Act("A", act, role, data));
            Assert.Equal(KernelJson.Write(await Stored(node, "A")), KernelJson.Write(await Replayed(node, "A")));
        }
        Assert.Equal("completed", (await Stored(node, "A")).State);
        Assert.Equal(1, await node.Count("SELECT count(*) FROM evaluation WHERE case_no = 'A' AND score = 1"));
        Assert.Equal((await Stored(node, "A")).Timers.Length, await node.Count("SELECT count(*) FROM case_timer WHERE case_no = 'A'"));
        Assert.Equal((await Stored(node, "A")).Tasks.Length, await node.Count("SELECT count(*) FROM case_task WHERE case_no = 'A'"));
    }

    [Fact]
    public async Task a_refused_act_writes_its_audit_entry_and_nothing_else()
    {
        var node = NewNode();
        await node.Submit("A");
        var before = await Everything(node);

        var refused = Assert.IsType<SeamResult.Refused>(await node.Act("A", "approve", "decider"));

        Assert.NotEmpty(refused.Why.Rule);
        Assert.Equal([(refused.Why.Rule, refused.Why.Code)], await node.Rows<(string, string)>("SELECT rule, detail FROM audit_entry WHERE outcome = 'refused'"));
        Assert.Equal(before, string.Join('\n', (await Everything(node)).Split('\n').Where(line => !line.Contains("|refused|", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task what_is_due_fires_before_a_newer_act_and_is_dated_at_its_own_instant()
    {
        var node = NewNode();
        await node.Submit("A");
        node.Clock.Set(Node.At(9, 21, 9, 0));   // T-ACC ended at 2026-09-20 24:00 while nobody looked

        await node.Act("A", "accept", "acceptor");

        var history = await new CaseReads(node.Database).History("A", Stop);
        Assert.Equal(["submit", "timer", "timer", "accept"], history.Select(row => row.Stimulus));
        Assert.Equal(Node.At(9, 21).ToUnixTimeMilliseconds(), history[2].At);
        Assert.Equal(Node.At(9, 21, 9).ToUnixTimeMilliseconds(), history[2].RecordedAt);
    }

    [Fact]
    public async Task a_refused_act_still_leaves_what_was_due_before_it()
    {
        var node = NewNode();
        await node.Submit("A");
        node.Clock.Set(Node.At(9, 21, 9, 0));

        Assert.IsType<SeamResult.Refused>(await node.Act("A", "approve", "decider"));

        Assert.Equal(1, await node.Count("SELECT count(*) FROM case_timer WHERE timer_key = 'T-ACC' AND state = 'fired'"));
        Assert.Equal(1, await node.Count("SELECT count(*) FROM audit_entry WHERE outcome = 'refused'"));
    }

    [Fact]
    public async Task a_clock_that_goes_back_does_not_turn_the_order_of_facts()
    {
        var node = NewNode();
        await node.Submit("A");
        node.Clock.Set(Node.Friday - NodaTime.Duration.FromMinutes(30));

        await node.Act("A", "accept", "acceptor");

        var instants = (await new CaseReads(node.Database).History("A", Stop)).Select(row => row.At).ToList();
        Assert.Equal(instants.Order(), instants);
    }

    [Fact]
    public async Task a_case_number_that_exists_is_not_opened_again()
    {
        var node = NewNode();
        await node.Submit("A");
        var before = await Everything(node);

        Assert.IsType<SeamResult.Exists>(await node.Submit("A"));

        Assert.Equal(before, await Everything(node));
    }

    [Fact]
    public async Task an_unknown_case_is_not_found() => Assert.IsType<SeamResult.NotFound>(await NewNode().Act("nowhere", "accept", "acceptor"));

    [Fact]
    public async Task a_case_that_a_use_case_hides_is_answered_as_not_found_and_audited()
    {
        var node = NewNode();
        await node.Submit("A");

        var result = await node.Seam.Change(new("A", _ => new SeamDecision.Hide(), new(new("u-2", "applicant"), "case.withdraw")), Stop);

        Assert.IsType<SeamResult.NotFound>(result);
        Assert.Equal(1, await node.Count("SELECT count(*) FROM audit_entry WHERE actor_id = 'u-2' AND outcome = 'refused'"));
        Assert.Equal(1, (await Stored(node, "A")).Version);
    }

    [Fact]
    public async Task a_transition_takes_one_read_and_one_commit()
    {
        FaultyStore? counted = null;
        var node = NewNode(wrap: store => counted = new(store));
        await node.Submit("A");
        var (reads, commits) = (counted!.Reads, counted.Commits);

        await node.Act("A", "accept", "acceptor", key: "k");

        Assert.Equal((1, 1), (counted.Reads - reads, counted.Commits - commits));
    }

    [Theory]
    [InlineData("k", "h", typeof(SeamResult.Replayed))]
    [InlineData("k", "other", typeof(SeamResult.KeyReused))]
    [InlineData("other", "h", typeof(SeamResult.Refused))]
    public async Task the_same_key_gives_the_same_reply_and_another_body_under_it_is_refused(string key, string hash, Type expected)
    {
        var node = NewNode();
        await node.Submit("A");
        var first = Assert.IsType<SeamResult.Done>(await node.Act("A", "accept", "acceptor", key: "k"));
        var before = await node.Count("SELECT count(*) FROM case_event");

        var second = await node.Act("A", "accept", "acceptor", key: key, hash: hash);

        Assert.IsType(expected, second);
        if (second is SeamResult.Replayed replayed) Assert.Equal(first.Reply, replayed.Reply);
        Assert.Equal(before, await node.Count("SELECT count(*) FROM case_event"));
    }

    [Fact]
    public async Task the_key_of_another_person_is_another_key()
    {
        var node = NewNode();
        await node.Submit("A");
        await node.Act("A", "accept", "acceptor", key: "k");

        Assert.IsType<SeamResult.Done>(await node.Act("A", "review_done", "reviewer", """{"opinion": "positive"}""", key: "k"));
    }

    [Fact]
    public async Task sixty_four_requests_with_one_key_open_one_case()
    {
        var nodes = Enumerable.Range(0, 4).Select(_ => NewNode()).ToArray();

        var results = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => Task.Run(() => nodes[i % 4].Submit($"A{i}", key: "once"), Stop)));

        Assert.Single(results.OfType<SeamResult.Done>());
        Assert.Equal(63, results.OfType<SeamResult.Replayed>().Count());
        Assert.Equal(1, await nodes[0].Count("SELECT count(*) FROM service_case"));
        Assert.All(results.OfType<SeamResult.Replayed>(), each => Assert.Equal(results.OfType<SeamResult.Done>().Single().Reply, each.Reply));
    }

    [Fact]
    public async Task a_refusal_is_not_kept_under_the_key()
    {
        var node = NewNode();
        await node.Submit("A");
        await node.Act("A", "review_done", "reviewer", """{"opinion": "positive"}""", key: "k");
        await node.Act("A", "accept", "acceptor");

        Assert.IsType<SeamResult.Done>(await node.Act("A", "review_done", "reviewer", """{"opinion": "positive"}""", key: "k"));
    }

    [Fact]
    public async Task a_claimed_task_shows_its_holder_to_the_decision()
    {
        var node = NewNode();
        var task = Assert.IsType<SeamResult.Done>(await node.Submit("A")).State.Tasks[0].Id;
        var claims = new TaskClaims(node.Database, node.Clock);
        Assert.True(await claims.Claim(task, new("w-1", "acceptor"), Stop));
        Assert.False(await claims.Claim(task, new("w-2", "acceptor"), Stop));
        string? seen = null;

        await node.Seam.Change(new("A", loaded => { seen = loaded.ClaimedBy; return new SeamDecision.Hide(); }, new(new("w-2", "acceptor"), "task.complete"), TaskId: task), Stop);

        Assert.Equal("w-1", seen);
        Assert.True(await claims.Release(task, new("w-1", "acceptor"), Stop));
    }

    [Fact]
    public async Task the_standing_of_an_item_today_is_read_with_the_case()
    {
        var node = NewNode();
        await node.Run("INSERT INTO service_item (item_code, name, region, department, status, updated_at) VALUES ('X1', '事项', 'XA', 'd', 'in_force', 0)");
        await node.Run($"INSERT INTO item_standing (item_code, effective_from, status, reason, recorded_at, recorded_by) VALUES ('X1', {Node.Friday.ToUnixTimeMilliseconds() + 1}, 'cancelled', 'r', 0, 'x')");

        Assert.IsType<SeamResult.Done>(await node.Submit("A"));
        node.Clock.Set(Node.At(9, 18, 16));

        Assert.IsType<SeamResult.Refused>(await node.Submit("B"));
    }
}

public sealed class Seam_on_sqlite : SeamRules
{
    protected override Task<Migrations.ScratchDatabase> NewDatabase() => Task.FromResult<Migrations.ScratchDatabase>(new Migrations.ScratchSqlite());
}

public sealed class Seam_on_postgresql : SeamRules
{
    protected override Task<Migrations.ScratchDatabase> NewDatabase() => Migrations.ScratchPostgres.Create();
}
