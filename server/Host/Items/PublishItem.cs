using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;
using Orchestrator.Host.Audit;
using Orchestrator.Host.Identity;
using Orchestrator.Host.Operations;
using Orchestrator.Host.Problems;
using Orchestrator.Host.Registers;
using Orchestrator.Kernel.Items;

namespace Orchestrator.Host.Items;

/// <summary><c>POST /api/v1/items/{code}/publish</c>: the draft becomes the next version, if the gate lets it pass, and takes effect without a gap (QS-T4).</summary>
static class PublishItem
{
    /// <summary>The publication.</summary>
    /// <param name="EffectiveFrom">When it takes effect; at once when absent. Never before now.</param>
    public sealed record Body(Instant? EffectiveFrom = null);

    const string Standing = "SELECT status FROM item_standing WHERE item_code = @code AND effective_from <= @at ORDER BY effective_from DESC LIMIT 1";

    static readonly Problem NotInForce = new(StatusCodes.Status422UnprocessableEntity, "item.not-in-force",
        new("事项已停止执行或者取消，不能发布", "The item is suspended or cancelled and cannot be published"))
    { Rule = "CQ-13.2" };

    public static void Map(RouteGroupBuilder group) => group.MapPost("/{code}/publish", Handle).RequireAuthorization(Policies.ItemsPublish)
        .WithName("PublishItem").WithSummary("发布事项 / Publish an item").Refuses(403, 404, 409, 412, 422);

    static async Task<Results<Ok<ItemVersionView>, Problem>> Handle(string code, Body body, Caller caller, HttpContext http, Writes writes, RegisterDesk desk)
    {
        var published = await writes.Once<ItemVersionView>(http, caller, body, async write =>
        {
            if (await write.One<ItemDraftRow>(ItemDraftRow.Select, new { code }) is not { } draft) return ItemDrafts.NoDraft;
            if (ItemDrafts.WhyNotHere(caller, draft.Region) is { } refused) return refused;
            if (http.Request.Headers.IfMatch.Count > 0 && ETags.WhyNot(http.Request, draft.Revision) is { } stale) return stale;

            var now = desk.Now;
            if (await write.One<string>(Standing, new { code, at = now.ToUnixTimeMilliseconds() }) is "suspended" or "cancelled") return NotInForce;
            var before = await ItemStore.Published(write, code);
            var (item, request) = ItemStore.Next(ItemJson.Read(draft.Json).Item!, before, now, body.EffectiveFrom ?? now);
            var report = await ItemStore.Check(write, item, draft.Revision, request, before);
            if (!report.Publishable) return ItemStore.Refusal(report);
            var version = await ItemStore.Publish(write, item, request);
            return await desk.Published(write, caller, code, request, http.RequestAborted) is { } refusal ? refusal : version;
        });
        return published.Problem is { } problem ? problem : TypedResults.Ok(published.Value!);
    }
}
