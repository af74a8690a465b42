using System.Collections.Concurrent;
using Npgsql;

namespace Orchestrator.Host.Storage.Dialects;

/// <summary>
/// One commit of the seam as one statement: every table is a data-modifying part, and every part starts from the case rows that the
/// version guard let pass. A stale case therefore writes nothing anywhere. Parts without rows are left out; where <c>{rows}</c> stands,
/// the rows come as VALUES for a single case and as one array per column for a batch (<see cref="PostgreSqlRows{T}"/>). The text of each
/// shape is put together once and prepared by the driver.
/// Lock order: service_case, then the parts in the order below; all rows of one case hang on its service_case row.
/// </summary>
static class PostgreSqlCommit
{
    /// <summary>Opens and advances cases. A case number that exists is not opened twice; a version that moved on is not advanced.</summary>
    const string Cases = """
        w AS (SELECT * FROM {rows}),
        advanced AS (
          UPDATE service_case c
          SET version = w.version, definition_version_id = w.definition_version_id, definition_version = w.definition_version, item_version = w.item_version,
              profile_version = w.profile_version, applicant_id = w.applicant_id, state = w.state, status = w.status, stage = w.stage, colour = w.colour, mode = w.mode,
              outcome = w.outcome, accepted_on = w.accepted_on, due_at = w.due_at, next_wake_at = w.next_wake_at, updated_at = w.updated_at, body = w.body
          FROM w
          WHERE c.case_no = w.case_no AND c.version = w.base_version
          RETURNING c.case_no)
        """;

    const string Opened = """
        opened AS (
          INSERT INTO service_case (case_no, version, kind, parent_case_no, definition_id, definition_version_id, definition_version, item_code, item_version,
            profile_id, profile_version, region, hall, department, applicant_id, state, status, stage, colour, mode, outcome,
            opened_at, accepted_on, due_at, next_wake_at, updated_at, body)
          SELECT case_no, version, kind, parent_case_no, definition_id, definition_version_id, definition_version, item_code, item_version,
            profile_id, profile_version, region, hall, department, applicant_id, state, status, stage, colour, mode, outcome,
            opened_at, accepted_on, due_at, next_wake_at, updated_at, body
          FROM w WHERE w.base_version = 0
          ON CONFLICT (case_no) DO NOTHING
          RETURNING case_no)
        """;

    const string OnlyAdvanced = "u AS (SELECT case_no FROM advanced)";
    const string AdvancedAndOpened = "u AS (SELECT case_no FROM advanced UNION ALL SELECT case_no FROM opened)";
    const string NoCase = "u AS (SELECT ''::text AS case_no)";

    const string Events = """
        event AS (
          INSERT INTO case_event (case_no, seq, at, recorded_at, stimulus, actor_id, actor_role, commit_id, body)
          SELECT r.* FROM {rows} JOIN u USING (case_no))
        """;

    const string ClosedTasks = """
        closed_task AS (
          DELETE FROM case_task t USING {rows} JOIN u USING (case_no)
          WHERE t.task_id = r.task_id)
        """;

    const string Tasks = """
        task AS (
          INSERT INTO case_task (case_no, task_id, token, node, activity, part, title_zh, title_en, role, department, hall, side, opened_at, due_at)
          SELECT r.* FROM {rows} JOIN u USING (case_no))
        """;

    const string Timers = """
        timer AS (
          INSERT INTO case_timer (case_no, timer_key, kind, state, colour, due_at, next_at, provisional, fired_at, recorded_at)
          SELECT r.* FROM {rows} JOIN u USING (case_no)
          ON CONFLICT (case_no, timer_key) DO UPDATE
          SET state = EXCLUDED.state, colour = EXCLUDED.colour, due_at = EXCLUDED.due_at, next_at = EXCLUDED.next_at, provisional = EXCLUDED.provisional,
              fired_at = EXCLUDED.fired_at, recorded_at = EXCLUDED.recorded_at)
        """;

    const string Documents = """
        document AS (
          INSERT INTO case_document (case_no, document_no, name, issued_at, content)
          SELECT r.* FROM {rows} JOIN u USING (case_no))
        """;

    const string ClosedOrders = """
        closed_order AS (
          UPDATE supervision_order o SET closed_at = r.closed_at
          FROM {rows} JOIN u USING (case_no)
          WHERE o.case_no = r.case_no AND o.timer_key = r.timer_key AND o.closed_at IS NULL)
        """;

    const string Orders = """
        supervision AS (
          INSERT INTO supervision_order (case_no, timer_key, seq, opened_at, closed_at, recipients)
          SELECT r.* FROM {rows} JOIN u USING (case_no))
        """;

