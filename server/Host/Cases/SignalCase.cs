using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Orchestrator.Host.Identity;
using Orchestrator.Host.Problems;

namespace Orchestrator.Host.Cases;

/// <summary><c>POST /api/v1/cases/{caseNo}/signals/{name}</c>: tells the activities that wait for an event or for a system's answer.</summary>
static class SignalCase
{
    /// <param name="Data">Data of the signal; an object.</param>
    internal sealed record Body(JsonElement? Data = null);

    public static void Map(RouteGroupBuilder group) =>
        group.MapPost("/{caseNo}/signals/{name}", Handle).RequireAuthorization(Policies.Staff).WithName("SignalCase")
            .WithSummary("发送信号或系统回复 / Send a signal or a system's answer").Produces<CaseView>().Refuses(400, 403, 404, 409, 422, 503);

    static async Task<IResult> Handle(string caseNo, string name, [FromBody] Body? body, HttpContext http, Caller caller, CaseActs acts) =>
        body?.Data is { ValueKind: not (JsonValueKind.Object or JsonValueKind.Null) }
            ? Problem.Invalid("/data", "act.data", "data 应为对象", "data is an object")
            : await acts.Signal(http, caller, caseNo, name, body?.Data ?? default, body);
}
