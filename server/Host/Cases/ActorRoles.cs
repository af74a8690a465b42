using Orchestrator.Host.Identity;
using Orchestrator.Kernel.Definitions;
using Orchestrator.Kernel.Engine;
using Orchestrator.Kernel.Graph;

namespace Orchestrator.Host.Cases;

/// <summary>In which of the account's roles an act is done: one that the act allows, where there is one; the kernel has the last word.</summary>
static class ActorRoles
{
    /// <summary>The caller in that role, at the caller's own window.</summary>
    public static Actor Actor(Caller caller, string role) => new(caller.Id, role, caller.Department, caller.Window);

    /// <summary>The first of the allowed roles that the caller has; null when there is none.</summary>
    public static string? First(Caller caller, IEnumerable<string> allowed) => allowed.FirstOrDefault(caller.Roles.Contains);

    /// <summary>The role for an act that opens a case.</summary>
    public static string ToOpen(Caller caller, string act) => First(caller, ActivityCatalog.FindAct(act)?.Roles ?? []) ?? Any(caller);

    /// <summary>The role for an act on a case, and whether it is one that the act allows.</summary>
    public static (string Role, bool Fits) For(Caller caller, Flow flow, CaseState state, string act, string? taskId) =>
        First(caller, Allowed(flow, state, act, taskId)) is { } role ? (role, true) : (Any(caller), false);

    /// <summary>Somebody who has none of the roles still gets the kernel's answer: what is forbidden to everybody is refused by its own rule first (5.3).</summary>
    static string Any(Caller caller) => caller.Roles.Order(StringComparer.Ordinal).FirstOrDefault() ?? "applicant";

    static IEnumerable<string> Allowed(Flow flow, CaseState state, string act, string? taskId)
    {
        foreach (var task in state.Tasks)
            if (task.Activity == "Gov.HumanTask" && (taskId is null || task.Id == taskId) && flow.Find(task.Node)?.Ports.Any(port => port.Name == act) == true) yield return task.Role;
        foreach (var token in state.Tokens)
            if (flow.Find(token.Node) is { } node && node.Activity.Act(act) is { } offered)
            {
                foreach (var role in offered.Roles) yield return role;
                if (node.Role is { } own) yield return own;
            }
        foreach (var role in ActivityCatalog.FindCaseAct(act)?.Roles ?? ActivityCatalog.FindAct(act)?.Roles ?? []) yield return role;
    }
}
