using System.ComponentModel;
using System.Globalization;
using System.Text.Json;
using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;
using Orchestrator.Host.Cases;
using Orchestrator.Host.Identity;
using Orchestrator.Host.Operations;
using Orchestrator.Host.Problems;
using Orchestrator.Host.Storage;
using Orchestrator.Kernel.Engine;

namespace Orchestrator.Host.Supervision;

/// <summary>督办单: opened by an expiry, closed when the duty is done.</summary>
/// <param name="CaseNo">Case.</param>
/// <param name="Timer">Clock that expired.</param>
/// <param name="Title">Name of the clock.</param>
/// <param name="OpenedAt">When it was opened.</param>
/// <param name="ClosedAt">When the duty was done; null while it stands.</param>
/// <param name="Recipients">Roles that it goes to.</param>
/// <param name="State">State of the case.</param>
/// <param name="Department">Department.</param>
sealed record OrderView(string CaseNo, string Timer, Kernel.LocalizedText Title, Instant OpenedAt, Instant? ClosedAt, IReadOnlyList<Word> Recipients, Word State, string? Department);

/// <summary><c>GET /api/v1/supervision/orders</c>: supervision orders, newest first.</summary>
static class ListOrders
{
    const string Select = """
        SELECT s.case_no, s.timer_key, s.opened_at, s.closed_at, s.recipients, c.state, c.department
        FROM supervision_order s JOIN service_case c ON c.case_no = s.case_no
        WHERE {0} AND (@all = 1 OR s.closed_at IS NULL) AND (s.opened_at < @before OR s.opened_at = @before AND s.case_no || ' ' || s.timer_key > @after)
        ORDER BY s.opened_at DESC, s.case_no || ' ' || s.timer_key LIMIT @fetch
        """;

    sealed class Row
    {
        public string CaseNo { get; init; } = "";
        public string TimerKey { get; init; } = "";
        public long OpenedAt { get; init; }
        public long? ClosedAt { get; init; }
        public string Recipients { get; init; } = "[]";
        public string State { get; init; } = "";
        public string? Department { get; init; }

        public OrderView ToView() => new(
            CaseNo, TimerKey, TimerCatalog.Get(TimerKey.Split(':')[0]).Title, Instant.FromUnixTimeMilliseconds(OpenedAt), ClosedAt is { } at ? Instant.FromUnixTimeMilliseconds(at) : null,
            [.. JsonSerializer.Deserialize<string[]>(Recipients)!.Select(CaseWords.Role)], CaseWords.State(State), Department);
    }

    public static void Map(RouteGroupBuilder group) => group.MapGet("/orders", Handle).RequireAuthorization(Policies.SupervisionRead)
        .WithName("ListSupervisionOrders").WithSummary("督办单 / Supervision orders").Refuses(400);

    static async Task<Results<Ok<Page<OrderView>>, Problem>> Handle(
        [AsParameters] Paging page, Caller caller, Database database, CancellationToken stop, [Description("Closed ones too.")] bool all = false)
    {
        if (page.WhyUnfit(keys: 2) is { } unfit) return unfit;
        if (page.Newest() is not var (before, after)) return Paging.WrongCursor;
        var scope = CaseReader.ScopeOf(caller);
        var parameters = new DynamicParameters(scope.Parameters);
        parameters.AddDynamicParams(new { all = all ? 1 : 0, before, after, fetch = page.Fetch });
        await using var connection = await database.Open(stop);
        var rows = await connection.QueryAsync<Row>(new(string.Format(CultureInfo.InvariantCulture, Select, scope.Sql), parameters, cancellationToken: stop));
        return TypedResults.Ok(page.Of(rows.AsList(), row => row.ToView(), row => [row.OpenedAt.ToString(CultureInfo.InvariantCulture), $"{row.CaseNo} {row.TimerKey}"]));
    }
}