    const string Evaluations = """
        rating AS (
          INSERT INTO evaluation (case_no, seq, score, channel, real_name, comment_text, at)
          SELECT r.* FROM {rows} JOIN u USING (case_no))
        """;

    const string Outbox = """
        message AS (
          INSERT INTO outbox (case_no, message_id, seq, topic, body, created_at)
          SELECT r.case_no, r.message_id, r.seq, r.topic, r.body, r.created_at FROM {rows} JOIN u USING (case_no)
          ORDER BY r.n)
        """;

    const string Idempotency = """
        answered AS (
          INSERT INTO idempotency (actor_id, request_key, request_hash, status, response, created_at)
          SELECT r.actor_id, r.request_key, r.request_hash, r.status, r.response, r.created_at
          FROM {rows} JOIN u USING (case_no))
        """;

    const string Audit = """
        audit AS (
          INSERT INTO audit_entry (at, actor_id, actor_role, action, target, outcome, rule, detail)
          SELECT r.at, r.actor_id, r.actor_role, r.action, r.target, r.outcome, r.rule, r.detail
          FROM {rows} JOIN u USING (case_no))
        """;

    /// <summary>More rows than this in one part go as arrays, so that the number of shapes stays small.</summary>
    const int MostValues = 6;

    static readonly PostgreSqlRows<CaseRow> CaseRows = new(write => write.Case is { } row ? [row] : [],
        new("case_no", row => row.CaseNo), new("base_version", row => row.BaseVersion), new("version", row => row.Version), new("kind", row => row.Kind),
        new("parent_case_no", row => row.ParentCaseNo), new("definition_id", row => row.DefinitionId), new("definition_version_id", row => row.DefinitionVersionId),
        new("definition_version", row => row.DefinitionVersion), new("item_code", row => row.ItemCode), new("item_version", row => row.ItemVersion),
        new("profile_id", row => row.ProfileId), new("profile_version", row => row.ProfileVersion), new("region", row => row.Region), new("hall", row => row.Hall),
        new("department", row => row.Department), new("applicant_id", row => row.ApplicantId), new("state", row => row.State), new("status", row => row.Status),
        new("stage", row => row.Stage), new("colour", row => row.Colour), new("mode", row => row.Mode), new("outcome", row => row.Outcome),
        new("opened_at", row => row.OpenedAt), new("accepted_on", row => row.AcceptedOn), new("due_at", row => row.DueAt), new("next_wake_at", row => row.NextWakeAt),
        new("updated_at", row => row.UpdatedAt), new("body", row => row.Body));

    static readonly PostgreSqlRows<EventRow> EventRows = new(write => write.Events,
        new("case_no", row => row.CaseNo), new("seq", row => row.Seq), new("at", row => row.At), new("recorded_at", row => row.RecordedAt), new("stimulus", row => row.Stimulus),
        new("actor_id", row => row.ActorId), new("actor_role", row => row.ActorRole), new("commit_id", row => row.CommitId), new("body", row => row.Body));

    static readonly PostgreSqlRows<ClosedTaskRow> ClosedTaskRows = new(write => write.ClosedTasks, new("case_no", row => row.CaseNo), new("task_id", row => row.TaskId));

    static readonly PostgreSqlRows<TaskRow> TaskRows = new(write => write.Tasks,
        new("case_no", row => row.CaseNo), new("task_id", row => row.TaskId), new("token", row => row.Token), new("node", row => row.Node), new("activity", row => row.Activity),
        new("part", row => row.Part), new("title_zh", row => row.TitleZh), new("title_en", row => row.TitleEn), new("role", row => row.Role),
        new("department", row => row.Department), new("hall", row => row.Hall), new("side", row => row.Side), new("opened_at", row => row.OpenedAt), new("due_at", row => row.DueAt));

    static readonly PostgreSqlRows<TimerRow> TimerRows = new(write => write.Timers,
        new("case_no", row => row.CaseNo), new("timer_key", row => row.TimerKey), new("kind", row => row.Kind), new("state", row => row.State), new("colour", row => row.Colour),
        new("due_at", row => row.DueAt), new("next_at", row => row.NextAt), new("provisional", row => row.Provisional), new("fired_at", row => row.FiredAt),
        new("recorded_at", row => row.RecordedAt));

    static readonly PostgreSqlRows<DocumentRow> DocumentRows = new(write => write.Documents,
        new("case_no", row => row.CaseNo), new("document_no", row => row.DocumentNo), new("name", row => row.Name), new("issued_at", row => row.IssuedAt),
        new("content", row => row.Content));

    static readonly PostgreSqlRows<ClosedOrderRow> ClosedOrderRows = new(write => write.ClosedOrders,
        new("case_no", row => row.CaseNo), new("timer_key", row => row.TimerKey), new("closed_at", row => row.ClosedAt));

