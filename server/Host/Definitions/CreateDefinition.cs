using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.HttpResults;
using Orchestrator.Host.Audit;
using Orchestrator.Host.Identity;
using Orchestrator.Host.Problems;
using Orchestrator.Kernel;
using Orchestrator.Kernel.Checks;
using Orchestrator.Kernel.Definitions;

namespace Orchestrator.Host.Definitions;

/// <summary><c>POST /api/v1/definitions</c>: a new definition, blank or from a shipped pipeline. <c>POST /import</c>: one from an Elsa 3 file.</summary>
static partial class CreateDefinition
{
    /// <summary>The definition to be made.</summary>
    /// <param name="Title">Title in both languages.</param>
    /// <param name="DefinitionId">Id; made up when absent.</param>
    /// <param name="Purpose">service, ticket or general (default).</param>
    /// <param name="From">Shipped pipeline to start from: standard, immediate, renewal, joint or bad-review; absent for a blank flowchart.</param>
    /// <param name="Document">Definition document to start from, instead of <paramref name="From"/>.</param>
    public sealed record Body(LocalizedText Title, string? DefinitionId = null, string? Purpose = null, string? From = null, JsonObject? Document = null);

    const string Taken = "SELECT count(*) FROM definition WHERE definition_id = @id";

    static readonly Problem Exists = Problem.Conflict("definition.exists", "该流程编号已存在", "There is a definition with this id already");

    public static void Map(RouteGroupBuilder group)
    {
        group.MapPost("", Handle).RequireAuthorization(Policies.DefinitionsWrite).WithName("CreateDefinition").WithSummary("新建流程 / Make a definition").Refuses(409);
        group.MapPost("/import", Import).RequireAuthorization(Policies.DefinitionsWrite).Accepts<JsonObject>("application/json")
            .WithName("ImportDefinition").WithSummary("导入流程文件（Elsa 3）/ Import an Elsa 3 definition file").Refuses(400, 409, 413, 415);
    }

    static Task<Results<Created<DraftReport>, Problem>> Handle(Body body, Caller caller, HttpContext http, Writes writes)
    {
        if (body.Title.Zh.Trim().Length == 0) return Refused(Problem.Invalid("/title/zh", "definition.title", "请填写中文标题", "A Chinese title is needed"));
        if (body.Purpose is not (null or "service" or "ticket" or "general")) return Refused(Problem.Invalid("/purpose", "definition.purpose", "purpose 应为 service、ticket 或 general", "purpose is service, ticket or general"));
        if (body.From is not null && !ShippedWorkflows.Names.Contains(body.From)) return Refused(Problem.Invalid("/from", "definition.from", "没有这个内置流程", "There is no such shipped pipeline"));
        return Create(body.DefinitionId ?? Guid.NewGuid().ToString("n"), DefinitionText.Titled(Source(body), body.Title), body, caller, http, writes);
    }

    static DefinitionDocument Source(Body body) => body switch
    {
        { Document: { } json } => DefinitionDocument.Of(json.DeepClone().AsObject()).Document,
        { From: { } name } => DefinitionDocument.Read(ShippedWorkflows.Json(name)).Document!,
        _ => DefinitionText.Blank(body.Title, body.Purpose ?? "general"),
    };

    static async Task<Results<Created<DraftReport>, Problem>> Import(Caller caller, HttpContext http, Writes writes, CancellationToken stop)
    {
        var (document, problem) = await DefinitionText.Read(http.Request, stop);
        if (document is null) return problem!;
        return await Create(document.DefinitionId.Length > 0 ? document.DefinitionId : Guid.NewGuid().ToString("n"), document, document.Json, caller, http, writes);
    }

    static async Task<Results<Created<DraftReport>, Problem>> Create(string id, DefinitionDocument document, object body, Caller caller, HttpContext http, Writes writes)
    {
        if (!IdForm().IsMatch(id)) return Problem.Invalid("/definitionId", "definition.id", "流程编号须为 1 至 100 个字母、数字或 .-_", "A definition id has 1 to 100 letters, digits or .-_");
        var report = DefinitionCheck.Run(document);
        var made = await writes.Once<DraftReport>(http, caller, body, async write =>
        {
            if (await write.One<long>(Taken, new { id }) > 0) return Exists;
            await DefinitionStore.Create(write, id, document);
            await write.Audit("definition.create", "definition/" + id);
            return DraftReport.Of(id, 1, report);
        });
        return made.Problem is { } problem ? problem : TypedResults.Created($"/api/v1/definitions/{made.Value!.DefinitionId}", made.Value);
    }

    static Task<Results<Created<DraftReport>, Problem>> Refused(Problem problem) => Task.FromResult<Results<Created<DraftReport>, Problem>>(problem);

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$")]
    private static partial Regex IdForm();
}
