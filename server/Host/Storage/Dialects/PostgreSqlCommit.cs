using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Npgsql;

namespace Orchestrator.Host.Storage.Dialects;

/// <summary>
/// One commit of the seam as one statement: every table is a data-modifying part fed by arrays, one array per column, and every part
/// starts from the case rows that the version guard let pass. A stale case therefore writes nothing anywhere. Parts without rows are left
/// out; the text of each combination is put together once and prepared by the driver.
/// Lock order: service_case, then the parts in the order below; all rows of one case hang on its service_case row.
/// </summary>
static partial class PostgreSqlCommit
{
    /// <summary>Opens and advances cases. A case number that exists is not opened twice; a version that moved on is not advanced.</summary>
    const string Cases = """
        w AS (
          SELECT * FROM unnest(@CaseNo, @BaseVersion, @Version, @Kind, @ParentCaseNo, @DefinitionId, @DefinitionVersionId, @DefinitionVersion, @ItemCode, @ItemVersion,
            @ProfileId, @ProfileVersion, @Region, @Hall, @Department, @ApplicantId, @State, @Status, @Stage, @Colour, @Mode, @Outcome,
            @OpenedAt, @AcceptedOn, @DueAt, @NextWakeAt, @UpdatedAt, @Body)
          AS w (case_no, base_version, version, kind, parent_case_no, definition_id, definition_version_id, definition_version, item_code, item_version,
            profile_id, profile_version, region, hall, department, applicant_id, state, status, stage, colour, mode, outcome,
            opened_at, accepted_on, due_at, next_wake_at, updated_at, body)),
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
          SELECT r.* FROM unnest(@EventCaseNo, @EventSeq, @EventAt, @EventRecordedAt, @EventStimulus, @EventActorId, @EventActorRole, @EventCommitId, @EventBody)
            AS r (case_no, seq, at, recorded_at, stimulus, actor_id, actor_role, commit_id, body) JOIN u USING (case_no))
        """;

    const string ClosedTasks = """
        closed_task AS (
          DELETE FROM case_task t USING unnest(@ClosedTaskCaseNo, @ClosedTaskId) AS r (case_no, task_id) JOIN u USING (case_no)
          WHERE t.task_id = r.task_id)
        """;

    const string Tasks = """
        task AS (
          INSERT INTO case_task (case_no, task_id, token, node, activity, part, title_zh, title_en, role, department, hall, side, opened_at, due_at)
          SELECT r.* FROM unnest(@TaskCaseNo, @TaskId, @TaskToken, @TaskNode, @TaskActivity, @TaskPart, @TaskTitleZh, @TaskTitleEn, @TaskRole, @TaskDepartment, @TaskHall,
            @TaskSide, @TaskOpenedAt, @TaskDueAt)
            AS r (case_no, task_id, token, node, activity, part, title_zh, title_en, role, department, hall, side, opened_at, due_at) JOIN u USING (case_no))
        """;

    const string Timers = """
        timer AS (
          INSERT INTO case_timer (case_no, timer_key, kind, state, colour, due_at, next_at, provisional, fired_at, recorded_at)
          SELECT r.* FROM unnest(@TimerCaseNo, @TimerKey, @TimerKind, @TimerState, @TimerColour, @TimerDueAt, @TimerNextAt, @TimerProvisional, @TimerFiredAt, @TimerRecordedAt)
            AS r (case_no, timer_key, kind, state, colour, due_at, next_at, provisional, fired_at, recorded_at) JOIN u USING (case_no)
          ON CONFLICT (case_no, timer_key) DO UPDATE
          SET state = EXCLUDED.state, colour = EXCLUDED.colour, due_at = EXCLUDED.due_at, next_at = EXCLUDED.next_at, provisional = EXCLUDED.provisional,
              fired_at = EXCLUDED.fired_at, recorded_at = EXCLUDED.recorded_at)
        """;

    const string Documents = """
        document AS (
          INSERT INTO case_document (case_no, document_no, name, issued_at, content)
          SELECT r.* FROM unnest(@DocumentCaseNo, @DocumentNo, @DocumentName, @DocumentIssuedAt, @DocumentContent)
            AS r (case_no, document_no, name, issued_at, content) JOIN u USING (case_no))
        """;

    const string ClosedOrders = """
        closed_order AS (
          UPDATE supervision_order o SET closed_at = r.closed_at
          FROM unnest(@ClosedOrderCaseNo, @ClosedOrderTimerKey, @ClosedOrderAt) AS r (case_no, timer_key, closed_at) JOIN u USING (case_no)
          WHERE o.case_no = r.case_no AND o.timer_key = r.timer_key AND o.closed_at IS NULL)
        """;

