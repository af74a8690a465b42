using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using Orchestrator.Host.Operations;
using Orchestrator.Host.Problems;
using Orchestrator.Host.Storage;

namespace Orchestrator.Host.Items;

/// <summary><c>GET /api/v1/items</c>: the public catalogue. <c>/{code}</c>: one item. <c>/{code}/versions</c>: what was published.</summary>
static class ListItems
{
    public static readonly Problem Unknown = Problem.NotFound("item.unknown", "没有这个事项", "There is no such item");

    const string Select = "SELECT * FROM (" + ItemVersionRow.InForce + """
        ) found
        WHERE item_code > @after AND (@region = '' OR region = @region) AND (@department = '' OR department = @department) AND (@status = '' OR status = @status)
          AND (@search = '' OR lower(item_code) LIKE @pattern OR lower(name) LIKE @pattern OR lower(name_en) LIKE @pattern)
        ORDER BY item_code LIMIT @fetch
        """;

    const string One = ItemVersionRow.InForce + " WHERE i.item_code = @code";

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("", Handle).AllowAnonymous().WithName("ListItems").WithSummary("事项目录 / The catalogue of items").Refuses(400);
        group.MapGet("/{code}", Read).AllowAnonymous().WithName("ReadItem").WithSummary("事项 / One item").Refuses(404);
        group.MapGet("/{code}/versions", Versions).AllowAnonymous().WithName("ListItemVersions").WithSummary("事项版本 / Published versions of an item").Refuses(404);
    }

    static async Task<Results<Ok<Page<ItemSummary>>, Problem>> Handle(
        [AsParameters] Paging page, Database database, TimeProvider clock, CancellationToken stop, string search = "", string region = "", string department = "", string status = "")
    {
        if (page.WhyUnfit() is { } unfit) return unfit;
        if (status is not ("" or "in_force" or "suspended" or "cancelled")) return Problem.Invalid("?status", "request.parameter", "status 应为 in_force、suspended 或 cancelled", "status is in_force, suspended or cancelled");
        await using var connection = await database.Open(stop);
        var parameters = new { after = page.After, region, department, status, search, pattern = Like.Containing(search), fetch = page.Fetch, at = Now(clock) };
        var rows = await connection.QueryAsync<ItemVersionRow>(new(Select, parameters, cancellationToken: stop));
        return TypedResults.Ok(page.Of(rows.AsList(), row => row.ToSummary(), row => [row.ItemCode]));
    }

    static async Task<Results<Ok<ItemDetail>, Problem>> Read(string code, Database database, TimeProvider clock, CancellationToken stop) =>
        await Find(code, database, clock, stop) is { } row ? TypedResults.Ok(row.ToDetail()) : Unknown;

    static async Task<Results<Ok<IReadOnlyList<ItemVersionView>>, Problem>> Versions(string code, Database database, CancellationToken stop)
    {
        await using var connection = await database.Open(stop);
        var rows = (await connection.QueryAsync<ItemVersionRow>(new(ItemVersionRow.All, new { code }, cancellationToken: stop))).AsList();
        return rows.Count == 0 ? Unknown : TypedResults.Ok<IReadOnlyList<ItemVersionView>>([.. rows.Select(row => row.ToView())]);
    }

    /// <summary>The version in force now; null when there is none.</summary>
    public static async Task<ItemVersionRow?> Find(string code, Database database, TimeProvider clock, CancellationToken stop)
    {
        await using var connection = await database.Open(stop);
        return await connection.QuerySingleOrDefaultAsync<ItemVersionRow>(new(One, new { code, at = Now(clock) }, cancellationToken: stop));
    }

    static long Now(TimeProvider clock) => clock.GetUtcNow().ToUnixTimeMilliseconds();
}
