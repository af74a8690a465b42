using System.Text;
using System.Text.Json;
using Orchestrator.Host.Storage;
using Orchestrator.Kernel.Engine;
using Orchestrator.Stores.Conformance.Kit;

namespace Orchestrator.Torture;

/// <summary>Reads the tables and the histories of the clients, and says everything that is not as it was promised.</summary>
sealed class Checker(Node node, IReadOnlyList<Entry> history)
{
    readonly List<string> wrong = [];

    sealed record Fact(string CaseNo, long Seq, long At, long RecordedAt, string Body)
    {
        public System.Collections.Immutable.ImmutableArray<CaseEvent> Events { get; } = KernelJson.ReadEvents(Encoding.UTF8.GetBytes(Body));
        public StimulusTaken Taken => (StimulusTaken)Events[0];
        public string? Key => Taken.Data.ValueKind == JsonValueKind.Object && Taken.Data.TryGetProperty("key", out var key) ? key.GetString() : null;
    }

    /// <summary>The number of facts that were checked.</summary>
    public int Facts { get; private set; }

    /// <summary>Everything that is wrong; empty when all promises were kept.</summary>
    public async Task<IReadOnlyList<string>> Run()
    {
        var facts = await node.Rows<Fact>("SELECT case_no AS CaseNo, seq AS Seq, at AS At, recorded_at AS RecordedAt, body AS Body FROM case_event ORDER BY case_no, seq");
        Facts = facts.Count;
        await Answers(facts);
        foreach (var ofCase in facts.GroupBy(fact => fact.CaseNo)) await Case(ofCase.Key, [.. ofCase]);
        await Messages(facts);
        await Leftovers();
        return wrong;
    }

    /// <summary>Every ok stands in the history exactly once, a fail never, an unanswered request at most once; nothing stands there that nobody asked for.</summary>
    async Task Answers(List<Fact> facts)
    {
        var byKey = facts.Where(fact => fact.Key is not null).ToLookup(fact => fact.Key!);
        var asked = history.Where(entry => entry.Type == "invoke").Select(entry => entry.Key).ToHashSet();
        foreach (var entry in history.Where(entry => entry.Type == "ok"))
        {
            var found = byKey[entry.Key].ToList();
            if (found.Count != 1) wrong.Add($"{entry.Key} was answered but stands {found.Count} times in the history of {entry.CaseNo}");
            else if (found[0].Seq != entry.Version || found[0].CaseNo != entry.CaseNo) wrong.Add($"{entry.Key} was answered as {entry.CaseNo}:{entry.Version} but is {found[0].CaseNo}:{found[0].Seq}");
        }
        foreach (var key in history.Where(entry => entry.Type == "fail").Select(entry => entry.Key).Where(byKey.Contains)) wrong.Add($"{key} was refused but done");
        foreach (var key in byKey.Where(group => group.Count() > 1).Select(group => group.Key)) wrong.Add($"{key} was done {byKey[key].Count()} times");
        foreach (var key in byKey.Select(group => group.Key).Where(key => !asked.Contains(key))) wrong.Add($"{key} was done but never asked for");
        var kept = (await node.Rows<(string, long)>("SELECT request_key, count(*) FROM idempotency WHERE actor_id <> 'engine' GROUP BY request_key")).ToDictionary(row => row.Item1, row => row.Item2);
        foreach (var key in byKey.Select(group => group.Key).Where(key => kept.GetValueOrDefault(key) != 1)) wrong.Add($"{key} was done without its kept reply");
        foreach (var key in kept.Keys.Where(key => !byKey.Contains(key))) wrong.Add($"{key} has a kept reply but was not done");
    }

