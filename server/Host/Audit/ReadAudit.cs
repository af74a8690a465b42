using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;
using Orchestrator.Host.Identity;
using Orchestrator.Host.Operations;
using Orchestrator.Host.Problems;
using Orchestrator.Host.Storage;

namespace Orchestrator.Host.Audit;

/// <summary><c>GET /api/v1/audit</c>: who did what to what, newest first; refused acts and failed sign-ins too.</summary>
static class ReadAudit
{
    /// <summary>An entry.</summary>
    /// <param name="Id">Running number.</param>
    /// <param name="At">When.</param>
    /// <param name="ActorId">Account that acted; empty when nobody was signed in.</param>
    /// <param name="ActorRole">Its roles then.</param>
    /// <param name="Action">What, for example <c>definition.publish</c>.</param>
    /// <param name="Target">To what, for example <c>definition/standard</c>.</param>
    /// <param name="Outcome">ok or refused.</param>
    /// <param name="Rule">Rule that refused it.</param>
    /// <param name="Detail">A few words more.</param>
    public sealed record Entry(long Id, Instant At, string ActorId, string ActorRole, string Action, string Target, string Outcome, string? Rule, string? Detail);

    const string Select = """
        SELECT id, at, actor_id, actor_role, action, target, outcome, rule, detail FROM audit_entry
        WHERE id < @before AND (@target = '' OR target = @target) AND (@actor = '' OR actor_id = @actor)
        ORDER BY id DESC LIMIT @fetch
        """;

    sealed class Row
    {
        public long Id { get; init; }
        public long At { get; init; }
        public string ActorId { get; init; } = "";
        public string ActorRole { get; init; } = "";
        public string Action { get; init; } = "";
        public string Target { get; init; } = "";
        public string Outcome { get; init; } = "";
        public string? Rule { get; init; }
        public string? Detail { get; init; }

        public Entry ToEntry() => new(Id, Instant.FromUnixTimeMilliseconds(At), ActorId, ActorRole, Action, Target, Outcome, Rule, Detail);
    }

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/v1/audit", Handle)
        .RequireAuthorization(Policies.AuditRead).WithName("ReadAudit").WithTags("Audit").WithSummary("审计记录 / The audit trail").Refuses(400);

    static async Task<Results<Ok<Page<Entry>>, Problem>> Handle([AsParameters] Paging page, Database database, CancellationToken stop, string target = "", string actor = "")
    {
        if (page.WhyUnfit() is { } unfit) return unfit;
        var before = long.TryParse(page.After, out var last) ? last : long.MaxValue;
        await using var connection = await database.Open(stop);
        var rows = await connection.QueryAsync<Row>(new(Select, new { before, target, actor, fetch = page.Fetch }, cancellationToken: stop));
        return TypedResults.Ok(page.Of(rows.AsList(), row => row.ToEntry(), row => [row.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]));
    }
}
