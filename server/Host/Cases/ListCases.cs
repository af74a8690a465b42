using System.ComponentModel;
using System.Globalization;
using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;
using Orchestrator.Host.Identity;
using Orchestrator.Host.Operations;
using Orchestrator.Host.Problems;
using Orchestrator.Host.Storage;

namespace Orchestrator.Host.Cases;

/// <summary>A case in a list.</summary>
sealed record CaseSummary(
    string CaseNo, string Kind, Word State, Word? Stage, string Status, string Colour, string? Outcome, string? ItemCode, string? ItemName,
    string? Region, string? Hall, string? Department, string? Applicant, Instant OpenedAt, Instant? Due);

/// <summary>Filters of the list of cases.</summary>
readonly record struct CaseFilter(
    [property: Description("State of 5.1 or 5.5.")] string? State,
    [property: Description("consult, appoint, apply, accept, review, decide, deliver or evaluate.")] string? Stage,
    [property: Description("none, green, yellow, orange or red.")] string? Colour,
    [property: Description("Code of the item.")] string? Item,
    [property: Description("case, ticket or general.")] string? Kind,
    [property: Description("open, suspended, ended or faulted.")] string? Status,
    [property: Description("Only those with an expired clock whose duty stands.")] bool? Overdue,
    [property: Description("Only the caller's own: applied for, or with a task that the caller claimed.")] bool? Mine,
    [property: Description("Case number, name of the item or applicant.")] string? Q);

/// <summary><c>GET /api/v1/cases</c>: what the caller may see, newest first.</summary>
static class ListCases
{
    const string Select = """
        SELECT c.case_no, c.kind, c.state, c.stage, c.status, c.colour, c.outcome, c.item_code, i.name AS item_name, c.region, c.hall, c.department,
          c.applicant_id, a.name AS applicant_name, c.opened_at, c.due_at
        FROM service_case c LEFT JOIN service_item i ON i.item_code = c.item_code LEFT JOIN account a ON a.account_id = c.applicant_id
        WHERE {0}
          AND (@state = '' OR c.state = @state) AND (@stage = '' OR c.stage = @stage) AND (@colour = '' OR c.colour = @colour)
          AND (@item = '' OR c.item_code = @item) AND (@kind = '' OR c.kind = @kind) AND (@status = '' OR c.status = @status)
          AND (@overdue = 0 OR c.colour = 'red')
          AND (@mine = 0 OR c.applicant_id = @me OR EXISTS (SELECT 1 FROM case_task t WHERE t.case_no = c.case_no AND t.claimed_by = @me))
          AND (@q = '' OR lower(c.case_no) LIKE @pattern OR lower(i.name) LIKE @pattern OR lower(a.name) LIKE @pattern OR lower(c.applicant_id) LIKE @pattern)
          AND (c.opened_at < @openedBefore OR c.opened_at = @openedBefore AND c.case_no > @after)
        ORDER BY c.opened_at DESC, c.case_no LIMIT @fetch
        """;

    internal sealed class Row
    {
        public string CaseNo { get; init; } = "";
        public string Kind { get; init; } = "";
        public string State { get; init; } = "";
        public string? Stage { get; init; }
        public string Status { get; init; } = "";
        public string Colour { get; init; } = "";
        public string? Outcome { get; init; }
        public string? ItemCode { get; init; }
        public string? ItemName { get; init; }
        public string? Region { get; init; }
        public string? Hall { get; init; }
        public string? Department { get; init; }
        public string? ApplicantId { get; init; }
        public string? ApplicantName { get; init; }
        public long OpenedAt { get; init; }
        public long? DueAt { get; init; }

        public CaseSummary ToSummary() => new(
            CaseNo, Kind, CaseWords.State(State), CaseWords.Stage(Stage), Status, Colour, Outcome, ItemCode, ItemName, Region, Hall, Department,
            ApplicantName ?? ApplicantId, Instant.FromUnixTimeMilliseconds(OpenedAt), DueAt is { } due ? Instant.FromUnixTimeMilliseconds(due) : null);
    }

    public static void Map(RouteGroupBuilder group) =>
        group.MapGet("", Handle).RequireAuthorization(Policies.Cases).WithName("ListCases").WithSummary("办件列表 / Cases").Refuses(400);

    static async Task<Results<Ok<Page<CaseSummary>>, Problem>> Handle([AsParameters] CaseFilter filter, [AsParameters] Paging page, Caller caller, Database database, CancellationToken stop)
    {
        if (page.WhyUnfit(keys: 2) is { } unfit) return unfit;
        if (page.Newest() is not var (before, after)) return Paging.WrongCursor;
        var scope = CaseReader.ScopeOf(caller);
        var parameters = new DynamicParameters(scope.Parameters);
        parameters.AddDynamicParams(new
        {
            state = filter.State ?? "", stage = filter.Stage ?? "", colour = filter.Colour ?? "", item = filter.Item ?? "", kind = filter.Kind ?? "", status = filter.Status ?? "",
            overdue = filter.Overdue == true ? 1 : 0, mine = filter.Mine == true ? 1 : 0, me = caller.Id, q = filter.Q ?? "", pattern = Like.Containing(filter.Q ?? ""),
            openedBefore = before, after, fetch = page.Fetch,
        });
        await using var connection = await database.Open(stop);
        var rows = await connection.QueryAsync<Row>(new(string.Format(CultureInfo.InvariantCulture, Select, scope.Sql), parameters, cancellationToken: stop));
        return TypedResults.Ok(page.Of(rows.AsList(), row => row.ToSummary(), row => [row.OpenedAt.ToString(CultureInfo.InvariantCulture), row.CaseNo]));
    }
}
