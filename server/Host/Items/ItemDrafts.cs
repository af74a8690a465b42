using System.Text.Json.Nodes;
using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;
using Orchestrator.Host.Audit;
using Orchestrator.Host.Identity;
using Orchestrator.Host.Operations;
using Orchestrator.Host.Problems;
using Orchestrator.Host.Storage;
using Orchestrator.Kernel.Items;
using Orchestrator.Kernel.Profiles;

namespace Orchestrator.Host.Items;

/// <summary><c>/api/v1/items/{code}/draft</c> and <c>/check</c>: the next version of an item while it is being written. Managers write the items of their own region.</summary>
static class ItemDrafts
{
    public static readonly Problem NoDraft = Problem.NotFound("draft.unknown", "该事项没有草稿", "The item has no draft");
    static readonly Problem OtherRegion = Problem.Forbidden("只能管理本地区的事项", "You manage the items of your own region only");

    const string Insert = """
        INSERT INTO item_draft (item_code, region, department, revision, json, updated_at, updated_by) VALUES (@code, @region, @department, 1, @json, @now, @by)
        """;

    const string Update = """
        UPDATE item_draft SET department = @department, revision = revision + 1, json = @json, updated_at = @now, updated_by = @by WHERE item_code = @code AND revision = @revision
        """;

    const string RegionOf = "SELECT region FROM service_item WHERE item_code = @code UNION SELECT region FROM item_draft WHERE item_code = @code";

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/{code}/draft", Read).RequireAuthorization(Policies.ItemsWrite).Produces<JsonObject>()
            .WithName("ReadItemDraft").WithSummary("读取事项草稿（带 ETag）/ Read an item's draft, with its ETag").Refuses(403, 404);
        group.MapPut("/{code}/draft", Save).RequireAuthorization(Policies.ItemsWrite).Accepts<JsonObject>("application/json")
            .WithName("SaveItemDraft").WithSummary("保存事项草稿（须带 If-Match）/ Save an item's draft; needs If-Match once there is one").Refuses(400, 403, 412, 413, 415, 428);
        group.MapPost("/{code}/check", Check).RequireAuthorization(Policies.ItemsWrite)
            .WithName("CheckItemDraft").WithSummary("发布关口检查 / Ask the publish gate").Refuses(403, 404);
    }

    static async Task<Results<ContentHttpResult, Problem>> Read(string code, Caller caller, HttpContext http, Database database, CancellationToken stop)
    {
        await using var connection = await database.Open(stop);
        var draft = await connection.QuerySingleOrDefaultAsync<ItemDraftRow>(new(ItemDraftRow.Select, new { code }, cancellationToken: stop));
        if (draft is null) return NoDraft;
        if (WhyNotHere(caller, draft.Region) is { } refused) return refused;
        ETags.Set(http.Response, draft.Revision);
        return TypedResults.Text(draft.Json, "application/json; charset=utf-8");
    }

    static async Task<Results<Ok<ItemReport>, Problem>> Save(string code, Caller caller, HttpContext http, Writes writes, TimeProvider clock, CancellationToken stop)
    {
        var (item, problem) = await ReadBody(http.Request, code, stop);
        if (item is null) return problem!;
        if (WhyNotHere(caller, item.Region) is { } refused) return refused;
        var saved = await writes.Once<ItemReport>(http, caller, ItemJson.Write(item), async write =>
        {
            if ((await write.Many<string>(RegionOf, new { code })).FirstOrDefault() is { } region && region != item.Region)
                return Problem.Invalid("/region", "item.region", "事项不能换到另一个地区", "An item cannot move to another region");
            var old = await write.One<ItemDraftRow>(ItemDraftRow.Select, new { code });
            if (ETags.WhyNot(http.Request, old?.Revision) is { } stale) return stale;
            var row = new { code, region = item.Region, department = item.Department, json = ItemJson.Write(item), now = write.Now, by = caller.Login, revision = old?.Revision ?? 0 };
            if (await write.Run(old is null ? Insert : Update, row) == 0) return ETags.Stale;
            await write.Audit("item.draft", "item/" + code, $"revision {row.revision + 1}");
            return await Report(write, item, row.revision + 1, clock);
        });
        if (saved.Problem is { } refusal) return refusal;
        ETags.Set(http.Response, saved.Value!.Revision);
        return TypedResults.Ok(saved.Value);
    }

    static async Task<Results<Ok<ItemReport>, Problem>> Check(string code, Caller caller, HttpContext http, Writes writes, TimeProvider clock)
    {
        var report = await writes.Once<ItemReport>(http, caller, null, async write =>
        {
            if (await write.One<ItemDraftRow>(ItemDraftRow.Select, new { code }) is not { } draft) return NoDraft;
            if (WhyNotHere(caller, draft.Region) is { } refused) return refused;
            return await Report(write, ItemJson.Read(draft.Json).Item!, draft.Revision, clock);
        });
        return report.Problem is { } problem ? problem : TypedResults.Ok(report.Value!);
    }

    static async Task<ItemReport> Report(Write write, ServiceItem draft, long revision, TimeProvider clock)
    {
        var published = await ItemStore.Published(write, draft.ItemCode);
        var now = Instant.FromDateTimeOffset(clock.GetUtcNow());
        var (item, request) = ItemStore.Next(draft, published, now, now);
        return await ItemStore.Check(write, item, revision, request, published);
    }

    static async Task<(ServiceItem? Item, Problem? Problem)> ReadBody(HttpRequest request, string code, CancellationToken stop)
    {
        if (!request.HasJsonContentType()) return (null, BodyProblems.WrongType);
        using var reader = new StreamReader(request.Body);
        var (item, fault) = ItemJson.Read(await reader.ReadToEndAsync(stop));
        if (fault is not null) return (null, Problem.Invalid(new FieldError(fault.Pointer, "item.malformed", fault.Message)));
        if (item!.ItemCode != code) return (null, Problem.Invalid("/item_code", "item.code", "事项编码与地址不一致", "The code differs from the address"));
        return ShippedProfiles.All.ContainsKey(item.Region) ? (item, null) : (null, Problem.Invalid("/region", "item.region", "没有这个地区", "There is no such region"));
    }

    /// <summary>Managers work in their own region; administrators everywhere.</summary>
    public static Problem? WhyNotHere(Caller caller, string region) => caller.Is(AccountRoles.Administrator) || caller.Region == region ? null : OtherRegion;
}
