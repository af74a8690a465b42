using Microsoft.AspNetCore.Http.HttpResults;
using Orchestrator.Host.Cases;
using Orchestrator.Host.Identity;
using Orchestrator.Host.Problems;
using Orchestrator.Host.Storage;

namespace Orchestrator.Host.Tasks;

/// <summary>
/// <c>POST /api/v1/tasks/{id}/claim</c> takes a task, <c>DELETE</c> gives it back; whoever took it is the only one who completes it.
/// <c>POST /{id}/assignment</c> hands it to somebody, for first representatives and supervisors.
/// </summary>
static class ClaimTask
{
    /// <param name="Account">Login or id of the account that shall do the task.</param>
    internal sealed record AssignmentBody(string Account);

    static readonly Problem Claimed = Problem.Conflict("task.claimed", "该待办已被他人认领", "Somebody else has claimed the task");
    static readonly Problem NotYours = Problem.Conflict("task.not-claimed", "该待办不是由您认领的", "The task is not claimed by you");
    static readonly Problem WrongRole = Problem.Forbidden("该待办不属于您的角色", "The task is not for one of your roles");
    static readonly Problem WrongAccount = Problem.Invalid("/account", "account.unfit", "该账号不存在或者没有办理该待办的角色", "There is no such account with the role of the task");

    public static void Map(RouteGroupBuilder group)
    {
        group.MapPost("/{id}/claim", Claim).RequireAuthorization(Policies.Tasks).WithName("ClaimTask").WithSummary("认领待办 / Claim a task").Refuses(403, 404, 409);
        group.MapDelete("/{id}/claim", Release).RequireAuthorization(Policies.Tasks).WithName("ReleaseTask").WithSummary("退回认领 / Give a task back").Refuses(404, 409);
        group.MapPost("/{id}/assignment", Assign).RequireAuthorization(Policies.Tasks).WithName("AssignTask").WithSummary("指派待办 / Hand a task to somebody").Refuses(400, 403, 404, 409);
    }

    static Task<Results<Ok<TaskView>, Problem>> Claim(string id, Caller caller, TaskReader tasks, TaskClaims claims, CancellationToken stop) =>
        Change(id, caller, tasks, async task => !WorkList.RolesOf(caller).Contains(task.Role) ? WrongRole : await claims.Claim(id, ActorRoles.Actor(caller, task.Role), stop) ? null : Claimed, stop);

    static Task<Results<Ok<TaskView>, Problem>> Release(string id, Caller caller, TaskReader tasks, TaskClaims claims, CancellationToken stop) =>
        Change(id, caller, tasks, async task => await claims.Release(id, ActorRoles.Actor(caller, task.Role), stop) ? null : NotYours, stop);

    static Task<Results<Ok<TaskView>, Problem>> Assign(string id, AssignmentBody body, Caller caller, TaskReader tasks, TaskClaims claims, CancellationToken stop) =>
        Change(id, caller, tasks, async task =>
        {
            if (ActorRoles.First(caller, [AccountRoles.ChiefRepresentative, AccountRoles.Supervisor, AccountRoles.AdministrationBody]) is not { } role) return Problem.Forbidden();
            if (await tasks.AccountFor(task, body.Account, stop) is not { } account) return WrongAccount;
            return await claims.Assign(id, ActorRoles.Actor(caller, role), account, stop) ? null : TaskReader.Gone;
        }, stop);

    static async Task<Results<Ok<TaskView>, Problem>> Change(string id, Caller caller, TaskReader tasks, Func<TaskRow, Task<Problem?>> change, CancellationToken stop)
    {
        var (task, problem) = await tasks.Find(caller, id, stop);
        if (task is null) return problem!;
        if (await change(task) is { } refused) return refused;
        (task, problem) = await tasks.Find(caller, id, stop);
        return task is null ? problem! : TypedResults.Ok(task.ToView());
    }
}
