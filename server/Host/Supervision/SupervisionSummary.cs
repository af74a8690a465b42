using System.Globalization;
using Dapper;
using NodaTime;
using Orchestrator.Host.Cases;
using Orchestrator.Host.Identity;
using Orchestrator.Host.Storage;
using Orchestrator.Kernel.Clocks;

namespace Orchestrator.Host.Supervision;

/// <summary>How many cases have a property.</summary>
sealed record Count(Word Key, int Cases);

/// <summary>What a supervisor sees at a glance, over the cases in the caller's reach.</summary>
/// <param name="At">Legal instant of the counts.</param>
/// <param name="Open">Open and suspended cases.</param>
/// <param name="Overdue">Open cases with an expired clock whose duty stands.</param>
/// <param name="DueToday">Open cases whose nearest clock ends with this day.</param>
/// <param name="OpenOrders">Supervision orders not closed.</param>
/// <param name="ByColour">Open cases by colour.</param>
/// <param name="ByState">Open cases by state.</param>
/// <param name="ByStage">Open cases by stage.</param>
/// <param name="ByDepartment">Open cases by department.</param>
sealed record SupervisionReply(
    Instant At, int Open, int Overdue, int DueToday, int OpenOrders, IReadOnlyList<Count> ByColour, IReadOnlyList<Count> ByState, IReadOnlyList<Count> ByStage, IReadOnlyList<Count> ByDepartment);

/// <summary><c>GET /api/v1/supervision/summary</c>.</summary>
static class SupervisionSummary
{
    const string Select = """
        SELECT c.colour, c.state, c.stage, c.department, o.name_zh, o.name_en, count(*) AS cases, sum(CASE WHEN c.due_at <= @today THEN 1 ELSE 0 END) AS due_today
        FROM service_case c LEFT JOIN organisation o ON o.id = c.department
        WHERE c.status IN ('open', 'suspended') AND {0}
        GROUP BY c.colour, c.state, c.stage, c.department, o.name_zh, o.name_en
        """;

    const string Orders = "SELECT count(*) FROM supervision_order s JOIN service_case c ON c.case_no = s.case_no WHERE s.closed_at IS NULL AND {0}";

    sealed class Row
    {
        public string Colour { get; init; } = "";
        public string State { get; init; } = "";
        public string? Stage { get; init; }
        public string? Department { get; init; }
        public string? NameZh { get; init; }
        public string? NameEn { get; init; }
        public int Cases { get; init; }
        public int DueToday { get; init; }
    }

    public static void Map(RouteGroupBuilder group) => group.MapGet("/summary", Handle).RequireAuthorization(Policies.SupervisionRead)
        .WithName("SupervisionSummary").WithSummary("督办总览 / Cases by colour, state, stage and department");

    static async Task<SupervisionReply> Handle(Caller caller, Database database, TimeProvider clock, CancellationToken stop)
    {
        var now = Instant.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());
        var scope = CaseReader.ScopeOf(caller);
        var parameters = new DynamicParameters(scope.Parameters);
        parameters.Add("today", LegalTime.EndOf(LegalTime.DateOf(now)).ToUnixTimeMilliseconds());
        await using var connection = await database.Open(stop);
        var rows = (await connection.QueryAsync<Row>(new(string.Format(CultureInfo.InvariantCulture, Select, scope.Sql), parameters, cancellationToken: stop))).AsList();
        var orders = await connection.ExecuteScalarAsync<int>(new(string.Format(CultureInfo.InvariantCulture, Orders, scope.Sql), parameters, cancellationToken: stop));
        return new(now, rows.Sum(row => row.Cases), rows.Where(row => row.Colour == "red").Sum(row => row.Cases), rows.Sum(row => row.DueToday), orders,
            By(rows, row => new(row.Colour, Colours.NameOf(row.Colour))), By(rows, row => CaseWords.State(row.State)),
            By(rows.Where(row => row.Stage is not null), row => CaseWords.Stage(row.Stage)!),
            By(rows.Where(row => row.Department is not null), row => new(row.Department!, new(row.NameZh ?? row.Department!, row.NameEn ?? row.Department!))));
    }

    static IReadOnlyList<Count> By(IEnumerable<Row> rows, Func<Row, Word> key) =>
        [.. rows.GroupBy(key).Select(group => new Count(group.Key, group.Sum(row => row.Cases))).OrderByDescending(count => count.Cases).ThenBy(count => count.Key.Code, StringComparer.Ordinal)];
}
