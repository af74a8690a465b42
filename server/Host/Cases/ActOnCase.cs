using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Orchestrator.Host.Identity;
using Orchestrator.Host.Problems;
using Orchestrator.Host.Storage;
using Orchestrator.Kernel.Definitions;
using Orchestrator.Kernel.Engine;

namespace Orchestrator.Host.Cases;

/// <summary>
/// <c>POST /api/v1/cases/{caseNo}/acts/{act}</c>: any act of the catalogue, as departments, carriers and other systems do it without a work
/// list; and the withdrawal, which is one of them.
/// </summary>
static class ActOnCase
{
    /// <param name="Data">Data of the act by the names that the activity catalogue gives; an object.</param>
    internal sealed record Body(JsonElement? Data = null);

    /// <param name="Reason">Why; goes into the record.</param>
    internal sealed record WithdrawalBody(string? Reason = null);

    public static void Map(RouteGroupBuilder group)
    {
        group.MapPost("/{caseNo}/acts/{act}", Handle).RequireAuthorization(Policies.Cases).WithName("ActOnCase")
            .WithSummary("办理操作（受理、补正、审查、决定、送达等） / Do an act on a case").Produces<CaseView>().Refuses(400, 403, 404, 409, 422, 503);
        group.MapPost("/{caseNo}/withdrawal", Withdraw).RequireAuthorization(Policies.Cases).WithName("WithdrawCase")
            .WithSummary("撤回申请 / Withdraw the application").Produces<CaseView>().Refuses(400, 403, 404, 409, 422, 503);
    }

    static Task<IResult> Handle(string caseNo, string act, [FromBody] Body? body, HttpContext http, Caller caller, CaseActs acts) =>
        acts.Do(http, caller, new(caseNo, act, body?.Data ?? default), body);

    static Task<IResult> Withdraw(string caseNo, [FromBody] WithdrawalBody? body, HttpContext http, Caller caller, CaseActs acts) =>
        acts.Do(http, caller, new(caseNo, "withdraw", JsonSerializer.SerializeToElement(body ?? new(), WireJson.Options)), body);
}

/// <summary>An act that somebody wants done.</summary>
/// <param name="CaseNo">The case.</param>
/// <param name="Name">Act of the catalogue, or free outcome of a human task.</param>
/// <param name="Data">Its data; undefined for none.</param>
/// <param name="TaskId">Task that it completes; null for none.</param>
sealed record WantedAct(string CaseNo, string Name, JsonElement Data, string? TaskId = null);

/// <summary>The one path on which people and systems change cases over HTTP.</summary>
sealed class CaseActs(CaseReader reader, CaseSeam seam, IPinnedData pinned)
{
    const int LongestName = 128;

    /// <summary>Does the act in the name of the caller; the answer is the case as it stands afterwards, or why not.</summary>
    /// <param name="http">The request: its Idempotency-Key.</param>
    /// <param name="caller">Who acts.</param>
    /// <param name="wanted">What is wanted.</param>
    /// <param name="body">Body as bound; another body under the same key is refused.</param>
    /// <param name="check">Refuses before the kernel is asked, having seen the case; null for nothing to check.</param>
    public async Task<IResult> Do(HttpContext http, Caller caller, WantedAct wanted, object? body, Func<LoadedCase, Refusal?>? check = null)
    {
        if (WhyMalformed(wanted) is { } malformed) return malformed;
        return await Change(http, caller, wanted.CaseNo, $"case.{wanted.Name}", body, wanted.TaskId, (loaded, actor) =>
            check?.Invoke(loaded) is { } refusal ? refusal : new Stimulus.Act(wanted.Name, actor, wanted.Data, wanted.TaskId), wanted.Name);
    }

    /// <summary>Sends a signal to the activities that wait for it.</summary>
    public Task<IResult> Signal(HttpContext http, Caller caller, string caseNo, string name, JsonElement data, object? body) =>
        Change(http, caller, caseNo, "case.signal", body, null, (_, actor) => new Stimulus.Signal(name, actor, data), name);

    async Task<IResult> Change(
        HttpContext http, Caller caller, string caseNo, string action, object? body, string? taskId, Func<LoadedCase, Actor, SeamDecision> decide, string act)
    {
        var stop = http.RequestAborted;
        if (await reader.Find(caller, caseNo, stop) is not { } seen) return CaseReplies.Unknown;
        var flow = await pinned.Flow(seen.State.Pins.DefinitionVersionId, stop);
        var (role, fits) = ActorRoles.For(caller, flow, seen.State, act, taskId);
        var actor = ActorRoles.Actor(caller, role);
        var (request, unfit) = CaseReplies.Request(http, actor, action, body);
        if (request is null) return unfit!;
        var change = new ChangeCase(caseNo, loaded => decide(loaded, actor), request, CaseReplies.View(StatusCodes.Status200OK, seen.Scope), taskId);
        var result = await seam.Change(change, stop);
        return result is SeamResult.Refused refused && !fits && IsKnown(act) && !IsForbidden(refused.Why) ? CaseReplies.ToProblem(MayNot(act, role)) : result.ToHttp(http);
    }

    static bool IsKnown(string act) => ActivityCatalog.FindAct(act) is not null;

    /// <summary>What nobody may do is refused by its own rule (5.3), whoever asks.</summary>
    static bool IsForbidden(Refusal why) => why.Rule.StartsWith("FT-", StringComparison.Ordinal);

    static Refusal MayNot(string act, string role) =>
        new("act.role", "5.7", new($"您的角色不能执行“{ActivityCatalog.FindAct(act)!.Title.Zh}”", $"None of your roles may do '{ActivityCatalog.FindAct(act)!.Title.En}'"), [role]);

    static Problem? WhyMalformed(WantedAct wanted) =>
        wanted.Name.Length is 0 or > LongestName ? Problem.Invalid("", "act.name", "操作名称无效", "This is not the name of an act")
        : wanted.Data.ValueKind is not (JsonValueKind.Object or JsonValueKind.Undefined or JsonValueKind.Null) ? Problem.Invalid("/data", "act.data", "data 应为对象", "data is an object")
        : null;
}