    static readonly PostgreSqlRows<OrderRow> OrderRows = new(write => write.Orders,
        new("case_no", row => row.CaseNo), new("timer_key", row => row.TimerKey), new("seq", row => row.Seq), new("opened_at", row => row.OpenedAt),
        new("closed_at", row => row.ClosedAt), new("recipients", row => row.Recipients));

    static readonly PostgreSqlRows<EvaluationRow> EvaluationRows = new(write => write.Evaluations,
        new("case_no", row => row.CaseNo), new("seq", row => row.Seq), new("score", row => row.Score), new("channel", row => row.Channel), new("real_name", row => row.RealName),
        new("comment_text", row => row.CommentText), new("at", row => row.At));

    /// <summary>Numbered, because identities are drawn in the order of the rows and give the order of sending.</summary>
    static readonly PostgreSqlRows<OutboxRow> OutboxRows = new(write => write.Outbox,
        new("case_no", row => row.CaseNo), new("message_id", row => row.MessageId), new("seq", row => row.Seq), new("topic", row => row.Topic), new("body", row => row.Body),
        new("created_at", row => row.CreatedAt), new("n", row => row.N));

    static readonly PostgreSqlRows<IdempotencyRow> IdempotencyRows = new(write => write.Idempotency,
        new("case_no", row => row.CaseNo), new("actor_id", row => row.ActorId), new("request_key", row => row.RequestKey), new("request_hash", row => row.RequestHash),
        new("status", row => row.Status), new("response", row => row.Response), new("created_at", row => row.CreatedAt));

    static readonly PostgreSqlRows<AuditRow> AuditRows = new(write => write.Audit,
        new("case_no", row => row.CaseNo), new("at", row => row.At), new("actor_id", row => row.ActorId), new("actor_role", row => row.ActorRole), new("action", row => row.Action),
        new("target", row => row.Target), new("outcome", row => row.Outcome), new("rule", row => row.Rule), new("detail", row => row.Detail));

    /// <summary>The parts in the order in which they stand in the statement, and in which their parameters are numbered.</summary>
    static readonly (IPostgreSqlRows Rows, string Sql)[] Parts =
    [
        (CaseRows, Cases), (EventRows, Events), (ClosedTaskRows, ClosedTasks), (TaskRows, Tasks), (TimerRows, Timers), (DocumentRows, Documents), (ClosedOrderRows, ClosedOrders),
        (OrderRows, Orders), (EvaluationRows, Evaluations), (OutboxRows, Outbox), (IdempotencyRows, Idempotency), (AuditRows, Audit),
    ];

    static readonly ConcurrentDictionary<string, string> Shapes = new();

    /// <summary>The statement that writes all of these in one go. Its scalar result is the number of cases that the guard let pass.</summary>
    public static NpgsqlCommand Command(NpgsqlConnection connection, IReadOnlyList<CaseWrite> writes)
    {
        Span<char> key = stackalloc char[Parts.Length + 1];
        var arrays = writes.Count > 1 || Parts.Any(part => part.Rows.Count(writes) > MostValues);
        for (var i = 0; i < Parts.Length; i++) key[i] = (char)(Math.Min(Parts[i].Rows.Count(writes), MostValues + 1) + '0');
        if (arrays) for (var i = 0; i < Parts.Length; i++) key[i] = key[i] == '0' ? '0' : 'a';
        var opens = writes.Any(write => write.Case is { BaseVersion: 0 });
        key[^1] = opens ? 'o' : '-';
        var shape = new string(key);
        var command = new NpgsqlCommand(Shapes.GetOrAdd(shape, Text), connection);
        foreach (var (rows, _) in Parts) rows.Bind(command.Parameters, writes, arrays);
        return command;
    }

    /// <summary>The text of a shape: one character per part, <c>0</c> for no rows, <c>a</c> for arrays, else the number of rows; then whether cases are opened.</summary>
    static string Text(string shape)
    {
        var parts = new List<string>();
        var parameter = 0;
        for (var i = 0; i < Parts.Length; i++)
        {
            if (shape[i] != '0') parts.Add(Parts[i].Sql.Replace("{rows}", Parts[i].Rows.Source(shape[i] == 'a' ? 0 : shape[i] - '0', ref parameter), StringComparison.Ordinal));
            if (i > 0) continue;
            if (shape[^1] == 'o') parts.Add(Opened);
            parts.Add(shape[0] == '0' ? NoCase : shape[^1] == 'o' ? AdvancedAndOpened : OnlyAdvanced);
        }
        return $"WITH {string.Join(",\n", parts)}\nSELECT count(*) FROM u";
    }
}
