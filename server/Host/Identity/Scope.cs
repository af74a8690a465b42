using Orchestrator.Host.Operations;

namespace Orchestrator.Host.Identity;

/// <summary>
/// 数据范围: which rows a caller sees. Applicants and agents see their own; staff what belongs to the subtree of their department or hall;
/// supervisors and the administration body their region; administrators and auditors everything. What a caller does not see
/// is answered like what does not exist.
/// </summary>
/// <param name="Sql">Condition for a WHERE clause; ask for it with <see cref="On"/>.</param>
/// <param name="Parameters">Its parameters, all named <c>scope…</c>.</param>
sealed record Scope(string Sql, Dictionary<string, object?> Parameters)
{
    const string Subtree = "SELECT id FROM organisation WHERE path LIKE @scopePath";

    /// <summary>The condition under which a row is the caller's to see.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="alias">Alias of the table.</param>
    /// <param name="applicant">Its column with the applicant's account; null where rows have none.</param>
    /// <param name="region">Its column with the region.</param>
    /// <param name="department">Its column with the department.</param>
    /// <param name="hall">Its column with the hall; null where rows have none.</param>
    public static Scope On(Caller caller, string alias, string? applicant = "applicant_id", string region = "region", string department = "department", string? hall = "hall")
    {
        var own = applicant is null ? "1 = 0" : $"{alias}.{applicant} = @scopeOwn";
        var parameters = new Dictionary<string, object?> { ["scopeOwn"] = caller.Id };
        switch (caller.Reach)
        {
            case Reach.All:
                return new("1 = 1", []);
            case Reach.Region when caller.Region is not null:
                parameters["scopeRegion"] = caller.Region;
                return new($"({alias}.{region} = @scopeRegion OR {own})", parameters);
            case Reach.Region or Reach.Subtree when caller.ScopePath is { Length: > 0 } path:
                parameters["scopePath"] = Like.Under(path);
                var inHall = hall is null ? "" : $" OR {alias}.{hall} IN ({Subtree})";
                return new($"({alias}.{department} IN ({Subtree}){inHall} OR {own})", parameters);
            default:
                return new($"({own})", parameters);
        }
    }
}
