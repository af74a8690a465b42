using System.Text.Json.Nodes;
using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using Orchestrator.Host.Audit;
using Orchestrator.Host.Identity;
using Orchestrator.Host.Operations;
using Orchestrator.Host.Problems;
using Orchestrator.Host.Storage;
using Orchestrator.Kernel.Checks;
using Orchestrator.Kernel.Definitions;

namespace Orchestrator.Host.Definitions;

/// <summary><c>/api/v1/definitions/{id}/draft</c>: the one draft of a definition. Any JSON object can be saved, sound or not; what is wrong is said, not forbidden.</summary>
static class Drafts
{
    const string Latest = "SELECT latest_version FROM definition WHERE definition_id = @id";
    const string Discard = "DELETE FROM definition_draft WHERE definition_id = @id AND revision = @revision";

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/{id}/draft", Read).RequireAuthorization(Policies.DefinitionsRead).Produces<JsonObject>()
            .WithName("ReadDraft").WithSummary("读取草稿（带 ETag）/ Read the draft, with its ETag").Refuses(404);
        group.MapPut("/{id}/draft", Save).RequireAuthorization(Policies.DefinitionsWrite).Accepts<JsonObject>("application/json")
            .WithName("SaveDraft").WithSummary("保存草稿（须带 If-Match）/ Save the draft; needs If-Match").Refuses(400, 404, 412, 413, 415, 428);
        group.MapDelete("/{id}/draft", Delete).RequireAuthorization(Policies.DefinitionsWrite)
            .WithName("DiscardDraft").WithSummary("放弃草稿（须带 If-Match）/ Discard the draft; needs If-Match").Refuses(404, 409, 412, 428);
        group.MapPost("/{id}/draft/check", Check).RequireAuthorization(Policies.DefinitionsRead)
            .WithName("CheckDraft").WithSummary("校验草稿 / Check the draft").Refuses(404);
    }

    static async Task<Results<ContentHttpResult, Problem>> Read(string id, HttpContext http, Database database, CancellationToken stop)
    {
        if (await Find(id, database, stop) is not { } draft) return DefinitionStore.NoDraft;
        ETags.Set(http.Response, draft.Revision);
        return TypedResults.Text(draft.Json, "application/json; charset=utf-8");
    }

    static async Task<Results<Ok<DraftReport>, Problem>> Check(string id, Database database, CancellationToken stop) =>
        await Find(id, database, stop) is { } draft ? TypedResults.Ok(DraftReport.Of(id, draft.Revision, DefinitionCheck.Run(draft.Json))) : DefinitionStore.NoDraft;

    static async Task<Results<Ok<DraftReport>, Problem>> Save(string id, Caller caller, HttpContext http, Writes writes, CancellationToken stop)
    {
        var (document, problem) = await DefinitionText.Read(http.Request, stop);
        if (document is null) return problem!;
        var report = DefinitionCheck.Run(document);   // before the transaction: the proof may take a while
        var saved = await writes.Once<DraftReport>(http, caller, document.Json, async write =>
        {
            if (await write.One<long?>(Latest, new { id }) is not { } latest) return DefinitionStore.Unknown;
            var old = await write.One<DraftRow>(DraftRow.Select, new { id });
            if (ETags.WhyNot(http.Request, old?.Revision) is { } refused) return refused;
            if (await DefinitionStore.SaveDraft(write, id, document, old, latest) is not { } revision) return ETags.Stale;
            await write.Audit("definition.draft", "definition/" + id, $"revision {revision}");
            return DraftReport.Of(id, revision, report);
        });
        if (saved.Problem is { } refusal) return refusal;
        ETags.Set(http.Response, saved.Value!.Revision);
        return TypedResults.Ok(saved.Value);
    }

    static async Task<Results<NoContent, Problem>> Delete(string id, Caller caller, HttpContext http, Writes writes)
    {
        var gone = await writes.Once<object>(http, caller, null, async write =>
        {
            if (await write.One<DraftRow>(DraftRow.Select, new { id }) is not { } draft) return DefinitionStore.NoDraft;
            if (ETags.WhyNot(http.Request, draft.Revision) is { } refused) return refused;
            if (await write.One<long>(Latest, new { id }) == 0)
                return Problem.Conflict("draft.only-one", "该流程尚未发布，草稿是其唯一内容", "Nothing is published yet: the draft is all there is");
            await write.Run(Discard, new { id, revision = draft.Revision });
            await write.Audit("definition.draft-discard", "definition/" + id, $"revision {draft.Revision}");
            return new { };
        });
        return gone.Problem is { } problem ? problem : TypedResults.NoContent();
    }

    /// <summary>The draft as it stands; null when there is none.</summary>
    public static async Task<DraftRow?> Find(string id, Database database, CancellationToken stop)
    {
        await using var connection = await database.Open(stop);
        return await connection.QuerySingleOrDefaultAsync<DraftRow>(new(DraftRow.Select, new { id }, cancellationToken: stop));
    }
}
