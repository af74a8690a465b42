using System.Data.Common;
using Orchestrator.Host.Storage;
using Orchestrator.Kernel.Engine;
using Orchestrator.Stores.Conformance.Kit;

namespace Orchestrator.Stores.Conformance.Seam;

/// <summary>All or nothing (R2): whichever table refuses its row, before or after writing it, nothing of the commit stays.</summary>
public abstract class AtomicityRules : StoreRules
{
    public static TheoryData<string, string, string> EveryStatement()
    {
        var data = new TheoryData<string, string, string>();
        foreach (var moment in new[] { "BEFORE", "AFTER" })
        {
            foreach (var table in new[] { "case_event", "case_task", "case_timer", "case_document", "supervision_order", "evaluation", "outbox", "idempotency", "audit_entry" }) data.Add(moment, "INSERT", table);
            data.Add(moment, "UPDATE", "service_case");
            data.Add(moment, "UPDATE", "case_timer");
            data.Add(moment, "UPDATE", "supervision_order");
            data.Add(moment, "DELETE", "case_task");
        }
        return data;
    }

    [Theory, MemberData(nameof(EveryStatement))]
    public async Task a_commit_in_which_one_statement_fails_leaves_nothing(string moment, string verb, string table)
    {
        var node = NewNode();
        var before = await Opened(node);
        await FailOn(node, moment, verb, table);
        var unbroken = await Everything(node);

        await Assert.ThrowsAnyAsync<DbException>(() => Commit(node, before));

        Assert.Equal(unbroken, await Everything(node));
        Assert.Equal(1, (await Stored(node, "A")).Version);
    }

    [Fact]
    public async Task the_same_commit_stands_as_a_whole_where_nothing_fails()
    {
        var node = NewNode();

        Assert.Equal(CommitOutcome.Committed, await Commit(node, await Opened(node)));

        foreach (var table in new[] { "case_event", "case_document", "evaluation", "outbox", "idempotency" })
            Assert.NotEqual(0, await node.Count($"SELECT count(*) FROM {table} WHERE {(table == "idempotency" ? "request_key = 'k'" : table is "case_document" ? "document_no = 'D-9'" : table == "outbox" ? "message_id = 'A:2:1'" : "seq = 2")}"));
        Assert.Equal(0, await node.Count("SELECT count(*) FROM supervision_order WHERE timer_key = 'OLD' AND closed_at IS NULL"));
        Assert.Equal(["A-T9"], await node.Rows<string>("SELECT task_id FROM case_task"));
        Assert.Equal(2, await node.Count("SELECT version FROM service_case"));
    }

    /// <summary>A case with an open task, a timer and an open order.</summary>
    static async Task<CaseState> Opened(Node node)
    {
        var state = ((SeamResult.Done)await node.Submit("A")).State;
        await node.Run("INSERT INTO supervision_order (case_no, timer_key, seq, opened_at, recipients) VALUES ('A', 'OLD', 1, 0, '[]')");
        return state;
    }

    /// <summary>A commit that touches every table with every verb the seam has.</summary>
    static Task<CommitOutcome> Commit(Node node, CaseState before)
    {
        var timer = before.Timers[0];
        var now = Node.At(9, 20, 10);
        CaseEvent[] events =
        [
            new StimulusTaken("everything", Actor.Engine, now, Node.Data("{}")),
            new TaskClosed(before.Tasks[0].Id, "done"), new TaskOpened(before.Tasks[0] with { Id = "A-T9" }),
            new TimerChanged(TimerVerb.Stopped, timer with { State = TimerState.Stopped, StoppedAt = now }),
            new TimerChanged(TimerVerb.Started, timer with { Key = "T-PRO", Kind = "T-PRO" }),
            new DocumentIssued(new("D-9", "文书", now), Node.Data("{}")), new OrderClosed("OLD"), new OrderOpened("NEW", ["supervisor"]),
            new EvaluationGiven(5, "online", false, null), new MessagePublished("topic", Node.Data("{}")),
        ];
        var state = events.Aggregate(before, Fold.Apply);
        var flow = Orchestrator.Kernel.Definitions.ShippedWorkflows.Get("standard");
        var write = CaseWrite.Of(flow, new("case", "XA", "hall-1", "dept-1", "u-1"), before.Version, [new(state, [.. events])], "c-1", now) with
        {
            Idempotency = [new("A", "u-1", "k", "h", 200, "{}", 0)],
            Audit = [new("A", 0, "u-1", "applicant", "everything", "A", "ok", null, null)],
        };
        return node.Store.Commit(write, Stop);
    }

    Task FailOn(Node node, string moment, string verb, string table) => IsSqlite
        ? node.Run($"CREATE TRIGGER fault {moment} {verb} ON {table} BEGIN SELECT RAISE(ABORT, 'fault'); END")
        : node.Run($"""
            CREATE FUNCTION fault() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'fault'; END $$;
            CREATE TRIGGER fault {moment} {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION fault()
            """);
}

public sealed class Atomicity_on_sqlite : AtomicityRules
{
    protected override Task<Migrations.ScratchDatabase> NewDatabase() => Task.FromResult<Migrations.ScratchDatabase>(new Migrations.ScratchSqlite());
}

public sealed class Atomicity_on_postgresql : AtomicityRules
{
    protected override Task<Migrations.ScratchDatabase> NewDatabase() => Migrations.ScratchPostgres.Create();
}
