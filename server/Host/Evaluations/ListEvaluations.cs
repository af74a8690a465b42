using System.ComponentModel;
using System.Globalization;
using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;
using Orchestrator.Host.Cases;
using Orchestrator.Host.Identity;
using Orchestrator.Host.Operations;
using Orchestrator.Host.Problems;
using Orchestrator.Host.Storage;

namespace Orchestrator.Host.Evaluations;

/// <summary>好差评: a rating.</summary>
/// <param name="CaseNo">Case.</param>
/// <param name="ItemCode">Item.</param>
/// <param name="ItemName">Name of the item.</param>
/// <param name="Department">Department that was rated.</param>
/// <param name="Score">1 to 5.</param>
/// <param name="Channel">Where it was given.</param>
/// <param name="RealName">Whether the name may be known.</param>
/// <param name="Applicant">Who rated; null where the name is not to be known.</param>
/// <param name="Text">What was said.</param>
/// <param name="At">When.</param>
sealed record EvaluationView(
    string CaseNo, string? ItemCode, string? ItemName, string? Department, int Score, string? Channel, bool RealName, string? Applicant, string? Text, Instant At);

/// <summary><c>GET /api/v1/evaluations</c>: ratings of the cases that the caller sees, newest first.</summary>
static class ListEvaluations
{
    const string Select = """
        SELECT e.case_no, c.item_code, i.name AS item_name, c.department, e.score, e.channel, e.real_name, COALESCE(a.name, c.applicant_id) AS applicant, e.comment_text, e.at, e.seq
        FROM evaluation e JOIN service_case c ON c.case_no = e.case_no LEFT JOIN service_item i ON i.item_code = c.item_code LEFT JOIN account a ON a.account_id = c.applicant_id
        WHERE {0} AND (@item = '' OR c.item_code = @item) AND e.score BETWEEN @least AND @most
          AND (e.at < @before OR e.at = @before AND e.case_no > @after)
        ORDER BY e.at DESC, e.case_no LIMIT @fetch
        """;

    sealed class Row
    {
        public string CaseNo { get; init; } = "";
        public string? ItemCode { get; init; }
        public string? ItemName { get; init; }
        public string? Department { get; init; }
        public int Score { get; init; }
        public string? Channel { get; init; }
        public bool RealName { get; init; }
        public string? Applicant { get; init; }
        public string? CommentText { get; init; }
        public long At { get; init; }

        public EvaluationView ToView() =>
            new(CaseNo, ItemCode, ItemName, Department, Score, Channel, RealName, RealName ? Applicant : null, CommentText, Instant.FromUnixTimeMilliseconds(At));
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/evaluations", Handle).RequireAuthorization(Policies.Cases).WithTags("Evaluations").WithName("ListEvaluations").WithSummary("好差评列表 / Ratings").Refuses(400);

    static async Task<Results<Ok<Page<EvaluationView>>, Problem>> Handle(
        [AsParameters] Paging page, Caller caller, Database database, CancellationToken stop,
        [Description("Code of the item.")] string item = "", [Description("Only bad reviews: scores 1 and 2.")] bool bad = false)
    {
        if (page.WhyUnfit(keys: 2) is { } unfit) return unfit;
        if (page.Newest() is not var (before, after)) return Paging.WrongCursor;
        var scope = CaseReader.ScopeOf(caller);
        var parameters = new DynamicParameters(scope.Parameters);
        parameters.AddDynamicParams(new { item, least = 1, most = bad ? 2 : 5, before, after, fetch = page.Fetch });
        await using var connection = await database.Open(stop);
        var rows = await connection.QueryAsync<Row>(new(string.Format(CultureInfo.InvariantCulture, Select, scope.Sql), parameters, cancellationToken: stop));
        return TypedResults.Ok(page.Of(rows.AsList(), row => row.ToView(), row => [row.At.ToString(CultureInfo.InvariantCulture), row.CaseNo]));
    }
}
