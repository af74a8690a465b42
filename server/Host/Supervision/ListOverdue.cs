using System.Globalization;
using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;
using Orchestrator.Host.Cases;
using Orchestrator.Host.Identity;
using Orchestrator.Host.Operations;
using Orchestrator.Host.Problems;
using Orchestrator.Host.Storage;
using Orchestrator.Kernel;
using Orchestrator.Kernel.Engine;

namespace Orchestrator.Host.Supervision;

/// <summary>An expired clock whose duty stands.</summary>
/// <param name="CaseNo">Case.</param>
/// <param name="Timer">T-PRO, T-PAR:A, …</param>
/// <param name="Title">Name of the clock.</param>
/// <param name="Due">When the duty was due.</param>
/// <param name="LateDays">Working days since.</param>
/// <param name="State">State of the case.</param>
/// <param name="ItemCode">Item.</param>
/// <param name="ItemName">Name of the item.</param>
/// <param name="Department">Department.</param>
/// <param name="Hall">Hall.</param>
sealed record OverdueView(
    string CaseNo, string Timer, LocalizedText Title, Instant Due, int LateDays, Word State, string? ItemCode, string? ItemName, string? Department, string? Hall);

/// <summary><c>GET /api/v1/supervision/overdue</c>: what is late, the longest first.</summary>
static class ListOverdue
{
    // A clock that has fired and whose duty stands is red; one whose effect the law executed is not, and its case neither.
    const string Select = """
        SELECT t.case_no, t.timer_key, t.kind, t.due_at, c.state, c.item_code, i.name AS item_name, c.department, c.hall
        FROM case_timer t JOIN service_case c ON c.case_no = t.case_no LEFT JOIN service_item i ON i.item_code = c.item_code
        WHERE t.state = 'fired' AND t.colour = 'red' AND c.colour = 'red' AND c.status IN ('open', 'suspended') AND {0}
          AND (t.due_at > @dueAfter OR t.due_at = @dueAfter AND t.case_no || ' ' || t.timer_key > @after)
        ORDER BY t.due_at, t.case_no || ' ' || t.timer_key LIMIT @fetch
        """;

    sealed class Row
    {
        public string CaseNo { get; init; } = "";
        public string TimerKey { get; init; } = "";
        public string Kind { get; init; } = "";
        public long DueAt { get; init; }
        public string State { get; init; } = "";
        public string? ItemCode { get; init; }
        public string? ItemName { get; init; }
        public string? Department { get; init; }
        public string? Hall { get; init; }
    }

    public static void Map(RouteGroupBuilder group) => group.MapGet("/overdue", Handle).RequireAuthorization(Policies.SupervisionRead)
        .WithName("ListOverdue").WithSummary("逾期清单 / What is late").Refuses(400);

    static async Task<Results<Ok<Page<OverdueView>>, Problem>> Handle([AsParameters] Paging page, Caller caller, Database database, IPinnedData pinned, TimeProvider clock, CancellationToken stop)
    {
        if (page.WhyUnfit(keys: 2) is { } unfit) return unfit;
        if (page.Oldest() is not var (dueAfter, after)) return Paging.WrongCursor;
        var scope = CaseReader.ScopeOf(caller);
        var parameters = new DynamicParameters(scope.Parameters);
        parameters.AddDynamicParams(new { dueAfter, after, fetch = page.Fetch });
        await using var connection = await database.Open(stop);
        var rows = await connection.QueryAsync<Row>(new(string.Format(CultureInfo.InvariantCulture, Select, scope.Sql), parameters, cancellationToken: stop));
        var (calendar, now) = (await pinned.Calendar(stop), Instant.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds()));
        return TypedResults.Ok(page.Of(rows.AsList(), row => View(row, calendar, now), row => [row.DueAt.ToString(CultureInfo.InvariantCulture), $"{row.CaseNo} {row.TimerKey}"]));
    }

    static OverdueView View(Row row, Kernel.Clocks.WorkingCalendar calendar, Instant now)
    {
        var due = Instant.FromUnixTimeMilliseconds(row.DueAt);
        var late = due < now ? calendar.CountWorkingDays(Kernel.Clocks.LegalTime.LastBegunDay(due), Kernel.Clocks.LegalTime.LastBegunDay(now)) : 0;
        return new(row.CaseNo, row.TimerKey, TimerCatalog.Get(row.Kind).Title, due, late, CaseWords.State(row.State), row.ItemCode, row.ItemName, row.Department, row.Hall);
    }
}
