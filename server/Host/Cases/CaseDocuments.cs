using System.Text.Json;
using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;
using Orchestrator.Host.Identity;
using Orchestrator.Host.Problems;
using Orchestrator.Host.Storage;

namespace Orchestrator.Host.Cases;

/// <summary>文书 with its content (docs/RULES.md).</summary>
sealed record DocumentView(string No, string Name, Instant IssuedAt, JsonElement Content);

/// <summary><c>GET /api/v1/cases/{caseNo}/documents</c> and <c>/{no}</c>: what was issued on a case.</summary>
static class CaseDocuments
{
    const string Select = "SELECT document_no, name, issued_at, content FROM case_document WHERE case_no = @caseNo AND document_no = @no";

    static readonly Problem Unknown = Problem.NotFound("document.unknown", "没有这份文书", "There is no such document");

    sealed class Row
    {
        public string DocumentNo { get; init; } = "";
        public string Name { get; init; } = "";
        public long IssuedAt { get; init; }
        public string Content { get; init; } = "{}";
    }

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/{caseNo}/documents", List).RequireAuthorization(Policies.Cases).WithName("CaseDocuments").WithSummary("办件文书 / Documents of a case").Refuses(404);
        group.MapGet("/{caseNo}/documents/{no}", Read).RequireAuthorization(Policies.Cases).WithName("ReadCaseDocument").WithSummary("文书内容 / One document").Refuses(404);
    }

    static async Task<Results<Ok<IReadOnlyList<DocumentBrief>>, Problem>> List(string caseNo, Caller caller, CaseReader reader, CancellationToken stop) =>
        await reader.Find(caller, caseNo, stop) is { } seen
            ? TypedResults.Ok<IReadOnlyList<DocumentBrief>>([.. seen.State.Documents.Select(document => new DocumentBrief(document.No, document.Name, document.At))])
            : CaseReplies.Unknown;

    static async Task<Results<Ok<DocumentView>, Problem>> Read(string caseNo, string no, Caller caller, CaseReader reader, Database database, CancellationToken stop)
    {
        if (await reader.Find(caller, caseNo, stop) is null) return CaseReplies.Unknown;
        await using var connection = await database.Open(stop);
        var row = await connection.QuerySingleOrDefaultAsync<Row>(new(Select, new { caseNo, no }, cancellationToken: stop));
        return row is null ? Unknown : TypedResults.Ok(new DocumentView(row.DocumentNo, row.Name, Instant.FromUnixTimeMilliseconds(row.IssuedAt), JsonSerializer.Deserialize<JsonElement>(row.Content)));
    }
}