    const string Orders = """
        supervision AS (
          INSERT INTO supervision_order (case_no, timer_key, seq, opened_at, closed_at, recipients)
          SELECT r.* FROM unnest(@OrderCaseNo, @OrderTimerKey, @OrderSeq, @OrderOpenedAt, @OrderClosedAt, @OrderRecipients)
            AS r (case_no, timer_key, seq, opened_at, closed_at, recipients) JOIN u USING (case_no))
        """;

    const string Evaluations = """
        rating AS (
          INSERT INTO evaluation (case_no, seq, score, channel, real_name, comment_text, at)
          SELECT r.* FROM unnest(@RatingCaseNo, @RatingSeq, @RatingScore, @RatingChannel, @RatingRealName, @RatingCommentText, @RatingAt)
            AS r (case_no, seq, score, channel, real_name, comment_text, at) JOIN u USING (case_no))
        """;

    const string Outbox = """
        message AS (
          INSERT INTO outbox (case_no, message_id, seq, topic, body, created_at)
          SELECT r.case_no, r.message_id, r.seq, r.topic, r.body, r.created_at
          FROM unnest(@MessageCaseNo, @MessageId, @MessageSeq, @MessageTopic, @MessageBody, @MessageCreatedAt) WITH ORDINALITY
            AS r (case_no, message_id, seq, topic, body, created_at, n) JOIN u USING (case_no)
          ORDER BY r.n)
        """;

    const string Idempotency = """
        answered AS (
          INSERT INTO idempotency (actor_id, request_key, request_hash, status, response, created_at)
          SELECT r.actor_id, r.request_key, r.request_hash, r.status, r.response, r.created_at
          FROM unnest(@AnswerCaseNo, @AnswerActorId, @AnswerRequestKey, @AnswerRequestHash, @AnswerStatus, @AnswerResponse, @AnswerCreatedAt)
            AS r (case_no, actor_id, request_key, request_hash, status, response, created_at) JOIN u USING (case_no))
        """;

    const string Audit = """
        audit AS (
          INSERT INTO audit_entry (at, actor_id, actor_role, action, target, outcome, rule, detail)
          SELECT r.at, r.actor_id, r.actor_role, r.action, r.target, r.outcome, r.rule, r.detail
          FROM unnest(@AuditCaseNo, @AuditAt, @AuditActorId, @AuditActorRole, @AuditAction, @AuditTarget, @AuditOutcome, @AuditRule, @AuditDetail)
            AS r (case_no, at, actor_id, actor_role, action, target, outcome, rule, detail) JOIN u USING (case_no))
        """;

    static readonly ConcurrentDictionary<int, Shape> Shapes = new();

    /// <summary>The statement that writes all of these in one go. Its scalar result is the number of cases that the guard let pass.</summary>
    public static NpgsqlCommand Command(NpgsqlConnection connection, IReadOnlyList<CaseWrite> writes)
    {
        var rows = new PostgreSqlRows(writes);
        var shape = Shapes.GetOrAdd(rows.Mask, static (_, rows) => Shape.Of(rows), rows);
        var command = new NpgsqlCommand(shape.Sql, connection);
        foreach (var bind in shape.Binders) command.Parameters.Add(bind(rows));
        return command;
    }

    /// <summary>The text for one combination of parts with its parameters numbered in the order of their first use.</summary>
    sealed record Shape(string Sql, IReadOnlyList<Func<PostgreSqlRows, NpgsqlParameter>> Binders)
    {
        public static Shape Of(PostgreSqlRows rows)
        {
            var parts = new List<string>();
            if (rows.Cases.Count > 0) parts.Add(Cases);
            if (rows.Opens) parts.Add(Opened);
            parts.Add(rows.Cases.Count == 0 ? NoCase : rows.Opens ? AdvancedAndOpened : OnlyAdvanced);
            Add(rows.Events.Count, Events);
            Add(rows.ClosedTasks.Count, ClosedTasks);
            Add(rows.Tasks.Count, Tasks);
            Add(rows.Timers.Count, Timers);
            Add(rows.Documents.Count, Documents);
            Add(rows.ClosedOrders.Count, ClosedOrders);
            Add(rows.Orders.Count, Orders);
            Add(rows.Evaluations.Count, Evaluations);
            Add(rows.Outbox.Count, Outbox);
            Add(rows.Idempotency.Count, Idempotency);
            Add(rows.Audit.Count, Audit);
            return Numbered($"WITH {string.Join(",\n", parts)}\nSELECT count(*) FROM u");

            void Add(int count, string part)
            {
                if (count > 0) parts.Add(part);
            }
        }

        static Shape Numbered(string named)
        {
            var names = new List<string>();
            var sql = Name().Replace(named, match =>
            {
                names.Add(match.Groups[1].Value);
                return $"${names.Count}";
            });
            return new(sql, [.. names.Select(name => PostgreSqlRows.Binders[name])]);
        }
    }

    [GeneratedRegex("@([A-Za-z]+)", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
