namespace Orchestrator.Host.Storage;

/// <summary>The database, pinned data and the seam.</summary>
static class StorageServices
{
    public static IServiceCollection AddStorage(this IServiceCollection services) => services
        .AddSingleton(provider => Database.Of(provider.GetRequiredService<Settings.ServerSettings>()))
        .AddSingleton(provider => provider.GetRequiredService<Database>().Cases)
        .AddSingleton<PinnedData>()
        .AddSingleton<IPinnedData>(provider => provider.GetRequiredService<PinnedData>())
        .AddSingleton(CaseRules.Kernel)
        .AddSingleton<CaseSteps>()
        .AddSingleton<CaseSeam>()
        .AddSingleton<PutAside>()
        .AddSingleton<CaseReads>()
        .AddSingleton<CaseNumbers>()
        .AddSingleton<TaskClaims>()
        .AddSingleton<Operations.IReadinessCheck, DatabaseReady>()
        .AddHostedService<PrepareDatabase>();
}
