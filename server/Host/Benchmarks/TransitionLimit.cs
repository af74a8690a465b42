using System.Globalization;
using System.Text.RegularExpressions;
using Dapper;
using Orchestrator.Host.Storage;

namespace Orchestrator.Host.Benchmarks;

/// <summary>
/// What the database allows: pgbench doing the same reads and the same writes on the same tables, in the same number of round
/// trips and commits, with bodies of the same size, at the same concurrency, in the same run.
/// </summary>
static partial class TransitionLimit
{
    const int Seconds = 4;

    /// <summary>Puts in the cases that pgbench works on.</summary>
    public static Task Prepare(Database database, CountingStore counted, int cases) => Seed(database, counted, cases, counted.PerTransition.Tasks, counted.PerTransition.Timers);

    /// <summary>Transitions a second of bare SQL.</summary>
    public static async Task<double> Measure(PrivateCluster cluster, string databaseName, CountingStore counted, int cases, int clients)
    {
        var rows = counted.PerTransition;
        var script = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(script, Script(cases, rows));
            var printed = await PrivateCluster.Run($"{cluster.Programs}/pgbench",
            [
                "-h", "127.0.0.1", "-p", $"{cluster.Port}", "-U", "orchestrator", "-n", "-M", "prepared", "-c", $"{clients}", "-j", "2", "-T", $"{Seconds}", "-f", script,
                "-D", $"state={counted.Sample.State}", "-D", $"entry={counted.Sample.Entry}", "-D", $"message={counted.Sample.Message}", "-D", $"content={counted.Sample.Content}", databaseName,
            ]);
            return double.Parse(Tps().Match(printed).Groups[1].Value, CultureInfo.InvariantCulture);
        }
        finally
        {
            File.Delete(script);
        }
    }

    static string Script(int cases, (int Tasks, int ClosedTasks, int Timers, int Documents, int Outbox, int Audit) rows) => $"""
        \set id random(1, {cases})
        SELECT c.version AS ver, c.body AS bod, c.kind AS knd, c.region AS reg, c.hall AS hal, c.department AS dep, c.applicant_id AS app, t.claimed_by AS cla, i.request_hash AS has, i.response AS res
        FROM (SELECT 1) one
        LEFT JOIN service_case c ON c.case_no = 'L' || :id::bigint
        LEFT JOIN idempotency i ON i.actor_id = NULL AND i.request_key = NULL
        LEFT JOIN case_task t ON t.task_id = NULL \gset
        WITH u AS (
          UPDATE service_case c SET version = c.version + 1, state = 'reviewing', status = 'open', stage = 'review', colour = 'green', mode = 'normal',
            due_at = 1800000000000, next_wake_at = 1790000000000 + :id::bigint, updated_at = 1700000000000, body = :state
          WHERE c.case_no = 'L' || :id::bigint AND c.version = :ver::bigint RETURNING c.case_no, c.version),
        event AS (INSERT INTO case_event (case_no, seq, at, recorded_at, stimulus, actor_id, actor_role, commit_id, body) SELECT case_no, version, 1700000000000, 1700000000000, 'accept', 'a', 'acceptor', 'c', :entry FROM u),
        closed AS (DELETE FROM case_task t USING u, generate_series(1, {rows.ClosedTasks}) g WHERE t.task_id = u.case_no || '-' || (u.version - 1) || '-' || g),
        task AS (INSERT INTO case_task (case_no, task_id, token, node, activity, part, title_zh, title_en, role, department, hall, side, opened_at, due_at)
          SELECT case_no, case_no || '-' || version || '-' || g, 1, 'Review1', 'Gov.Review', NULL, '审查', 'Review', 'reviewer', 'dept', 'hall', 'back', 1700000000000, NULL FROM u, generate_series(1, {rows.Tasks}) g),
        timer AS (INSERT INTO case_timer (case_no, timer_key, kind, state, colour, due_at, next_at, provisional, fired_at, recorded_at)
          SELECT case_no, 'T-' || g, 'T-PRO', 'running', 'green', 1800000000000, 1790000000000, false, NULL, 1700000000000 FROM u, generate_series(1, {rows.Timers}) g
          ON CONFLICT (case_no, timer_key) DO UPDATE SET state = EXCLUDED.state, colour = EXCLUDED.colour, due_at = EXCLUDED.due_at, next_at = EXCLUDED.next_at, provisional = EXCLUDED.provisional, fired_at = EXCLUDED.fired_at, recorded_at = EXCLUDED.recorded_at),
        document AS (INSERT INTO case_document (case_no, document_no, name, issued_at, content) SELECT case_no, version || '-' || g, '受理凭证', 1700000000000, :content FROM u, generate_series(1, {rows.Documents}) g),
        message AS (INSERT INTO outbox (case_no, message_id, seq, topic, body, created_at) SELECT case_no, case_no || ':' || version || ':' || g, version, 'notice', :message, 1700000000000 FROM u, generate_series(1, {rows.Outbox}) g),
        audit AS (INSERT INTO audit_entry (at, actor_id, actor_role, action, target, outcome, rule, detail) SELECT 1700000000000, 'a', 'acceptor', 'task.complete', case_no, 'ok', NULL, NULL FROM u)
        SELECT count(*) FROM u;
        """;

    static Task Seed(Database database, CountingStore counted, int cases, int tasks, int timers) => database.Write(async (connection, transaction) =>
    {
        await connection.ExecuteAsync("""
            INSERT INTO service_case (case_no, version, kind, definition_id, definition_version_id, definition_version, item_code, item_version, profile_id, profile_version,
              region, hall, department, applicant_id, state, status, stage, colour, opened_at, updated_at, body)
            SELECT 'L' || g, 1, 'case', 'standard', 'standard-1', 1, 'BENCH', 1, 'XA', 1, 'XA', 'hall', 'dept', 'applicant-' || g, 'reviewing', 'open', 'review', 'green', 1700000000000 + g, 1700000000000, @body
            FROM generate_series(1, @cases) g
            """, new { cases, body = counted.Sample.State }, transaction);
        await connection.ExecuteAsync("""
            INSERT INTO case_task (case_no, task_id, token, node, activity, title_zh, title_en, role, department, hall, side, opened_at)
            SELECT 'L' || g, 'L' || g || '-1-' || k, 1, 'Review1', 'Gov.Review', '审查', 'Review', 'reviewer', 'dept', 'hall', 'back', 1700000000000 FROM generate_series(1, @cases) g, generate_series(1, @tasks) k
            """, new { cases, tasks }, transaction);
        await connection.ExecuteAsync("""
            INSERT INTO case_timer (case_no, timer_key, kind, state, colour, due_at, next_at, provisional, recorded_at)
            SELECT 'L' || g, 'T-' || k, 'T-PRO', 'running', 'green', 1800000000000, 1790000000000, false, 1700000000000 FROM generate_series(1, @cases) g, generate_series(1, @timers) k
            """, new { cases, timers }, transaction);
    }, CancellationToken.None);

    [GeneratedRegex(@"tps = ([0-9.]+)")]
    private static partial Regex Tps();
}
