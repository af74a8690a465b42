using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using Orchestrator.Host.Identity;
using Orchestrator.Host.Operations;
using Orchestrator.Host.Problems;
using Orchestrator.Host.Storage;

namespace Orchestrator.Host.Definitions;

/// <summary><c>GET /api/v1/definitions</c> and <c>/{id}</c>: the flows there are.</summary>
static class ListDefinitions
{
    const string Select = DefinitionRow.Select + """
         WHERE d.definition_id > @after
          AND (@search = '' OR lower(d.definition_id) LIKE @pattern OR lower(d.title_zh) LIKE @pattern OR lower(d.title_en) LIKE @pattern)
          AND (@purpose = '' OR d.purpose = @purpose)
          AND (@status = '' OR (@status = 'published') = (d.latest_version > 0))
        ORDER BY d.definition_id LIMIT @fetch
        """;

    const string One = DefinitionRow.Select + " WHERE d.definition_id = @id";

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("", Handle).RequireAuthorization(Policies.DefinitionsRead).WithName("ListDefinitions").WithSummary("流程列表 / Definitions").Refuses(400);
        group.MapGet("/{id}", Read).RequireAuthorization(Policies.DefinitionsRead).WithName("ReadDefinition").WithSummary("流程概要 / One definition").Refuses(404);
    }

    static async Task<Results<Ok<Page<DefinitionSummary>>, Problem>> Handle(
        [AsParameters] Paging page, Database database, CancellationToken stop, string search = "", string purpose = "", string status = "")
    {
        if (page.WhyUnfit() is { } unfit) return unfit;
        if (status is not ("" or "published" or "draft")) return Problem.Invalid("?status", "request.parameter", "status 应为 published 或 draft", "status is published or draft");
        if (purpose is not ("" or "service" or "ticket" or "general")) return Problem.Invalid("?purpose", "request.parameter", "purpose 应为 service、ticket 或 general", "purpose is service, ticket or general");
        await using var connection = await database.Open(stop);
        var parameters = new { after = page.After, search, pattern = Like.Containing(search), purpose, status, fetch = page.Fetch };
        var rows = await connection.QueryAsync<DefinitionRow>(new(Select, parameters, cancellationToken: stop));
        return TypedResults.Ok(page.Of(rows.AsList(), row => row.ToSummary(), row => [row.DefinitionId]));
    }

    static async Task<Results<Ok<DefinitionSummary>, Problem>> Read(string id, Database database, CancellationToken stop)
    {
        await using var connection = await database.Open(stop);
        var row = await connection.QuerySingleOrDefaultAsync<DefinitionRow>(new(One, new { id }, cancellationToken: stop));
        return row is null ? DefinitionStore.Unknown : TypedResults.Ok(row.ToSummary());
    }
}
