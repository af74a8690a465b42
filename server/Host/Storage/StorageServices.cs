namespace Orchestrator.Host.Storage;

/// <summary>What works on a <see cref="Database"/>: pinned data, the seam, reads and claims.</summary>
static class StorageServices
{
    public static IServiceCollection AddStorage(this IServiceCollection services) => services
        .AddSingleton(provider => provider.GetRequiredService<Database>().Cases)
        .AddSingleton<PinnedData>()
        .AddSingleton<IPinnedData>(provider => provider.GetRequiredService<PinnedData>())
        .AddSingleton(CaseRules.Kernel)
        .AddSingleton<CaseSteps>()
        .AddSingleton<CaseSeam>()
        .AddSingleton<PutAside>()
        .AddSingleton<CaseReads>()
        .AddSingleton<CaseNumbers>()
        .AddSingleton<TaskClaims>();
}
