using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;
using Orchestrator.Host.Cases;
using Orchestrator.Host.Identity;
using Orchestrator.Host.Problems;
using Orchestrator.Host.Storage;

namespace Orchestrator.Host.Tasks;

/// <summary>A task with what the caller may answer.</summary>
sealed record TaskDetail(TaskView Task, IReadOnlyList<OfferedAct> Outcomes);

/// <summary><c>GET /api/v1/tasks/{id}</c>: one task and its outcomes.</summary>
static class ReadTask
{
    public static void Map(RouteGroupBuilder group) =>
        group.MapGet("/{id}", Handle).RequireAuthorization(Policies.Tasks).WithName("ReadTask").WithSummary("待办详情与可选结果 / One task and its outcomes").Refuses(404, 409);

    static async Task<Results<Ok<TaskDetail>, Problem>> Handle(
        string id, Caller caller, TaskReader tasks, CaseReader cases, IPinnedData pinned, TimeProvider clock, CancellationToken stop)
    {
        var (task, problem) = await tasks.Find(caller, id, stop);
        if (task is null) return problem!;
        if (await cases.Find(caller, task.CaseNo, stop) is not { } seen) return CaseReplies.Unknown;
        var flow = await pinned.Flow(seen.State.Pins.DefinitionVersionId, stop);
        var now = Instant.Max(Instant.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds()), seen.State.LastAt);
        var context = await pinned.Context(seen.State.Pins, seen.Scope.Hall, seen.ItemStatus, now, stop);
        return TypedResults.Ok(new TaskDetail(task.ToView(), [.. Offers.To(caller, flow, seen.State, context).Where(act => act.TaskId == id)]));
    }
}
