using Npgsql;
using NpgsqlTypes;

namespace Orchestrator.Host.Storage.Dialects;

/// <summary>The rows of some writes by table, and how each column becomes an array parameter.</summary>
sealed class PostgreSqlRows
{
    public PostgreSqlRows(IReadOnlyList<CaseWrite> writes)
    {
        Cases = [.. writes.Where(write => write.Case is not null).Select(write => write.Case!)];
        Events = All(writes, write => write.Events);
        Tasks = All(writes, write => write.Tasks);
        ClosedTasks = All(writes, write => write.ClosedTasks);
        Timers = All(writes, write => write.Timers);
        Documents = All(writes, write => write.Documents);
        Orders = All(writes, write => write.Orders);
        ClosedOrders = All(writes, write => write.ClosedOrders);
        Evaluations = All(writes, write => write.Evaluations);
        Outbox = All(writes, write => write.Outbox);
        Idempotency = All(writes, write => write.Idempotency);
        Audit = All(writes, write => write.Audit);
    }

    public IReadOnlyList<CaseRow> Cases { get; }
    public IReadOnlyList<EventRow> Events { get; }
    public IReadOnlyList<TaskRow> Tasks { get; }
    public IReadOnlyList<ClosedTaskRow> ClosedTasks { get; }
    public IReadOnlyList<TimerRow> Timers { get; }
    public IReadOnlyList<DocumentRow> Documents { get; }
    public IReadOnlyList<OrderRow> Orders { get; }
    public IReadOnlyList<ClosedOrderRow> ClosedOrders { get; }
    public IReadOnlyList<EvaluationRow> Evaluations { get; }
    public IReadOnlyList<OutboxRow> Outbox { get; }
    public IReadOnlyList<IdempotencyRow> Idempotency { get; }
    public IReadOnlyList<AuditRow> Audit { get; }

    /// <summary>Whether a case is opened.</summary>
    public bool Opens => Cases.Any(row => row.BaseVersion == 0);

    /// <summary>Which parts have rows, as bits.</summary>
    public int Mask =>
        Bit(Cases.Count, 0) | Bit(Opens ? 1 : 0, 1) | Bit(Events.Count, 2) | Bit(Tasks.Count, 3) | Bit(ClosedTasks.Count, 4) | Bit(Timers.Count, 5) | Bit(Documents.Count, 6)
        | Bit(Orders.Count, 7) | Bit(ClosedOrders.Count, 8) | Bit(Evaluations.Count, 9) | Bit(Outbox.Count, 10) | Bit(Idempotency.Count, 11) | Bit(Audit.Count, 12);

    static int Bit(int count, int at) => count > 0 ? 1 << at : 0;

    static IReadOnlyList<T> All<T>(IReadOnlyList<CaseWrite> writes, Func<CaseWrite, IReadOnlyList<T>> rows) =>
        writes.Count == 1 ? rows(writes[0]) : [.. writes.SelectMany(rows)];

