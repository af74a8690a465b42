using Orchestrator.Host.Settings;

namespace Orchestrator.Host.Dev;

/// <summary>What exists only with a manual clock, and never in Production: moving the clock, and halls for scenarios.</summary>
static class DevParts
{
    public static void MapDev(this IEndpointRouteBuilder routes)
    {
        if (routes.ServiceProvider.GetRequiredService<ServerSettings>() is not { ManualClock: true, IsProduction: false }) return;
        var group = routes.MapGroup("/api/v1/dev").WithTags("Development");
        DevClock.Map(group);
        PutFixture.Map(group);
    }
}
