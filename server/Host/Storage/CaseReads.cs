using System.Collections.Immutable;
using System.Text;
using Dapper;
using Orchestrator.Kernel.Engine;

namespace Orchestrator.Host.Storage;

/// <summary>A case in a list.</summary>
sealed record CaseSummary
{
    public required string CaseNo { get; init; }
    public required string Kind { get; init; }
    public required string DefinitionId { get; init; }
    public string? ItemCode { get; init; }
    public string? Region { get; init; }
    public string? Hall { get; init; }
    public string? Department { get; init; }
    public string? ApplicantId { get; init; }
    public required string State { get; init; }
    public required string Status { get; init; }
    public string? Stage { get; init; }
    public required string Colour { get; init; }
    public string? Outcome { get; init; }
    public required long OpenedAt { get; init; }
    public long? DueAt { get; init; }
    public required long UpdatedAt { get; init; }
}

/// <summary>An open task on a work list, with what its case says of urgency.</summary>
sealed record TaskSummary
{
    public required string TaskId { get; init; }
    public required string CaseNo { get; init; }
    public required string Node { get; init; }
    public required string Activity { get; init; }
    public string? Part { get; init; }
    public required string TitleZh { get; init; }
    public required string TitleEn { get; init; }
    public required string Role { get; init; }
    public string? Department { get; init; }
    public string? Hall { get; init; }
    public required string Side { get; init; }
    public required long OpenedAt { get; init; }
    public long? DueAt { get; init; }
    public string? ClaimedBy { get; init; }
    public string? ItemCode { get; init; }
    public required string State { get; init; }
    public required string Colour { get; init; }
}

/// <summary>One history row.</summary>
sealed record CaseTransition(long Seq, long At, long RecordedAt, string Stimulus, string ActorId, string ActorRole, ImmutableArray<CaseEvent> Events);

/// <summary>An issued document with its content as JSON.</summary>
sealed record StoredDocument(string DocumentNo, string Name, long IssuedAt, string Content);

/// <summary>Which cases; null means any.</summary>
sealed record CaseFilter
{
    public string? Region { get; init; }
    public string? Hall { get; init; }
    public string? Department { get; init; }
    public string? ApplicantId { get; init; }
    public string? ItemCode { get; init; }
    public string? State { get; init; }
    public string? Status { get; init; }
    public string? Colour { get; init; }
    public string? Kind { get; init; }
}

/// <summary>Whose work; null means any.</summary>
sealed record TaskFilter
{
    public required string[] Roles { get; init; }
    public string? Department { get; init; }
    public string? Hall { get; init; }
    public string? Region { get; init; }
    public string? ApplicantId { get; init; }
    /// <summary>Show only tasks that this person or nobody has claimed.</summary>
    public string? ForActor { get; init; }
}

/// <summary>Reads of cases for screens and lists. What a decision needs is read by the seam itself.</summary>
sealed class CaseReads(Database database)
{
    const string SelectCase = """
        SELECT body AS Body, kind AS Kind, region AS Region, hall AS Hall, department AS Department, applicant_id AS ApplicantId
        FROM service_case WHERE case_no = @caseNo
        """;

    const string SelectHistory = """
        SELECT seq AS Seq, at AS At, recorded_at AS RecordedAt, stimulus AS Stimulus, actor_id AS ActorId, actor_role AS ActorRole, body AS Body
        FROM case_event WHERE case_no = @caseNo AND seq > @after ORDER BY seq LIMIT @limit
        """;

    const string SelectDocuments = """
        SELECT document_no AS DocumentNo, name AS Name, issued_at AS IssuedAt, content AS Content
        FROM case_document WHERE case_no = @caseNo ORDER BY issued_at, document_no
        """;

    // The cursor is the last row of the page before: newest first, equal instants by number.
    const string SelectCases = """
        SELECT case_no AS CaseNo, kind AS Kind, definition_id AS DefinitionId, item_code AS ItemCode, region AS Region, hall AS Hall, department AS Department,
          applicant_id AS ApplicantId, state AS State, status AS Status, stage AS Stage, colour AS Colour, outcome AS Outcome, opened_at AS OpenedAt, due_at AS DueAt, updated_at AS UpdatedAt
        FROM service_case
        /**where**/
        ORDER BY opened_at DESC, case_no DESC
        LIMIT @limit
        """;

    // Oldest first; the cursor is the last row of the page before.
    const string SelectTasks = """
        SELECT t.task_id AS TaskId, t.case_no AS CaseNo, t.node AS Node, t.activity AS Activity, t.part AS Part, t.title_zh AS TitleZh, t.title_en AS TitleEn, t.role AS Role,
          t.department AS Department, t.hall AS Hall, t.side AS Side, t.opened_at AS OpenedAt, COALESCE(t.due_at, c.due_at) AS DueAt, t.claimed_by AS ClaimedBy,
          c.item_code AS ItemCode, c.state AS State, c.colour AS Colour
        FROM case_task t JOIN service_case c ON c.case_no = t.case_no
        /**where**/
        ORDER BY t.opened_at, t.task_id
        LIMIT @limit
        """;

