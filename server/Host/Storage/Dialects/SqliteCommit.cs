using Dapper;
using Microsoft.Data.Sqlite;

namespace Orchestrator.Host.Storage.Dialects;

/// <summary>The statements of one commit on SQLite, in the order in which they run. The case row comes first: where its guard holds, nothing else is written.</summary>
static class SqliteCommit
{
    const string Advance = """
        UPDATE service_case
        SET version = @Version, definition_version_id = @DefinitionVersionId, definition_version = @DefinitionVersion, item_version = @ItemVersion,
            profile_version = @ProfileVersion, applicant_id = @ApplicantId, state = @State, status = @Status, stage = @Stage, colour = @Colour, mode = @Mode,
            outcome = @Outcome, accepted_on = @AcceptedOn, due_at = @DueAt, next_wake_at = @NextWakeAt, updated_at = @UpdatedAt, body = @Body
        WHERE case_no = @CaseNo AND version = @BaseVersion
        """;

    const string Open = """
        INSERT INTO service_case (case_no, version, kind, parent_case_no, definition_id, definition_version_id, definition_version, item_code, item_version,
            profile_id, profile_version, region, hall, department, applicant_id, state, status, stage, colour, mode, outcome,
            opened_at, accepted_on, due_at, next_wake_at, updated_at, body)
        VALUES (@CaseNo, @Version, @Kind, @ParentCaseNo, @DefinitionId, @DefinitionVersionId, @DefinitionVersion, @ItemCode, @ItemVersion,
            @ProfileId, @ProfileVersion, @Region, @Hall, @Department, @ApplicantId, @State, @Status, @Stage, @Colour, @Mode, @Outcome,
            @OpenedAt, @AcceptedOn, @DueAt, @NextWakeAt, @UpdatedAt, @Body)
        ON CONFLICT (case_no) DO NOTHING
        """;

    const string InsertEvent = """
        INSERT INTO case_event (case_no, seq, at, recorded_at, stimulus, actor_id, actor_role, commit_id, body)
        VALUES (@CaseNo, @Seq, @At, @RecordedAt, @Stimulus, @ActorId, @ActorRole, @CommitId, @Body)
        """;

    const string DeleteTask = "DELETE FROM case_task WHERE task_id = @TaskId";

    const string InsertTask = """
        INSERT INTO case_task (task_id, case_no, token, node, activity, part, title_zh, title_en, role, department, hall, side, opened_at, due_at)
        VALUES (@TaskId, @CaseNo, @Token, @Node, @Activity, @Part, @TitleZh, @TitleEn, @Role, @Department, @Hall, @Side, @OpenedAt, @DueAt)
        """;

    const string SetTimer = """
        INSERT INTO case_timer (case_no, timer_key, kind, state, colour, due_at, next_at, provisional, fired_at, recorded_at)
        VALUES (@CaseNo, @TimerKey, @Kind, @State, @Colour, @DueAt, @NextAt, @Provisional, @FiredAt, @RecordedAt)
        ON CONFLICT (case_no, timer_key) DO UPDATE
        SET state = excluded.state, colour = excluded.colour, due_at = excluded.due_at, next_at = excluded.next_at, provisional = excluded.provisional,
            fired_at = excluded.fired_at, recorded_at = excluded.recorded_at
        """;

    const string InsertDocument = "INSERT INTO case_document (case_no, document_no, name, issued_at, content) VALUES (@CaseNo, @DocumentNo, @Name, @IssuedAt, @Content)";

    const string CloseOrder = "UPDATE supervision_order SET closed_at = @ClosedAt WHERE case_no = @CaseNo AND timer_key = @TimerKey AND closed_at IS NULL";

    const string InsertOrder = """
        INSERT INTO supervision_order (case_no, timer_key, seq, opened_at, closed_at, recipients)
        VALUES (@CaseNo, @TimerKey, @Seq, @OpenedAt, @ClosedAt, @Recipients)
        """;

    const string InsertEvaluation = """
        INSERT INTO evaluation (case_no, seq, score, channel, real_name, comment_text, at)
        VALUES (@CaseNo, @Seq, @Score, @Channel, @RealName, @CommentText, @At)
        """;

    const string InsertMessage = """
        INSERT INTO outbox (case_no, message_id, seq, topic, body, created_at)
        VALUES (@CaseNo, @MessageId, @Seq, @Topic, @Body, @CreatedAt)
        """;

    const string InsertAnswer = """
        INSERT INTO idempotency (actor_id, request_key, request_hash, status, response, created_at)
        VALUES (@ActorId, @RequestKey, @RequestHash, @Status, @Response, @CreatedAt)
        """;

    const string InsertAudit = """
        INSERT INTO audit_entry (at, actor_id, actor_role, action, target, outcome, rule, detail)
        VALUES (@At, @ActorId, @ActorRole, @Action, @Target, @Outcome, @Rule, @Detail)
        """;

    /// <summary>Runs the statements; the number of rows they wrote.</summary>
    /// <exception cref="StaleCaseException">The version guard held.</exception>
    public static int Write(SqliteConnection connection, SqliteTransaction transaction, CaseWrite write)
    {
        var rows = 0;
        if (write.Case is { } row && Run(row.BaseVersion == 0 ? Open : Advance, row) == 0) throw new StaleCaseException();
        All(InsertEvent, write.Events);
        All(DeleteTask, write.ClosedTasks);
        All(InsertTask, write.Tasks);
        All(SetTimer, write.Timers);
        All(InsertDocument, write.Documents);
        All(CloseOrder, write.ClosedOrders);
        All(InsertOrder, write.Orders);
        All(InsertEvaluation, write.Evaluations);
        All(InsertMessage, write.Outbox);
        All(InsertAnswer, write.Idempotency);
        All(InsertAudit, write.Audit);
        return rows;

        int Run(string sql, object parameters)
        {
            var changed = connection.Execute(sql, parameters, transaction);
            rows += changed;
            return changed;
        }

        void All<T>(string sql, IReadOnlyList<T> list)
        {
            if (list.Count > 0) Run(sql, list);
        }
    }
}
