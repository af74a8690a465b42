using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Orchestrator.Host.Clocks;
using Orchestrator.Host.Identity;
using Orchestrator.Host.Problems;

namespace Orchestrator.Host.Registers;

/// <summary>
/// <c>POST /api/v1/registers/{kind}/{id}/acts/{act}</c>, and for items <c>/api/v1/items/{code}/acts/{act}</c>: acts on items, policies, staff and
/// windows (5.6, XA-35, AQ-3.1.5c).
/// </summary>
static class RegisterActs
{
    /// <param name="Data">Data of the act; an object.</param>
    internal sealed record Body(JsonElement? Data = null);

    static readonly string[] Catalogue = [AccountRoles.CatalogueManager, AccountRoles.AdministrationBody, AccountRoles.Administrator];
    static readonly string[] Policy = [AccountRoles.PolicyOwner, AccountRoles.AdministrationBody, AccountRoles.Administrator];

    static readonly Dictionary<(string Kind, string Act), IEnumerable<string>> Allowed = new()
    {
        [(RegisterEntry.Item, "publish")] = [.. Catalogue, AccountRoles.ProcessDesigner], [(RegisterEntry.Item, "designate_lead")] = Catalogue, [(RegisterEntry.Item, "suspend_item")] = Catalogue,
        [(RegisterEntry.Item, "resume_item")] = Catalogue, [(RegisterEntry.Item, "cancel_item")] = Catalogue, [(RegisterEntry.Item, "acknowledge_sync")] = [.. Catalogue, AccountRoles.System],
        [(RegisterEntry.Item, "register_legal_change")] = Catalogue, [(RegisterEntry.Item, "adjust_catalogue")] = Catalogue, [(RegisterEntry.Item, "publish_catalogue")] = Catalogue,
        [(RegisterEntry.Policy, "register_policy")] = Policy, [(RegisterEntry.Policy, "publish_policy")] = Policy,
        [(RegisterEntry.Staff, "request_leave")] = AccountRoles.Staff, [(RegisterEntry.Window, "sign_in")] = AccountRoles.Staff, [(RegisterEntry.Window, "vacate")] = AccountRoles.Staff,
    };

    /// <summary>Roles that may do an act; null when the register has no such act.</summary>
    public static IEnumerable<string>? Roles(string kind, string act) => Allowed.GetValueOrDefault((kind, act));

    public static Problem UnknownAct(string act) => Problem.NotFound("act.unknown", $"没有“{act}”这一操作", $"There is no act '{act}' here");

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v1/registers/{kind}/{id}/acts/{act}", Handle).RequireAuthorization(Policies.Staff).WithTags("Registers").WithName("ActOnRegister")
            .WithSummary("事项、政策、人员、窗口登记操作 / Act on a register entry").Refuses(400, 403, 404, 409, 422).SettlesAtOnce();
        routes.MapPost("/api/v1/items/{code}/acts/{act}", (string code, string act, [FromBody] Body? body, HttpContext http, Caller caller, RegisterDesk desk) => Handle(RegisterEntry.Item, code, act, body, http, caller, desk))
            .RequireAuthorization(Policies.ItemsPublish).WithTags("Items").WithName("ActOnItem").WithSummary("事项登记操作 / Act on an item's register entry").Refuses(400, 403, 404, 409, 422).SettlesAtOnce();
    }

    static async Task<Results<Ok<RegisterView>, Problem>> Handle(string kind, string id, string act, [FromBody] Body? body, HttpContext http, Caller caller, RegisterDesk desk)
    {
        if (body?.Data is { ValueKind: not (JsonValueKind.Object or JsonValueKind.Null) }) return Problem.Invalid("/data", "act.data", "data 应为对象", "data is an object");
        var answer = await desk.Act(http, caller, kind, id, act, body?.Data ?? default, body);
        return answer.Problem is { } problem ? problem : TypedResults.Ok(answer.Value!);
    }
}
