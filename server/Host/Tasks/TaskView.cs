using NodaTime;
using Orchestrator.Host.Cases;
using Orchestrator.Kernel;

namespace Orchestrator.Host.Tasks;

/// <summary>待办: a task of the work list.</summary>
/// <param name="Id">Task id; begins with the case number.</param>
/// <param name="CaseNo">Case.</param>
/// <param name="Title">Title.</param>
/// <param name="Activity">Activity type.</param>
/// <param name="Role">Role that does it.</param>
/// <param name="Department">Department that does it; null for any.</param>
/// <param name="Part">Branch of a joint review, or instance.</param>
/// <param name="Side">front, back or applicant.</param>
/// <param name="OpenedAt">When it was opened.</param>
/// <param name="Due">Its own limit, else the nearest of the case's clocks.</param>
/// <param name="Colour">Colour of the case.</param>
/// <param name="State">State of the case.</param>
/// <param name="ItemCode">Item.</param>
/// <param name="ItemName">Name of the item.</param>
/// <param name="Applicant">Applicant.</param>
/// <param name="ClaimedBy">Account that took it; null for nobody.</param>
/// <param name="ClaimedByName">Name of that account.</param>
/// <param name="ClaimedAt">When it was taken.</param>
sealed record TaskView(
    string Id, string CaseNo, LocalizedText Title, string Activity, Word Role, string? Department, string? Part, string Side, Instant OpenedAt, Instant? Due, string Colour,
    Word State, string? ItemCode, string? ItemName, string? Applicant, string? ClaimedBy, string? ClaimedByName, Instant? ClaimedAt);

/// <summary>A task as the database gives it.</summary>
sealed class TaskRow
{
    /// <summary>Columns and joins that make a <see cref="TaskView"/>; the condition follows.</summary>
    public const string Select = """
        SELECT t.task_id, t.case_no, t.title_zh, t.title_en, t.activity, t.role, t.department, t.part, t.side, t.opened_at, COALESCE(t.due_at, c.due_at) AS due_at, c.colour, c.state,
          c.item_code, i.name AS item_name, COALESCE(a.name, c.applicant_id) AS applicant, t.claimed_by, k.name AS claimed_by_name, t.claimed_at
        FROM case_task t JOIN service_case c ON c.case_no = t.case_no
          LEFT JOIN service_item i ON i.item_code = c.item_code LEFT JOIN account a ON a.account_id = c.applicant_id LEFT JOIN account k ON k.account_id = t.claimed_by
        """;

    public string TaskId { get; init; } = "";
    public string CaseNo { get; init; } = "";
    public string TitleZh { get; init; } = "";
    public string TitleEn { get; init; } = "";
    public string Activity { get; init; } = "";
    public string Role { get; init; } = "";
    public string? Department { get; init; }
    public string? Part { get; init; }
    public string Side { get; init; } = "";
    public long OpenedAt { get; init; }
    public long? DueAt { get; init; }
    public string Colour { get; init; } = "";
    public string State { get; init; } = "";
    public string? ItemCode { get; init; }
    public string? ItemName { get; init; }
    public string? Applicant { get; init; }
    public string? ClaimedBy { get; init; }
    public string? ClaimedByName { get; init; }
    public long? ClaimedAt { get; init; }

    public TaskView ToView() => new(
        TaskId, CaseNo, new(TitleZh, TitleEn), Activity, CaseWords.Role(Role), Department, Part, Side, Instant.FromUnixTimeMilliseconds(OpenedAt), At(DueAt), Colour,
        CaseWords.State(State), ItemCode, ItemName, Applicant, ClaimedBy, ClaimedByName, At(ClaimedAt));

    static Instant? At(long? milliseconds) => milliseconds is { } at ? Instant.FromUnixTimeMilliseconds(at) : null;
}
