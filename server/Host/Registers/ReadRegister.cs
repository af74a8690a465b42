using System.Globalization;
using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;
using Orchestrator.Host.Audit;
using Orchestrator.Host.Cases;
using Orchestrator.Host.Identity;
using Orchestrator.Host.Operations;
using Orchestrator.Host.Problems;
using Orchestrator.Host.Storage;

namespace Orchestrator.Host.Registers;

/// <summary>One thing that happened to an entry.</summary>
/// <param name="Seq">Running number, from 1.</param>
/// <param name="At">Legal instant.</param>
/// <param name="Kind">document, record, notice, order, order_closed, kpi, timer_started, timer_stopped, timer_fired or terminate_cases.</param>
/// <param name="Name">Name of the document, record, timer, …</param>
/// <param name="To">Role that was told.</param>
/// <param name="Value">Content.</param>
/// <param name="Actor">Who did it; the engine for what happened by the passing of time.</param>
sealed record RegisterFactView(long Seq, Instant At, string Kind, string Name, string? To, string? Value, ActorView Actor);

/// <summary><c>GET /api/v1/registers/{kind}/{id}</c> and <c>/facts</c>: an entry and its history.</summary>
static class ReadRegister
{
    const string Facts = """
        SELECT f.seq, f.at, f.kind, f.name, f.addressee, f.value, f.actor_id, f.actor_role, a.name AS actor_name
        FROM register_fact f LEFT JOIN account a ON a.account_id = f.actor_id WHERE f.subject = @subject AND f.seq > @after ORDER BY f.seq LIMIT @fetch
        """;

    sealed class Row
    {
        public long Seq { get; init; }
        public long At { get; init; }
        public string Kind { get; init; } = "";
        public string Name { get; init; } = "";
        public string? Addressee { get; init; }
        public string? Value { get; init; }
        public string ActorId { get; init; } = "";
        public string ActorRole { get; init; } = "";
        public string? ActorName { get; init; }

        public RegisterFactView ToView() => new(Seq, Instant.FromUnixTimeMilliseconds(At), Kind, Name, Addressee, Value, new(ActorId, ActorName, CaseWords.Role(ActorRole)));
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/registers").WithTags("Registers").RequireAuthorization(Policies.Staff);
        group.MapGet("/{kind}/{id}", Handle).WithName("ReadRegister").WithSummary("登记现状 / One register entry").Refuses(404);
        group.MapGet("/{kind}/{id}/facts", History).WithName("RegisterHistory").WithSummary("登记经过 / History of a register entry").Refuses(400, 404);
    }

    static async Task<Results<Ok<RegisterView>, Problem>> Handle(string kind, string id, Caller caller, Database database, RegisterDesk desk, SecurityClock clock, IPinnedData pinned, CancellationToken stop)
    {
        if (await Find(kind, id, caller, database, desk, clock, stop) is not { } entry) return RegisterDesk.Unknown;
        return TypedResults.Ok(RegisterView.Of(entry, desk.Now, await pinned.Calendar(stop)));
    }

    static async Task<Results<Ok<Page<RegisterFactView>>, Problem>> History(
        string kind, string id, [AsParameters] Paging page, Caller caller, Database database, RegisterDesk desk, SecurityClock clock, CancellationToken stop)
    {
        if (page.WhyUnfit() is { } unfit) return unfit;
        if (!long.TryParse(page.Cursor is null ? "0" : page.After, NumberStyles.None, CultureInfo.InvariantCulture, out var after)) return Paging.WrongCursor;
        if (await Find(kind, id, caller, database, desk, clock, stop) is not { } entry) return RegisterDesk.Unknown;
        await using var connection = await database.Open(stop);
        var rows = await connection.QueryAsync<Row>(new(Facts, new { subject = entry.Subject, after, fetch = page.Fetch }, cancellationToken: stop));
        return TypedResults.Ok(page.Of(rows.AsList(), row => row.ToView(), row => [row.Seq.ToString(CultureInfo.InvariantCulture)]));
    }

    static async Task<RegisterEntry?> Find(string kind, string id, Caller caller, Database database, RegisterDesk desk, SecurityClock clock, CancellationToken stop)
    {
        await using var connection = await database.Open(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        var reading = new Write(connection, transaction, caller, clock.Now, stop);
        return await RegisterRows.Load(reading, RegisterEntry.Key(kind, id, caller.Region ?? ""), desk.Now) is { } entry && RegisterDesk.Sees(caller, entry.Region) ? entry : null;
    }
}
