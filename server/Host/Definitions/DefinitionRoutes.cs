namespace Orchestrator.Host.Definitions;

/// <summary>Flows: drafts, checks, versions, differences, and the activities they are made of.</summary>
static class DefinitionRoutes
{
    public static void MapDefinitions(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/definitions").WithTags("Definitions");
        ListDefinitions.Map(group);
        CreateDefinition.Map(group);
        Drafts.Map(group);
        PublishDefinition.Map(group);
        DefinitionVersions.Map(group);
        DiffDefinition.Map(group);
        ListActivities.Map(routes);
    }
}
