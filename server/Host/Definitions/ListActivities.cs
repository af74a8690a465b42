using System.Collections.Immutable;
using Microsoft.AspNetCore.Http.HttpResults;
using Orchestrator.Host.Identity;
using Orchestrator.Kernel.Definitions;

namespace Orchestrator.Host.Definitions;

/// <summary><c>GET /api/v1/activities</c>: the activity catalogue, from which designers make their palette and clients their forms.</summary>
static class ListActivities
{
    /// <summary>The catalogue.</summary>
    /// <param name="Activities">Everything that can be drawn, with ports, inputs and acts.</param>
    /// <param name="CaseActs">Acts on the whole case, wherever it stands.</param>
    public sealed record Reply(ImmutableArray<ActivityDescriptor> Activities, ImmutableArray<ActDescriptor> CaseActs);

    static readonly Reply Catalogue = new([.. ActivityCatalog.All.Select(WithoutGaps)], [.. ActivityCatalog.CaseActs.Select(WithoutGaps)]);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/v1/activities", () => TypedResults.Ok(Catalogue))
        .RequireAuthorization(Policies.SignedIn).WithName("ListActivities").WithTags("Definitions").WithSummary("环节目录 / The activity catalogue");

    // The kernel leaves lists that say nothing unset; on the wire they are empty lists.
    static ActivityDescriptor WithoutGaps(ActivityDescriptor activity) => activity with
    {
        Inputs = [.. activity.Inputs.Select(input => input with { Options = Filled(input.Options) })],
        Ports = [.. activity.Ports.Select(port => port with { Rules = Filled(port.Rules) })],
        Acts = [.. activity.Acts.Select(WithoutGaps)],
    };

    static ActDescriptor WithoutGaps(ActDescriptor act) => act with { Roles = Filled(act.Roles), Data = Filled(act.Data) };

    static ImmutableArray<string> Filled(ImmutableArray<string> list) => list.IsDefault ? [] : list;
}
