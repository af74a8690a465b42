namespace Orchestrator.Host.Items;

/// <summary>The catalogue of items, their guides, and what decides how they are counted.</summary>
static class ItemRoutes
{
    public static void MapItems(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/items").WithTags("Items");
        ListItems.Map(group);
        ReadGuide.Map(group);
        ItemDrafts.Map(group);
        PublishItem.Map(group);
        ChangeStanding.Map(group);
        Profiles.Map(routes);
    }
}
