using Orchestrator.Host.Clocks;
using Orchestrator.Host.Outbox;
using Orchestrator.Host.Storage;
using Orchestrator.Kernel.Engine;
using Orchestrator.Migrations;
using Orchestrator.Stores.Conformance.Migrations;

namespace Orchestrator.Stores.Conformance.Kit;

/// <summary>Base of every suite: a migrated database of its own, and as many nodes on it as a test wants.</summary>
public abstract class StoreRules : IAsyncLifetime
{
    readonly List<Node> nodes = [];
    ScratchDatabase database = null!;

    protected abstract Task<ScratchDatabase> NewDatabase();

    public async ValueTask InitializeAsync()
    {
        database = await NewDatabase();
        await new MigrationRunner(database.Engine, database.Connect, TimeProvider.System).Up(Stop);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in nodes) await node.DisposeAsync();
        if (database is not null) await database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    private protected bool IsSqlite => database.Engine == "sqlite";

    private protected string Engine => database.Engine;

    private protected string ConnectionString => database.ConnectionString;

    private protected Node NewNode(ManualClock? clock = null, CaseRules? rules = null, Func<ICaseStore, ICaseStore>? wrap = null, INoticeChannel? channel = null)
    {
        var node = new Node(database.Engine, database.ConnectionString, clock, rules, wrap, channel);
        nodes.Add(node);
        return node;
    }

    /// <summary>Everything that a case has in the tables, as text that can be compared.</summary>
    private protected static async Task<string> Everything(Node node)
    {
        var lines = new List<string>();
        foreach (var (table, columns) in Tables)
            lines.AddRange((await node.Rows<string>($"SELECT '{table} ' || {string.Join(" || '|' || ", columns.Split(' ').Select(column => $"COALESCE(CAST({column} AS text), '-')"))} FROM {table} ORDER BY 1")));
        return string.Join('\n', lines);
    }

    static readonly (string Table, string Columns)[] Tables =
    [
        ("service_case", "case_no version state status colour next_wake_at due_at updated_at body"),
        ("case_event", "case_no seq at recorded_at stimulus actor_id body"),
        ("case_task", "case_no task_id role claimed_by"),
        ("case_timer", "case_no timer_key state colour due_at next_at fired_at"),
        ("case_document", "case_no document_no name"),
        ("supervision_order", "case_no timer_key seq closed_at"),
        ("evaluation", "case_no seq score"),
        ("outbox", "message_id topic body dispatched_at"),
        ("idempotency", "actor_id request_key response"),
        ("audit_entry", "action target outcome rule"),
    ];

    /// <summary>The case as its history tells it; also asserts that numbers run from 1 without a gap.</summary>
    private protected static async Task<CaseState> Replayed(Node node, string caseNo)
    {
        var history = await new CaseReads(node.Database).History(caseNo, Stop);
        Assert.Equal(Enumerable.Range(1, history.Count).Select(i => (long)i), history.Select(row => row.Seq));
        return Fold.Replay(history.SelectMany(row => row.Events))!;
    }

    private protected static async Task<CaseState> Stored(Node node, string caseNo) => (await new CaseReads(node.Database).Load(caseNo, Stop))!.State;
}
