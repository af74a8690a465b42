namespace Orchestrator.Migrations;

/// <summary>A row of <c>schema_version</c>.</summary>
sealed class AppliedMigration
{
    public int Version { get; init; }
    public string Name { get; init; } = "";
    public string Checksum { get; init; } = "";
    public long AppliedAt { get; init; }
}
