using Orchestrator.Host.Clocks;

namespace Orchestrator.Host.Registers;

/// <summary>Registers beside the cases: items, policies, staff, windows.</summary>
static class RegistersParts
{
    public static IServiceCollection AddRegisters(this IServiceCollection services) => services
        .AddSingleton<RegisterDesk>()
        .AddSingleton<SweepRegisters>()
        .AddSingleton<IDueWork>(provider => provider.GetRequiredService<SweepRegisters>());

    public static void MapRegisters(this IEndpointRouteBuilder routes)
    {
        ReadRegister.Map(routes);
        RegisterActs.Map(routes);
    }
}
