namespace Orchestrator.Migrations;

/// <summary>Where a migration stands in one database.</summary>
public enum MigrationState
{
    /// <summary>Known to the program, not yet applied.</summary>
    Pending,

    /// <summary>Applied, and the program's file is the one that was applied.</summary>
    Applied,

    /// <summary>Applied, but the program's file differs from the one that was applied.</summary>
    Changed,

    /// <summary>Applied by a newer program; this one does not know it.</summary>
    Unknown,
}

/// <summary>One line of <see cref="MigrationRunner.Status"/>.</summary>
/// <param name="Version">Number of the migration.</param>
/// <param name="Name">Its name; as recorded in the database where it has been applied.</param>
/// <param name="State">Where it stands.</param>
/// <param name="AppliedAt">When it was applied, in milliseconds since 1970-01-01T00:00Z; null while pending.</param>
public sealed record MigrationStatus(int Version, string Name, MigrationState State, long? AppliedAt);
