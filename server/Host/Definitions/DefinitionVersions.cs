using System.Text;
using System.Text.Json.Nodes;
using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using Orchestrator.Host.Identity;
using Orchestrator.Host.Problems;
using Orchestrator.Host.Storage;

namespace Orchestrator.Host.Definitions;

/// <summary><c>/api/v1/definitions/{id}/versions</c>, <c>/versions/{version}</c> and <c>/export</c>: what has been published, as it was published.</summary>
static class DefinitionVersions
{
    public static readonly Problem Unknown = Problem.NotFound("version.unknown", "没有这个版本", "There is no such version");

    const string All = "SELECT version_id, definition_id, version, '' AS json, published_at, published_by, content_hash FROM definition_version WHERE definition_id = @id ORDER BY version DESC";
    const string One = VersionRow.Select + " AND version = @version";
    const string Exists = "SELECT count(*) FROM definition WHERE definition_id = @id";

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/{id}/versions", List).RequireAuthorization(Policies.DefinitionsRead).WithName("ListVersions").WithSummary("已发布版本 / Published versions").Refuses(404);
        group.MapGet("/{id}/versions/{version:int}", Read).RequireAuthorization(Policies.DefinitionsRead).Produces<JsonObject>()
            .WithName("ReadVersion").WithSummary("已发布版本的流程文件 / A published version").Refuses(404);
        group.MapGet("/{id}/export", Export).RequireAuthorization(Policies.DefinitionsRead).Produces<JsonObject>()
            .WithName("ExportDefinition").WithSummary("导出流程文件（Elsa 3）/ Export as an Elsa 3 definition file").Refuses(404);
    }

    static async Task<Results<Ok<IReadOnlyList<VersionView>>, Problem>> List(string id, Database database, CancellationToken stop)
    {
        await using var connection = await database.Open(stop);
        if (await connection.ExecuteScalarAsync<long>(new(Exists, new { id }, cancellationToken: stop)) == 0) return DefinitionStore.Unknown;
        var rows = await connection.QueryAsync<VersionRow>(new(All, new { id }, cancellationToken: stop));
        return TypedResults.Ok<IReadOnlyList<VersionView>>([.. rows.Select(row => row.ToView())]);
    }

    static async Task<Results<ContentHttpResult, Problem>> Read(string id, int version, Database database, CancellationToken stop) =>
        await Find(id, version.ToString(System.Globalization.CultureInfo.InvariantCulture), database, stop) is { } json ? TypedResults.Text(json, "application/json; charset=utf-8") : Unknown;

    static async Task<Results<FileContentHttpResult, Problem>> Export(string id, Database database, CancellationToken stop, string? version = null)
    {
        var stored = version is not null ? await Find(id, version, database, stop) : await Find(id, "latest", database, stop) ?? await Find(id, "draft", database, stop);
        return stored is null ? Unknown : TypedResults.File(Encoding.UTF8.GetBytes(DefinitionText.Export(stored)), "application/json", $"{id}.json");
    }

    /// <summary>The JSON of a version: its number, <c>latest</c> or <c>draft</c>; null when there is none.</summary>
    public static async Task<string?> Find(string id, string which, Database database, CancellationToken stop)
    {
        var number = long.TryParse(which, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var parsed) ? parsed : 0;
        var sql = which switch
        {
            "draft" => DraftRow.Select,
            "latest" => VersionRow.Select + " ORDER BY version DESC LIMIT 1",
            _ => One,
        };
        await using var connection = await database.Open(stop);
        var command = new CommandDefinition(sql, new { id, version = number }, cancellationToken: stop);
        return which == "draft"
            ? (await connection.QuerySingleOrDefaultAsync<DraftRow>(command))?.Json
            : (await connection.QuerySingleOrDefaultAsync<VersionRow>(command))?.Json;
    }
}
