using Microsoft.AspNetCore.Http.HttpResults;
using Orchestrator.Host.Audit;
using Orchestrator.Host.Identity;
using Orchestrator.Host.Operations;
using Orchestrator.Host.Problems;
using Orchestrator.Host.Storage;
using Orchestrator.Kernel.Checks;
using Orchestrator.Kernel.Definitions;

namespace Orchestrator.Host.Definitions;

/// <summary><c>POST /api/v1/definitions/{id}/publish</c>: the draft becomes the next version, if the checks let it pass. New cases take it from then on.</summary>
static class PublishDefinition
{
    const string Latest = "SELECT latest_version FROM definition WHERE definition_id = @id";

    public static void Map(RouteGroupBuilder group) => group.MapPost("/{id}/publish", Handle).RequireAuthorization(Policies.DefinitionsPublish)
        .WithName("PublishDefinition").WithSummary("发布 / Publish the draft as the next version").Refuses(404, 409, 412, 422);

    static async Task<Results<Ok<VersionView>, Problem>> Handle(string id, Caller caller, HttpContext http, Writes writes, Database database, CancellationToken stop)
    {
        // The proof may take a while and must not hold a lock: it is made beforehand, for exactly the revision that is then published.
        if (await Drafts.Find(id, database, stop) is not { } draft) return DefinitionStore.NoDraft;
        if (http.Request.Headers.IfMatch.Count > 0 && ETags.WhyNot(http.Request, draft.Revision) is { } stale) return stale;
        var document = DefinitionDocument.Read(draft.Json).Document!;
        var report = DefinitionCheck.Run(document);

        var published = await writes.Once<VersionView>(http, caller, null, async write =>
        {
            if (!report.IsPublishable) return DefinitionStore.Unsound(report);
            if (await write.One<DraftRow>(DraftRow.Select, new { id }) is not { } now || now.Revision != draft.Revision) return ETags.Stale;
            var latest = await write.One<long>(Latest, new { id });
            if (await IsUnchanged(write, id, document, latest)) return Problem.Conflict("definition.unchanged", "草稿与最新版本相同", "The draft is the same as the newest version");
            return await DefinitionStore.Publish(write, id, document, latest);
        });
        return published.Problem is { } problem ? problem : TypedResults.Ok(published.Value!);
    }

    static async Task<bool> IsUnchanged(Write write, string id, DefinitionDocument document, long latest) =>
        await write.One<VersionRow>(VersionRow.Select + " AND version = @latest", new { id, latest }) is { } newest && newest.ContentHash == DefinitionText.HashOf(document);
}
