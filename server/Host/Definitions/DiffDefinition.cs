using Microsoft.AspNetCore.Http.HttpResults;
using Orchestrator.Host.Identity;
using Orchestrator.Host.Problems;
using Orchestrator.Host.Storage;
using Orchestrator.Kernel.Definitions;

namespace Orchestrator.Host.Definitions;

/// <summary><c>GET /api/v1/definitions/{id}/diff?from=&amp;to=</c>: what differs between two versions, or a version and the draft.</summary>
static class DiffDefinition
{
    public static void Map(RouteGroupBuilder group) => group.MapGet("/{id}/diff", Handle).RequireAuthorization(Policies.DefinitionsRead)
        .WithName("DiffDefinition").WithSummary("版本差异 / What differs between two versions").Refuses(404);

    static async Task<Results<Ok<DefinitionDiff>, Problem>> Handle(string id, Database database, CancellationToken stop, string from = "latest", string to = "draft")
    {
        var (older, newer) = (await DefinitionVersions.Find(id, from, database, stop), await DefinitionVersions.Find(id, to, database, stop));
        if (older is null || newer is null) return DefinitionVersions.Unknown;
        return TypedResults.Ok(DefinitionDiff.Between(DefinitionDocument.Read(older).Document!, DefinitionDocument.Read(newer).Document!));
    }
}