    /// <summary>Numbers without a gap, the state is what the history folds to, and the rows beside it say the same.</summary>
    async Task Case(string caseNo, List<Fact> facts)
    {
        var state = (await new CaseReads(node.Database).Load(caseNo, default))?.State;
        if (state is null) { wrong.Add($"{caseNo} has history but no row"); return; }
        if (!facts.Select(fact => fact.Seq).SequenceEqual(Enumerable.Range(1, facts.Count).Select(i => (long)i))) wrong.Add($"{caseNo}: numbers are {string.Join(' ', facts.Select(fact => fact.Seq))}");
        if (state.Version != facts.Count) wrong.Add($"{caseNo}: version {state.Version}, {facts.Count} facts");
        if (!KernelJson.Write(state).AsSpan().SequenceEqual(KernelJson.Write(Fold.Replay(facts.SelectMany(fact => fact.Events))!))) wrong.Add($"{caseNo}: the state is not what its history folds to");
        Timers(caseNo, facts, state);
        await Same("tasks", caseNo, state.Tasks.Select(task => task.Id), "SELECT task_id FROM case_task WHERE case_no = @caseNo");
        await Same("documents", caseNo, state.Documents.Select(document => document.No), "SELECT document_no FROM case_document WHERE case_no = @caseNo");
        await Same("open orders", caseNo, state.Orders, "SELECT timer_key FROM supervision_order WHERE case_no = @caseNo AND closed_at IS NULL");
        await Same("timers", caseNo, state.Timers.Select(timer => $"{timer.Key} {timer.State.ToString().ToLowerInvariant()} {timer.Due.ToUnixTimeMilliseconds()} {timer.NextWake?.ToUnixTimeMilliseconds()}"),
            "SELECT timer_key || ' ' || state || ' ' || due_at || ' ' || COALESCE(CAST(next_at AS text), '') FROM case_timer WHERE case_no = @caseNo");
        await Same("next wake", caseNo, [$"{state.NextWake?.ToUnixTimeMilliseconds()}"], "SELECT COALESCE(CAST(next_wake_at AS text), '') FROM service_case WHERE case_no = @caseNo");
    }

    /// <summary>Each expiry once, at its due instant, recorded not before it; nothing that was due is left.</summary>
    void Timers(string caseNo, List<Fact> facts, CaseState state)
    {
        var fired = new HashSet<(string, NodaTime.Instant)>();
        foreach (var fact in facts)
            foreach (var change in fact.Events.OfType<TimerChanged>().Where(change => change.Verb == TimerVerb.Fired))
            {
                if (!fired.Add((change.Timer.Key, change.Timer.StartedAt))) wrong.Add($"{caseNo}: {change.Timer.Key} fired twice");
                if (fact.Taken.At < change.Timer.Due) wrong.Add($"{caseNo}: {change.Timer.Key} fired before it was due");
                if (fact.RecordedAt < fact.At) wrong.Add($"{caseNo}: {change.Timer.Key} was recorded before its instant");
            }
        if (state.NextWake <= node.Clock.Now) wrong.Add($"{caseNo}: something due at {state.NextWake} has not fired");
    }

    async Task Same(string what, string caseNo, IEnumerable<string> expected, string sql)
    {
        var rows = await node.Rows<string>(sql, new { caseNo });
        if (!rows.Order(StringComparer.Ordinal).SequenceEqual(expected.Order(StringComparer.Ordinal))) wrong.Add($"{caseNo}: {what} are [{string.Join(", ", rows)}], the state says [{string.Join(", ", expected)}]");
    }

    /// <summary>Every fact that calls for a message has one row, sent; every notice was taken at least once under its one id.</summary>
    async Task Messages(List<Fact> facts)
    {
        var called = facts.SelectMany(fact => fact.Events.Where(happened => OutboxTopic.Of(happened) is not null).Select((happened, n) => $"{fact.CaseNo}:{fact.Seq}:{n + 1}")).ToHashSet();
        var rows = await node.Rows<(string Id, string Topic, long Sent)>("SELECT message_id, topic, COALESCE(dispatched_at, 0) FROM outbox");
        foreach (var id in called.Except(rows.Select(row => row.Id))) wrong.Add($"message {id} is missing");
        foreach (var id in rows.Select(row => row.Id).Except(called)) wrong.Add($"message {id} was called for by nothing");
        var taken = history.Where(entry => entry.Type == "taken").Select(entry => entry.Key).ToHashSet();
        foreach (var row in rows)
        {
            if (row.Sent == 0) wrong.Add($"message {row.Id} ({row.Topic}) was not sent");
            if (row.Topic == OutboxTopic.Notice && !taken.Contains(row.Id)) wrong.Add($"notice {row.Id} counts as sent, but no channel took it");
        }
    }

    async Task Leftovers()
    {
        foreach (var aside in await node.PutAside.All(default)) wrong.Add($"{aside.Kind} {aside.Subject} was put aside: {aside.Error}");
        if (node.Database.Engine == "sqlite" && (await node.Rows<string>("PRAGMA integrity_check"))[0] is not "ok" and var broken) wrong.Add(broken);
    }
}
