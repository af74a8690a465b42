using System.Text;
using Dapper;
using Orchestrator.Host.Identity;
using Orchestrator.Host.Operations;
using Orchestrator.Host.Storage;
using Orchestrator.Kernel.Engine;

namespace Orchestrator.Host.Cases;

/// <summary>A case as a caller who may see it reads it.</summary>
/// <param name="State">The whole state.</param>
/// <param name="Scope">Where it belongs and whose it is.</param>
/// <param name="ItemName">Name of its item; null for none.</param>
/// <param name="ApplicantName">Name of the applicant's account; null for none.</param>
/// <param name="ItemStatus">Status of its item in the catalogue today.</param>
sealed record SeenCase(CaseState State, CaseScope Scope, string? ItemName, string? ApplicantName, string? ItemStatus);

/// <summary>
/// Reads cases for people. What a caller does not see is answered like what does not exist: beside the rows of <see cref="Scope"/> a department
/// sees the cases in which it has an open task (branches of a joint review), and an agent those that it filed for somebody.
/// </summary>
sealed class CaseReader(Database database)
{
    const string Select = """
        SELECT c.body, c.kind, c.region, c.hall, c.department, c.applicant_id, i.name AS item_name, i.status AS item_status, a.name AS applicant_name,
          CASE WHEN {0} THEN 1 ELSE 0 END AS visible
        FROM service_case c LEFT JOIN service_item i ON i.item_code = c.item_code LEFT JOIN account a ON a.account_id = c.applicant_id
        WHERE c.case_no = @caseNo
        """;

    sealed class Row
    {
        public string Body { get; init; } = "";
        public string Kind { get; init; } = "";
        public string? Region { get; init; }
        public string? Hall { get; init; }
        public string? Department { get; init; }
        public string? ApplicantId { get; init; }
        public string? ItemName { get; init; }
        public string? ItemStatus { get; init; }
        public string? ApplicantName { get; init; }
        public int Visible { get; init; }
    }

    /// <summary>The condition under which a case <c>c</c> is the caller's to see.</summary>
    public static Scope ScopeOf(Caller caller)
    {
        var own = Scope.On(caller, "c");
        if (caller.Reach is not (Reach.Subtree or Reach.Region) || caller.ScopePath is not { Length: > 0 } path) return own;
        var branch = "EXISTS (SELECT 1 FROM case_task b JOIN organisation o ON o.id = b.department WHERE b.case_no = c.case_no AND o.path LIKE @branchPath)";
        return new($"({own.Sql} OR {branch})", new(own.Parameters) { ["branchPath"] = Like.Under(path) });
    }

    /// <summary>The case; null when there is none or it is not for this caller.</summary>
    public async Task<SeenCase?> Find(Caller caller, string caseNo, CancellationToken stop)
    {
        var scope = ScopeOf(caller);
        await using var connection = await database.Open(stop);
        var parameters = new DynamicParameters(scope.Parameters);
        parameters.Add("caseNo", caseNo);
        var row = await connection.QuerySingleOrDefaultAsync<Row>(new(string.Format(null, Select, scope.Sql), parameters, cancellationToken: stop));
        if (row is null) return null;
        var state = KernelJson.ReadState(Encoding.UTF8.GetBytes(row.Body));
        return row.Visible == 1 || state.Facts.Proxy == caller.Id
            ? new(state, new(row.Kind, row.Region, row.Hall, row.Department, row.ApplicantId), row.ItemName, row.ApplicantName, row.ItemStatus)
            : null;
    }
}
