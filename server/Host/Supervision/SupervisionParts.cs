namespace Orchestrator.Host.Supervision;

/// <summary>督办: what is late, what was ordered.</summary>
static class SupervisionParts
{
    public static void MapSupervision(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/supervision").WithTags("Supervision");
        SupervisionSummary.Map(group);
        ListOverdue.Map(group);
        ListOrders.Map(group);
    }
}