    /// <summary>Array parameters by the names that the statement parts use.</summary>
    public static readonly IReadOnlyDictionary<string, Func<PostgreSqlRows, NpgsqlParameter>> Binders = new Dictionary<string, Func<PostgreSqlRows, NpgsqlParameter>>
    {
        ["CaseNo"] = rows => Texts(rows.Cases, row => row.CaseNo),
        ["BaseVersion"] = rows => Numbers(rows.Cases, row => row.BaseVersion),
        ["Version"] = rows => Numbers(rows.Cases, row => row.Version),
        ["Kind"] = rows => Texts(rows.Cases, row => row.Kind),
        ["ParentCaseNo"] = rows => Texts(rows.Cases, row => row.ParentCaseNo),
        ["DefinitionId"] = rows => Texts(rows.Cases, row => row.DefinitionId),
        ["DefinitionVersionId"] = rows => Texts(rows.Cases, row => row.DefinitionVersionId),
        ["DefinitionVersion"] = rows => Numbers(rows.Cases, row => row.DefinitionVersion),
        ["ItemCode"] = rows => Texts(rows.Cases, row => row.ItemCode),
        ["ItemVersion"] = rows => Numbers(rows.Cases, row => row.ItemVersion),
        ["ProfileId"] = rows => Texts(rows.Cases, row => row.ProfileId),
        ["ProfileVersion"] = rows => Numbers(rows.Cases, row => row.ProfileVersion),
        ["Region"] = rows => Texts(rows.Cases, row => row.Region),
        ["Hall"] = rows => Texts(rows.Cases, row => row.Hall),
        ["Department"] = rows => Texts(rows.Cases, row => row.Department),
        ["ApplicantId"] = rows => Texts(rows.Cases, row => row.ApplicantId),
        ["State"] = rows => Texts(rows.Cases, row => row.State),
        ["Status"] = rows => Texts(rows.Cases, row => row.Status),
        ["Stage"] = rows => Texts(rows.Cases, row => row.Stage),
        ["Colour"] = rows => Texts(rows.Cases, row => row.Colour),
        ["Mode"] = rows => Texts(rows.Cases, row => row.Mode),
        ["Outcome"] = rows => Texts(rows.Cases, row => row.Outcome),
        ["OpenedAt"] = rows => Numbers(rows.Cases, row => row.OpenedAt),
        ["AcceptedOn"] = rows => Texts(rows.Cases, row => row.AcceptedOn),
        ["DueAt"] = rows => Numbers(rows.Cases, row => row.DueAt),
        ["NextWakeAt"] = rows => Numbers(rows.Cases, row => row.NextWakeAt),
        ["UpdatedAt"] = rows => Numbers(rows.Cases, row => row.UpdatedAt),
        ["Body"] = rows => Texts(rows.Cases, row => row.Body),

        ["EventCaseNo"] = rows => Texts(rows.Events, row => row.CaseNo),
        ["EventSeq"] = rows => Numbers(rows.Events, row => row.Seq),
        ["EventAt"] = rows => Numbers(rows.Events, row => row.At),
        ["EventRecordedAt"] = rows => Numbers(rows.Events, row => row.RecordedAt),
        ["EventStimulus"] = rows => Texts(rows.Events, row => row.Stimulus),
        ["EventActorId"] = rows => Texts(rows.Events, row => row.ActorId),
        ["EventActorRole"] = rows => Texts(rows.Events, row => row.ActorRole),
        ["EventCommitId"] = rows => Texts(rows.Events, row => row.CommitId),
        ["EventBody"] = rows => Texts(rows.Events, row => row.Body),

        ["ClosedTaskCaseNo"] = rows => Texts(rows.ClosedTasks, row => row.CaseNo),
        ["ClosedTaskId"] = rows => Texts(rows.ClosedTasks, row => row.TaskId),

        ["TaskCaseNo"] = rows => Texts(rows.Tasks, row => row.CaseNo),
        ["TaskId"] = rows => Texts(rows.Tasks, row => row.TaskId),
        ["TaskToken"] = rows => Numbers(rows.Tasks, row => row.Token),
        ["TaskNode"] = rows => Texts(rows.Tasks, row => row.Node),
        ["TaskActivity"] = rows => Texts(rows.Tasks, row => row.Activity),
        ["TaskPart"] = rows => Texts(rows.Tasks, row => row.Part),
        ["TaskTitleZh"] = rows => Texts(rows.Tasks, row => row.TitleZh),
        ["TaskTitleEn"] = rows => Texts(rows.Tasks, row => row.TitleEn),
        ["TaskRole"] = rows => Texts(rows.Tasks, row => row.Role),
        ["TaskDepartment"] = rows => Texts(rows.Tasks, row => row.Department),
        ["TaskHall"] = rows => Texts(rows.Tasks, row => row.Hall),
        ["TaskSide"] = rows => Texts(rows.Tasks, row => row.Side),
        ["TaskOpenedAt"] = rows => Numbers(rows.Tasks, row => row.OpenedAt),
        ["TaskDueAt"] = rows => Numbers(rows.Tasks, row => row.DueAt),

        ["TimerCaseNo"] = rows => Texts(rows.Timers, row => row.CaseNo),
        ["TimerKey"] = rows => Texts(rows.Timers, row => row.TimerKey),
        ["TimerKind"] = rows => Texts(rows.Timers, row => row.Kind),
        ["TimerState"] = rows => Texts(rows.Timers, row => row.State),
        ["TimerColour"] = rows => Texts(rows.Timers, row => row.Colour),
        ["TimerDueAt"] = rows => Numbers(rows.Timers, row => row.DueAt),
        ["TimerNextAt"] = rows => Numbers(rows.Timers, row => row.NextAt),
        ["TimerProvisional"] = rows => Flags(rows.Timers, row => row.Provisional),
        ["TimerFiredAt"] = rows => Numbers(rows.Timers, row => row.FiredAt),
        ["TimerRecordedAt"] = rows => Numbers(rows.Timers, row => row.RecordedAt),

        ["DocumentCaseNo"] = rows => Texts(rows.Documents, row => row.CaseNo),
        ["DocumentNo"] = rows => Texts(rows.Documents, row => row.DocumentNo),
        ["DocumentName"] = rows => Texts(rows.Documents, row => row.Name),
        ["DocumentIssuedAt"] = rows => Numbers(rows.Documents, row => row.IssuedAt),
        ["DocumentContent"] = rows => Texts(rows.Documents, row => row.Content),

        ["ClosedOrderCaseNo"] = rows => Texts(rows.ClosedOrders, row => row.CaseNo),
        ["ClosedOrderTimerKey"] = rows => Texts(rows.ClosedOrders, row => row.TimerKey),
        ["ClosedOrderAt"] = rows => Numbers(rows.ClosedOrders, row => row.ClosedAt),

        ["OrderCaseNo"] = rows => Texts(rows.Orders, row => row.CaseNo),
        ["OrderTimerKey"] = rows => Texts(rows.Orders, row => row.TimerKey),
        ["OrderSeq"] = rows => Numbers(rows.Orders, row => row.Seq),
        ["OrderOpenedAt"] = rows => Numbers(rows.Orders, row => row.OpenedAt),
        ["OrderClosedAt"] = rows => Numbers(rows.Orders, row => row.ClosedAt),
        ["OrderRecipients"] = rows => Texts(rows.Orders, row => row.Recipients),

        ["RatingCaseNo"] = rows => Texts(rows.Evaluations, row => row.CaseNo),
        ["RatingSeq"] = rows => Numbers(rows.Evaluations, row => row.Seq),
        ["RatingScore"] = rows => Numbers(rows.Evaluations, row => row.Score),
        ["RatingChannel"] = rows => Texts(rows.Evaluations, row => row.Channel),
        ["RatingRealName"] = rows => Flags(rows.Evaluations, row => row.RealName),
        ["RatingCommentText"] = rows => Texts(rows.Evaluations, row => row.CommentText),
        ["RatingAt"] = rows => Numbers(rows.Evaluations, row => row.At),

        ["MessageCaseNo"] = rows => Texts(rows.Outbox, row => row.CaseNo),
        ["MessageId"] = rows => Texts(rows.Outbox, row => row.MessageId),
        ["MessageSeq"] = rows => Numbers(rows.Outbox, row => row.Seq),
        ["MessageTopic"] = rows => Texts(rows.Outbox, row => row.Topic),
        ["MessageBody"] = rows => Texts(rows.Outbox, row => row.Body),
        ["MessageCreatedAt"] = rows => Numbers(rows.Outbox, row => row.CreatedAt),

        ["AnswerCaseNo"] = rows => Texts(rows.Idempotency, row => row.CaseNo),
        ["AnswerActorId"] = rows => Texts(rows.Idempotency, row => row.ActorId),
        ["AnswerRequestKey"] = rows => Texts(rows.Idempotency, row => row.RequestKey),
        ["AnswerRequestHash"] = rows => Texts(rows.Idempotency, row => row.RequestHash),
        ["AnswerStatus"] = rows => Numbers(rows.Idempotency, row => row.Status),
        ["AnswerResponse"] = rows => Texts(rows.Idempotency, row => row.Response),
        ["AnswerCreatedAt"] = rows => Numbers(rows.Idempotency, row => row.CreatedAt),

        ["AuditCaseNo"] = rows => Texts(rows.Audit, row => row.CaseNo),
        ["AuditAt"] = rows => Numbers(rows.Audit, row => row.At),
        ["AuditActorId"] = rows => Texts(rows.Audit, row => row.ActorId),
        ["AuditActorRole"] = rows => Texts(rows.Audit, row => row.ActorRole),
        ["AuditAction"] = rows => Texts(rows.Audit, row => row.Action),
        ["AuditTarget"] = rows => Texts(rows.Audit, row => row.Target),
        ["AuditOutcome"] = rows => Texts(rows.Audit, row => row.Outcome),
        ["AuditRule"] = rows => Texts(rows.Audit, row => row.Rule),
        ["AuditDetail"] = rows => Texts(rows.Audit, row => row.Detail),
    };

    static NpgsqlParameter<string?[]> Texts<T>(IReadOnlyList<T> rows, Func<T, string?> of) => Column(rows, of, NpgsqlDbType.Text);

    static NpgsqlParameter<long?[]> Numbers<T>(IReadOnlyList<T> rows, Func<T, long?> of) => Column(rows, of, NpgsqlDbType.Bigint);

    static NpgsqlParameter<bool[]> Flags<T>(IReadOnlyList<T> rows, Func<T, bool> of) => Column(rows, of, NpgsqlDbType.Boolean);

    static NpgsqlParameter<TValue[]> Column<T, TValue>(IReadOnlyList<T> rows, Func<T, TValue> of, NpgsqlDbType type)
    {
        var values = new TValue[rows.Count];
        for (var i = 0; i < values.Length; i++) values[i] = of(rows[i]);
        return new() { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | type };
    }
}
