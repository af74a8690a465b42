using System.ComponentModel;
using System.Globalization;
using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using Orchestrator.Host.Identity;
using Orchestrator.Host.Operations;
using Orchestrator.Host.Problems;
using Orchestrator.Host.Storage;

namespace Orchestrator.Host.Tasks;

/// <summary>Filters of the work list.</summary>
readonly record struct TaskFilter(
    [property: Description("Role that does the task.")] string? Role,
    [property: Description("Activity type, for example Gov.Acceptance.")] string? Activity,
    [property: Description("Code of the item.")] string? Item,
    [property: Description("none, green, yellow, orange or red.")] string? Colour,
    [property: Description("Case number.")] string? Case,
    [property: Description("Only what the caller claimed.")] bool? Mine,
    [property: Description("Only what nobody claimed.")] bool? Unclaimed);

/// <summary><c>GET /api/v1/tasks</c>: what the caller has to do, unclaimed or claimed by the caller; oldest first.</summary>
static class ListTasks
{
    const string Select = TaskRow.Select + """

        WHERE {0} AND t.role {1}
          AND (t.claimed_by IS NULL OR t.claimed_by = @me)
          AND (@role = '' OR t.role = @role) AND (@activity = '' OR t.activity = @activity) AND (@item = '' OR c.item_code = @item)
          AND (@colour = '' OR c.colour = @colour) AND (@caseNo = '' OR t.case_no = @caseNo)
          AND (@mine = 0 OR t.claimed_by = @me) AND (@unclaimed = 0 OR t.claimed_by IS NULL)
          AND (t.opened_at > @openedAfter OR t.opened_at = @openedAfter AND t.task_id > @after)
        ORDER BY t.opened_at, t.task_id LIMIT @fetch
        """;

    public static void Map(RouteGroupBuilder group) =>
        group.MapGet("", Handle).RequireAuthorization(Policies.Tasks).WithName("ListTasks").WithSummary("待办列表 / Work list").Refuses(400);

    static async Task<Results<Ok<Page<TaskView>>, Problem>> Handle([AsParameters] TaskFilter filter, [AsParameters] Paging page, Caller caller, Database database, CancellationToken stop)
    {
        if (page.WhyUnfit(keys: 2) is { } unfit) return unfit;
        if (page.Oldest() is not var (openedAfter, after)) return Paging.WrongCursor;
        var place = WorkList.Place(caller);
        var parameters = new DynamicParameters(place.Parameters);
        parameters.AddDynamicParams(new
        {
            roles = WorkList.RolesOf(caller), me = caller.Id, role = filter.Role ?? "", activity = filter.Activity ?? "", item = filter.Item ?? "", colour = filter.Colour ?? "",
            caseNo = filter.Case ?? "", mine = filter.Mine == true ? 1 : 0, unclaimed = filter.Unclaimed == true ? 1 : 0, openedAfter, after, fetch = page.Fetch,
        });
        await using var connection = await database.Open(stop);
        var sql = string.Format(CultureInfo.InvariantCulture, Select, place.Sql, database.Sql.In("@roles"));
        var rows = await connection.QueryAsync<TaskRow>(new(sql, parameters, cancellationToken: stop));
        return TypedResults.Ok(page.Of(rows.AsList(), row => row.ToView(), row => [row.OpenedAt.ToString(CultureInfo.InvariantCulture), row.TaskId]));
    }
}
