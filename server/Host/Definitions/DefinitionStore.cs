using Orchestrator.Host.Audit;
using Orchestrator.Host.Problems;
using Orchestrator.Kernel.Checks;
using Orchestrator.Kernel.Definitions;
using Orchestrator.Kernel.Graph;

namespace Orchestrator.Host.Definitions;

/// <summary>What the definition slices write, each within the caller's one transaction.</summary>
static class DefinitionStore
{
    public static readonly Problem Unknown = Problem.NotFound("definition.unknown", "没有这个流程", "There is no such definition");
    public static readonly Problem NoDraft = Problem.NotFound("draft.unknown", "该流程没有草稿", "The definition has no draft");

    const string Insert = """
        INSERT INTO definition (definition_id, name, purpose, owner, region, created_at, title_zh, title_en)
        VALUES (@id, @name, @purpose, @owner, @region, @now, @zh, @en)
        """;

    const string Describe = "UPDATE definition SET name = @name, purpose = @purpose, title_zh = @zh, title_en = @en WHERE definition_id = @id";

    const string InsertDraft = """
        INSERT INTO definition_draft (definition_id, revision, json, updated_at, updated_by, base_version) VALUES (@id, 1, @json, @now, @by, @baseVersion)
        """;

    const string UpdateDraft = """
        UPDATE definition_draft SET revision = revision + 1, json = @json, updated_at = @now, updated_by = @by WHERE definition_id = @id AND revision = @revision
        """;

    const string RaiseLatest = "UPDATE definition SET latest_version = @version WHERE definition_id = @id AND latest_version = @version - 1";

    const string InsertVersion = """
        INSERT INTO definition_version (version_id, definition_id, version, json, published_at, published_by, content_hash)
        VALUES (@versionId, @id, @version, @json, @now, @by, @hash)
        """;

    const string Rebase = "UPDATE definition_draft SET base_version = @version WHERE definition_id = @id";

    /// <summary>A new definition with its first draft.</summary>
    public static async Task Create(Write write, string id, DefinitionDocument document)
    {
        var (name, title) = Names(document, id);
        await write.Run(Insert, new
        {
            id, name, purpose = PurposeOf(document), owner = write.Caller.Id, region = write.Caller.Region, now = write.Now, zh = title.Zh, en = title.En,
        });
        await write.Run(InsertDraft, new { id, json = DefinitionText.Stamp(document, id, DraftId(id), 0).Write(), now = write.Now, by = write.Caller.Login, baseVersion = 0L });
    }

    /// <summary>Saves a draft over the revision that was read; the new revision, or null when somebody else was faster.</summary>
    public static async Task<long?> SaveDraft(Write write, string id, DefinitionDocument document, DraftRow? old, long latestVersion)
    {
        var (name, title) = Names(document, id);
        var row = new
        {
            id, json = DefinitionText.Stamp(document, id, DraftId(id), 0).Write(), now = write.Now, by = write.Caller.Login, revision = old?.Revision ?? 0, baseVersion = latestVersion,
            name, purpose = PurposeOf(document), zh = title.Zh, en = title.En,
        };
        if (await write.Run(old is null ? InsertDraft : UpdateDraft, row) == 0) return null;
        if (latestVersion == 0) await write.Run(Describe, row);   // what is published keeps its title until the next version
        return row.revision + 1;
    }

    /// <summary>Makes the document the next version. It never changes again (Promise 4).</summary>
    public static async Task<Answer<VersionView>> Publish(Write write, string id, DefinitionDocument document, long latestVersion)
    {
        var version = checked((int)latestVersion + 1);
        var (name, title) = Names(document, id);
        var row = new
        {
            id, version, versionId = $"{id}-v{version}", json = DefinitionText.Stamp(document, id, $"{id}-v{version}", version).Write(), now = write.Now, by = write.Caller.Login,
            hash = DefinitionText.HashOf(document), name, purpose = PurposeOf(document), zh = title.Zh, en = title.En,
        };
        if (await write.Run(RaiseLatest, row) == 0) return Problem.Conflict("definition.published-meanwhile", "他人已发布新版本", "Somebody else published a version meanwhile");
        await write.Run(InsertVersion, row);
        await write.Run(Describe, row);
        await write.Run(Rebase, row);
        await write.Audit("definition.publish", "definition/" + id, $"version {version} {row.hash}");
        return new VersionRow { VersionId = row.versionId, DefinitionId = id, Version = version, PublishedAt = write.Now, PublishedBy = row.by, ContentHash = row.hash }.ToView();
    }

    /// <summary>The publish gate's refusal.</summary>
    public static Problem Unsound(CheckReport report) => new(StatusCodes.Status422UnprocessableEntity, "definition.unsound",
        new("流程未通过校验，不能发布", "The definition does not pass the checks and cannot be published"))
    {
        Rule = report.Findings.FirstOrDefault(finding => finding is { Severity: Severity.Error, Rule: not null })?.Rule,
        Findings = report.Findings,
    };

    static string DraftId(string id) => id + "-draft";

    static string PurposeOf(DefinitionDocument document) => document.Purpose switch { FlowPurpose.Service => "service", FlowPurpose.Ticket => "ticket", _ => "general" };

    static (string Name, Kernel.LocalizedText Title) Names(DefinitionDocument document, string id) =>
        (document.Name.Length > 0 ? document.Name : id, document.Title.Zh.Length > 0 ? document.Title : new(id, id));
}
