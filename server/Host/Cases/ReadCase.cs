using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;
using Orchestrator.Host.Identity;
using Orchestrator.Host.Problems;
using Orchestrator.Host.Storage;

namespace Orchestrator.Host.Cases;

/// <summary><c>GET /api/v1/cases/{caseNo}</c>: the case as it stands, with what the caller may do now.</summary>
static class ReadCase
{
    public static void Map(RouteGroupBuilder group) =>
        group.MapGet("/{caseNo}", Handle).RequireAuthorization(Policies.Cases).WithName("ReadCase").WithSummary("办件详情与当前可办操作 / One case and what may be done now").Refuses(404);

    static async Task<Results<Ok<CaseView>, Problem>> Handle(string caseNo, Caller caller, CaseReader reader, IPinnedData pinned, TimeProvider clock, CancellationToken stop)
    {
        if (await reader.Find(caller, caseNo, stop) is not { } seen) return CaseReplies.Unknown;
        var now = Instant.Max(Instant.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds()), seen.State.LastAt);
        var flow = await pinned.Flow(seen.State.Pins.DefinitionVersionId, stop);
        var context = await pinned.Context(seen.State.Pins, seen.Scope.Hall, seen.ItemStatus, now, stop);
        return TypedResults.Ok(CaseView.Of(seen.State, seen.Scope) with { ItemName = seen.ItemName, ApplicantName = seen.ApplicantName, Acts = Offers.To(caller, flow, seen.State, context) });
    }
}