    sealed record CaseBody(string Body, string Kind, string? Region, string? Hall, string? Department, string? ApplicantId);

    sealed record HistoryRow(long Seq, long At, long RecordedAt, string Stimulus, string ActorId, string ActorRole, string Body);

    /// <summary>A case; null when there is none.</summary>
    public async Task<LoadedCase?> Load(string caseNo, CancellationToken stop)
    {
        await using var connection = await database.Open(stop);
        return await connection.QuerySingleOrDefaultAsync<CaseBody>(SelectCase, new { caseNo }) is { } row
            ? new(KernelJson.ReadState(Encoding.UTF8.GetBytes(row.Body)), row.Kind, row.Region, row.Hall, row.Department, row.ApplicantId)
            : null;
    }

    /// <summary>Transitions after a sequence number, in order.</summary>
    public async Task<IReadOnlyList<CaseTransition>> History(string caseNo, CancellationToken stop, long after = 0, int limit = 1000)
    {
        await using var connection = await database.Open(stop);
        return [.. (await connection.QueryAsync<HistoryRow>(SelectHistory, new { caseNo, after, limit })).Select(row =>
            new CaseTransition(row.Seq, row.At, row.RecordedAt, row.Stimulus, row.ActorId, row.ActorRole, KernelJson.ReadEvents(Encoding.UTF8.GetBytes(row.Body))))];
    }

    /// <summary>Documents of a case, in order of issue.</summary>
    public async Task<IReadOnlyList<StoredDocument>> Documents(string caseNo, CancellationToken stop)
    {
        await using var connection = await database.Open(stop);
        return (await connection.QueryAsync<StoredDocument>(SelectDocuments, new { caseNo })).AsList();
    }

    /// <summary>A page of cases, newest first.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="limit">Rows on the page.</param>
    /// <param name="after">Last row of the page before; null for the first page.</param>
    /// <param name="stop">Interrupts.</param>
    public async Task<IReadOnlyList<CaseSummary>> Cases(CaseFilter filter, int limit, (long OpenedAt, string CaseNo)? after, CancellationToken stop)
    {
        var where = new Where();
        where.Equal("region", filter.Region).Equal("hall", filter.Hall).Equal("department", filter.Department).Equal("applicant_id", filter.ApplicantId)
            .Equal("item_code", filter.ItemCode).Equal("state", filter.State).Equal("status", filter.Status).Equal("colour", filter.Colour).Equal("kind", filter.Kind);
        if (after is { } last) where.That("(opened_at, case_no) < (@openedAt, @caseNo)", ("openedAt", last.OpenedAt), ("caseNo", last.CaseNo));
        return await Page<CaseSummary>(SelectCases, where, limit, stop);
    }

    /// <summary>A page of open tasks, oldest first.</summary>
    public async Task<IReadOnlyList<TaskSummary>> Tasks(TaskFilter filter, int limit, (long OpenedAt, string TaskId)? after, CancellationToken stop)
    {
        var where = new Where().That($"t.role {database.Sql.In("@roles")}", ("roles", filter.Roles));
        where.Equal("t.hall", filter.Hall).Equal("c.region", filter.Region).Equal("c.applicant_id", filter.ApplicantId);
        if (filter.Department is not null) where.That("(t.department = @department OR t.department IS NULL)", ("department", filter.Department));
        if (filter.ForActor is not null) where.That("(t.claimed_by IS NULL OR t.claimed_by = @forActor)", ("forActor", filter.ForActor));
        if (after is { } last) where.That("(t.opened_at, t.task_id) > (@openedAt, @taskId)", ("openedAt", last.OpenedAt), ("taskId", last.TaskId));
        return await Page<TaskSummary>(SelectTasks, where, limit, stop);
    }

    /// <summary>One open task; null when it is not open.</summary>
    public async Task<TaskSummary?> Task(string taskId, CancellationToken stop) =>
        (await Page<TaskSummary>(SelectTasks, new Where().Equal("t.task_id", taskId), 1, stop)).FirstOrDefault();

    async Task<IReadOnlyList<T>> Page<T>(string sql, Where where, int limit, CancellationToken stop)
    {
        await using var connection = await database.Open(stop);
        where.Parameters.Add("limit", limit);
        return (await connection.QueryAsync<T>(sql.Replace("/**where**/", where.Text, StringComparison.Ordinal), where.Parameters)).AsList();
    }

    /// <summary>Conditions from constants; values only ever as parameters.</summary>
    sealed class Where
    {
        readonly List<string> conditions = [];

        public DynamicParameters Parameters { get; } = new();

        public string Text => conditions.Count == 0 ? "" : "WHERE " + string.Join(" AND ", conditions);

        public Where Equal(string column, string? value)
        {
            var name = column.Replace(".", "_", StringComparison.Ordinal);
            return value is null ? this : That($"{column} = @{name}", (name, value));
        }

        public Where That(string condition, params ReadOnlySpan<(string Name, object Value)> values)
        {
            conditions.Add(condition);
            foreach (var (name, value) in values) Parameters.Add(name, value);
            return this;
        }
    }
}
