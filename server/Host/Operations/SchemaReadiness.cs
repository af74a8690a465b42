using Orchestrator.Host.Storage;
using Orchestrator.Migrations;

namespace Orchestrator.Host.Operations;

/// <summary>The database answers and has the schema of this program.</summary>
sealed class SchemaReadiness(Database database, TimeProvider clock) : IReadinessCheck
{
    public string Name => "database";

    public async Task<string?> WhyNotReady(CancellationToken stop)
    {
        var status = await database.Migrations(clock).Status(stop);
        return status.FirstOrDefault(one => one.State != MigrationState.Applied) is { } first ? $"migration {first.Version:0000} is {first.State.ToString().ToLowerInvariant()}" : null;
    }
}
