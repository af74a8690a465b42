using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using Orchestrator.Host.Catalogue;
using Orchestrator.Host.Identity;
using Orchestrator.Host.Storage;

namespace Orchestrator.Host.Organisation;

/// <summary><c>GET /api/v1/organisation</c>: regions, departments, halls and windows, parents before children.</summary>
static class ReadOrganisation
{
    const string Select = """
        SELECT id, parent_id, kind, name_zh, name_en, region, level, json FROM organisation WHERE @region = '' OR region = @region ORDER BY path
        """;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/v1/organisation", Handle)
        .RequireAuthorization(Policies.SignedIn).WithName("ReadOrganisation").WithTags("Organisation").WithSummary("组织机构 / The organisation");

    static async Task<Ok<IReadOnlyList<OrganisationUnit>>> Handle(Database database, CancellationToken stop, string region = "")
    {
        await using var connection = await database.Open(stop);
        var rows = await connection.QueryAsync<UnitRow>(new(Select, new { region }, cancellationToken: stop));
        return TypedResults.Ok<IReadOnlyList<OrganisationUnit>>([.. rows.Select(row => row.ToUnit())]);
    }
}
