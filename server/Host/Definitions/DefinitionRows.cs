using NodaTime;
using Orchestrator.Kernel;

namespace Orchestrator.Host.Definitions;

/// <summary>A definition in lists.</summary>
/// <param name="DefinitionId">Id, stable over versions.</param>
/// <param name="Title">Title.</param>
/// <param name="Purpose">service, ticket or general.</param>
/// <param name="LatestVersion">Newest published version; 0 while there is none.</param>
/// <param name="PublishedAt">When that was published.</param>
/// <param name="DraftRevision">Revision of the draft (its ETag); null without a draft.</param>
/// <param name="DraftUpdatedAt">When the draft was last saved.</param>
/// <param name="DraftUpdatedBy">Login of who saved it.</param>
sealed record DefinitionSummary(
    string DefinitionId, LocalizedText Title, string Purpose, long LatestVersion, Instant? PublishedAt, long? DraftRevision, Instant? DraftUpdatedAt, string? DraftUpdatedBy);

/// <summary>A definition as stored, with what its draft and newest version say.</summary>
sealed class DefinitionRow
{
    public const string Select = """
        SELECT d.definition_id, d.purpose, d.title_zh, d.title_en, d.latest_version, v.published_at, t.revision, t.updated_at, t.updated_by
        FROM definition d
        LEFT JOIN definition_draft t ON t.definition_id = d.definition_id
        LEFT JOIN definition_version v ON v.definition_id = d.definition_id AND v.version = d.latest_version
        """;

    public string DefinitionId { get; init; } = "";
    public string Purpose { get; init; } = "";
    public string TitleZh { get; init; } = "";
    public string TitleEn { get; init; } = "";
    public long LatestVersion { get; init; }
    public long? PublishedAt { get; init; }
    public long? Revision { get; init; }
    public long? UpdatedAt { get; init; }
    public string? UpdatedBy { get; init; }

    public DefinitionSummary ToSummary() => new(
        DefinitionId, new(TitleZh, TitleEn), Purpose, LatestVersion, At(PublishedAt), Revision, At(UpdatedAt), UpdatedBy);

    static Instant? At(long? milliseconds) => milliseconds is { } value ? Instant.FromUnixTimeMilliseconds(value) : null;
}

/// <summary>A draft as stored.</summary>
sealed class DraftRow
{
    public const string Select = "SELECT definition_id, revision, json FROM definition_draft WHERE definition_id = @id";

    public string DefinitionId { get; init; } = "";
    public long Revision { get; init; }
    public string Json { get; init; } = "";
}

/// <summary>A published version as stored.</summary>
sealed class VersionRow
{
    public const string Select = "SELECT version_id, definition_id, version, json, published_at, published_by, content_hash FROM definition_version WHERE definition_id = @id";

    public string VersionId { get; init; } = "";
    public string DefinitionId { get; init; } = "";
    public long Version { get; init; }
    public string Json { get; init; } = "";
    public long PublishedAt { get; init; }
    public string PublishedBy { get; init; } = "";
    public string ContentHash { get; init; } = "";

    public VersionView ToView() => new(VersionId, Version, Instant.FromUnixTimeMilliseconds(PublishedAt), PublishedBy, ContentHash);
}

/// <summary>A published version.</summary>
/// <param name="VersionId">Id of the version; cases are pinned to it.</param>
/// <param name="Version">Its number.</param>
/// <param name="PublishedAt">When it was published.</param>
/// <param name="PublishedBy">Login of who published it.</param>
/// <param name="ContentHash">Fingerprint of what was drawn.</param>
sealed record VersionView(string VersionId, long Version, Instant PublishedAt, string PublishedBy, string ContentHash);

/// <summary>What the checks say of a draft.</summary>
/// <param name="DefinitionId">Definition.</param>
/// <param name="Revision">Revision of the draft that was checked.</param>
/// <param name="Publishable">Whether it could be published as it is.</param>
/// <param name="Sound">Whether the soundness proof succeeded.</param>
/// <param name="Findings">Everything found, errors first.</param>
/// <param name="CounterExample">A shortest run that shows why it is not sound; null when it is, or when the proof could not be run.</param>
sealed record DraftReport(
    string DefinitionId, long Revision, bool Publishable, bool Sound, IReadOnlyList<Kernel.Definitions.Finding> Findings, Kernel.Checks.CounterExample? CounterExample)
{
    public static DraftReport Of(string definitionId, long revision, Kernel.Checks.CheckReport report) =>
        new(definitionId, revision, report.IsPublishable, report.Sound, report.Findings, report.CounterExample);
}
