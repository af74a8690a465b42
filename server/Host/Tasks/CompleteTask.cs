using System.Text.Json;
using Orchestrator.Host.Cases;
using Orchestrator.Host.Identity;
using Orchestrator.Host.Problems;
using Orchestrator.Host.Storage;
using Orchestrator.Kernel.Definitions;
using Orchestrator.Kernel.Engine;

namespace Orchestrator.Host.Tasks;

/// <summary><c>POST /api/v1/tasks/{id}/complete</c>: the outcome of a task. The same path as acts on the case.</summary>
static class CompleteTask
{
    /// <param name="Outcome">Act of the task's activity, or a free outcome of a human task.</param>
    /// <param name="Data">Data of the act; an object.</param>
    internal sealed record Body(string Outcome, JsonElement? Data = null);

    static readonly Refusal Gone = new("task.gone", "5.2", new("该待办已办结或已取消", "The task has been done or cancelled"));
    static readonly Refusal Claimed = new("task.claimed", "5.2", new("该待办已被他人认领", "Somebody else has claimed the task"));

    public static void Map(RouteGroupBuilder group) =>
        group.MapPost("/{id}/complete", Handle).RequireAuthorization(Policies.Tasks).WithName("CompleteTask")
            .WithSummary("办理待办 / Complete a task").Produces<CaseView>().Refuses(400, 403, 404, 409, 422, 503);

    static async Task<IResult> Handle(string id, Body body, HttpContext http, Caller caller, TaskReader tasks, CaseActs acts)
    {
        var (task, problem) = await tasks.Find(caller, id, http.RequestAborted);
        // A repeated request finds its task gone, but its kept reply comes first: the seam knows it.
        if (task is null && !(problem!.Status == StatusCodes.Status409Conflict && http.Request.Headers.ContainsKey(Audit.Writes.KeyHeader))) return problem;
        var caseNo = task?.CaseNo ?? id[..id.LastIndexOf("-T", StringComparison.Ordinal)];
        return await acts.Do(http, caller, new(caseNo, body.Outcome, body.Data ?? default, id), body, loaded => WhyNot(loaded, id, caller, body.Outcome));
    }

    static Refusal? WhyNot(LoadedCase loaded, string id, Caller caller, string outcome)
    {
        if (loaded.State.Tasks.FirstOrDefault(task => task.Id == id) is not { } task) return Gone;
        if (loaded.ClaimedBy is { } claimed && claimed != caller.Id) return Claimed;
        return Fits(task, outcome) ? null : new("task.outcome", "5.2", new($"“{outcome}”不是该待办的结果", $"'{outcome}' is no outcome of this task"), [outcome]);
    }

    /// <summary>Acts on the whole case, such as a suspension, are not the outcome of a task; the filing of a refusal is (QS-6c).</summary>
    static bool Fits(OpenTask task, string outcome) => task.Activity switch
    {
        "Gov.HumanTask" => ActivityCatalog.FindCaseAct(outcome) is null,
        "Gov.NegationFiling" => outcome == "file_negation",
        var activity => ActivityCatalog.Find(activity)?.Act(outcome) is not null,
    };
}
