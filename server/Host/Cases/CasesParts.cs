using Orchestrator.Host.Clocks;

namespace Orchestrator.Host.Cases;

/// <summary>办件: opening, reading, acting.</summary>
static class CasesParts
{
    public static void AddCases(this IServiceCollection services)
    {
        services.AddSingleton<ItemsInForce>();
        services.AddSingleton<RegionProfiles>();
        services.AddSingleton<CaseReader>();
        services.AddSingleton<CaseOpening>();
        services.AddSingleton<CaseActs>();
    }

    public static void MapCases(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/cases").WithTags("Cases").SettlesAtOnce();
        OpenCase.Map(group);
        ListCases.Map(group);
        ReadCase.Map(group);
        CaseHistory.Map(group);
        CaseTimers.Map(group);
        ExplainTimer.Map(group);
        CaseDocuments.Map(group);
        ActOnCase.Map(group);
        SignalCase.Map(group);
    }
}
