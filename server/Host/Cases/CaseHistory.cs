using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;
using Orchestrator.Host.Identity;
using Orchestrator.Host.Operations;
using Orchestrator.Host.Problems;
using Orchestrator.Host.Storage;
using Orchestrator.Kernel.Engine;

namespace Orchestrator.Host.Cases;

/// <summary>Who did it. Applicants see the role only.</summary>
/// <param name="Id">Account, or <c>engine</c>; null where the caller may not know.</param>
/// <param name="Name">Name of the account.</param>
/// <param name="Role">Role in which it was done.</param>
sealed record ActorView(string? Id, string? Name, Word Role);

/// <summary>One transition of a case.</summary>
/// <param name="Seq">Number of the transition, from 1.</param>
/// <param name="At">Legal instant.</param>
/// <param name="RecordedAt">When the server wrote it down; later than <paramref name="At"/> where it was late.</param>
/// <param name="Act">What came in: act, signal or <c>timer</c>.</param>
/// <param name="Actor">Who did it.</param>
/// <param name="Events">The facts, each with its <c>type</c>.</param>
sealed record HistoryEntry(long Seq, Instant At, Instant RecordedAt, string Act, ActorView Actor, JsonElement Events);

/// <summary><c>GET /api/v1/cases/{caseNo}/events</c>: the history, oldest first.</summary>
static class CaseHistory
{
    const string Select = """
        SELECT e.seq, e.at, e.recorded_at, e.stimulus, e.actor_id, e.actor_role, a.name AS actor_name, e.body
        FROM case_event e LEFT JOIN account a ON a.account_id = e.actor_id
        WHERE e.case_no = @caseNo AND e.seq > @after ORDER BY e.seq LIMIT @fetch
        """;

    internal sealed class Row
    {
        public long Seq { get; init; }
        public long At { get; init; }
        public long RecordedAt { get; init; }
        public string Stimulus { get; init; } = "";
        public string ActorId { get; init; } = "";
        public string ActorRole { get; init; } = "";
        public string? ActorName { get; init; }
        public string Body { get; init; } = "";
    }

    public static void Map(RouteGroupBuilder group) =>
        group.MapGet("/{caseNo}/events", Handle).RequireAuthorization(Policies.Cases).WithName("CaseHistory").WithSummary("办件经过 / History of a case").Refuses(400, 404);

    static async Task<Results<Ok<Page<HistoryEntry>>, Problem>> Handle(
        string caseNo, [AsParameters] Paging page, Caller caller, CaseReader reader, Database database, CancellationToken stop)
    {
        if (page.WhyUnfit() is { } unfit) return unfit;
        if (!long.TryParse(page.Cursor is null ? "0" : page.After, NumberStyles.None, CultureInfo.InvariantCulture, out var after))
            return Paging.WrongCursor;
        if (await reader.Find(caller, caseNo, stop) is null) return CaseReplies.Unknown;
        await using var connection = await database.Open(stop);
        var rows = await connection.QueryAsync<Row>(new(Select, new { caseNo, after, fetch = page.Fetch }, cancellationToken: stop));
        return TypedResults.Ok(page.Of(rows.AsList(), row => View(row, caller), row => [row.Seq.ToString(CultureInfo.InvariantCulture)]));
    }

    static HistoryEntry View(Row row, Caller caller) => new(
        row.Seq, Instant.FromUnixTimeMilliseconds(row.At), Instant.FromUnixTimeMilliseconds(row.RecordedAt), row.Stimulus,
        caller.IsStaff || row.ActorId == caller.Id ? new(row.ActorId, row.ActorName, CaseWords.Role(row.ActorRole)) : new(null, null, CaseWords.Role(row.ActorRole)),
        caller.IsStaff ? JsonSerializer.Deserialize<JsonElement>(row.Body) : ForApplicants(row.Body));

    /// <summary>What concerns the applicant: where the case is, what was issued, said to the applicant and asked of them; not the office's own notes.</summary>
    static JsonElement ForApplicants(string body)
    {
        var events = KernelJson.ReadEvents(Encoding.UTF8.GetBytes(body));
        ImmutableArray<CaseEvent> shown = [.. events.Where(happened => happened is StateEntered or EvaluationInvited or EvaluationGiven or CaseEnded
            || happened is NoticeQueued { To: "applicant" } || happened is DocumentIssued)];
        return JsonSerializer.Deserialize<JsonElement>(KernelJson.Write(shown));
    }
}
