using Orchestrator.Host.Identity;
using Orchestrator.Host.Operations;

namespace Orchestrator.Host.Tasks;

/// <summary>
/// Whose task it is: by role, and by place. A task that names a department belongs to the people of that department (branches of a joint review too);
/// one that names none to the people who see the case. Applicants have the tasks of their own cases.
/// </summary>
static class WorkList
{
    /// <summary>The first representative may do what acceptors, reviewers and deciders do (XA-34).</summary>
    static readonly string[] Represented = [AccountRoles.Acceptor, "reviewer", "decider"];

    /// <summary>Roles whose tasks the caller does.</summary>
    public static string[] RolesOf(Caller caller) =>
        [.. caller.Roles.Concat(caller.Is(AccountRoles.ChiefRepresentative) ? Represented : []).Concat(caller.Is(AccountRoles.Agent) ? [AccountRoles.Applicant] : []).Distinct()];

    /// <summary>The condition under which a task <c>t</c> of a case <c>c</c> is at the caller's place, whatever its role.</summary>
    public static Scope Place(Caller caller)
    {
        var ofCase = Scope.On(caller, "c");
        if (caller.Reach is not (Reach.Subtree or Reach.Region) || caller.ScopePath is not { Length: > 0 } path) return ofCase;
        const string inDepartment = "t.department IN (SELECT id FROM organisation WHERE path LIKE @taskPath)";
        return new($"({inDepartment} OR {ofCase.Sql} AND (t.department IS NULL OR t.department = c.department OR t.side <> 'back' OR t.department NOT IN (SELECT id FROM organisation)))", new(ofCase.Parameters) { ["taskPath"] = Like.Under(path) });
    }
}
