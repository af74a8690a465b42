using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;
using Orchestrator.Host.Audit;
using Orchestrator.Host.Clocks;
using Orchestrator.Host.Identity;
using Orchestrator.Host.Problems;
using Orchestrator.Host.Registers;

namespace Orchestrator.Host.Items;

/// <summary>
/// <c>POST /api/v1/items/{code}/suspension</c>, <c>/resumption</c>, <c>/cancellation</c>: from the given instant on the item takes no new
/// cases (CQ-13.2), or takes them again. A cancellation is final.
/// </summary>
static class ChangeStanding
{
    /// <summary>The change.</summary>
    /// <param name="Reason">Why; for the record.</param>
    /// <param name="EffectiveFrom">From when on; at once when absent. Never before now.</param>
    public sealed record Body(string Reason, Instant? EffectiveFrom = null);

    /// <summary>The standing that was recorded.</summary>
    /// <param name="Code">事项编码.</param>
    /// <param name="Status">in_force, suspended or cancelled.</param>
    /// <param name="EffectiveFrom">From when on.</param>
    /// <param name="Reason">Why.</param>
    public sealed record Reply(string Code, string Status, Instant EffectiveFrom, string Reason);

    const int LongestReason = 500;

    sealed class Row
    {
        public string Region { get; init; } = "";
        public string? Latest { get; init; }
        public long? LatestFrom { get; init; }
    }

    const string Read = """
        SELECT i.region, s.status AS latest, s.effective_from AS latest_from FROM service_item i
        LEFT JOIN item_standing s ON s.item_code = i.item_code AND s.effective_from = (SELECT max(effective_from) FROM item_standing WHERE item_code = i.item_code)
        WHERE i.item_code = @code
        """;

    const string PutBack = """
        INSERT INTO item_standing (item_code, effective_from, status, reason, recorded_at, recorded_by) VALUES (@code, @from, 'in_force', @reason, @now, @by)
        """;

    /// <summary>The register's act for each standing: its clocks and effects are the same whoever asks.</summary>
    static readonly Dictionary<string, string> Acts = new() { ["suspended"] = "suspend_item", ["in_force"] = "resume_item", ["cancelled"] = "cancel_item" };

    public static void Map(RouteGroupBuilder group)
    {
        Add("suspension", "suspended", "SuspendItem", "停止执行 / Suspend an item");
        Add("resumption", "in_force", "ResumeItem", "恢复执行 / Put an item back in force");
        Add("cancellation", "cancelled", "CancelItem", "取消事项 / Cancel an item for good");

        void Add(string path, string status, string name, string summary) => group
            .MapPost("/{code}/" + path, (string code, Body body, Caller caller, HttpContext http, Writes writes, RegisterDesk desk) => Handle(code, status, body, caller, http, writes, desk)).SettlesAtOnce()
            .RequireAuthorization(Policies.ItemsPublish).WithName(name).WithSummary(summary).Refuses(403, 404, 409);
    }

    static async Task<Results<Ok<Reply>, Problem>> Handle(string code, string status, Body body, Caller caller, HttpContext http, Writes writes, RegisterDesk desk)
    {
        if (body.Reason.Trim().Length is 0 or > LongestReason) return Problem.Invalid("/reason", "item.reason", "请填写原因", "A reason is needed");
        var now = desk.Now;
        var from = body.EffectiveFrom ?? now;
        if (from < now) return Problem.Invalid("/effectiveFrom", "item.effective-from", "生效时间不得早于当前时间", "It cannot take effect before now");

        var changed = await writes.Once<Reply>(http, caller, body, async write =>
        {
            if (await write.One<Row>(Read, new { code }) is not { } item) return ListItems.Unknown;
            if ((ItemDrafts.WhyNotHere(caller, item.Region) ?? WhyNot(item, status, from)) is { } refused) return refused;
            var reason = body.Reason.Trim();
            if (status == "in_force" && from > now) await PutBackLater(write, item.Region, code, from, reason, now);
            else if (await desk.Stand(write, caller, code, Acts[status], from, reason, http.RequestAborted) is { } refusal) return refusal;
            await write.Audit("item." + status, "item/" + code, reason);
            return new Reply(code, status, from, reason);
        });
        return changed.Problem is { } problem ? problem : TypedResults.Ok(changed.Value!);
    }

    /// <summary>The register resumes at once; a resumption in the future is recorded, and the entry is looked at again when it begins.</summary>
    static async Task PutBackLater(Write write, string region, string code, Instant from, string reason, Instant now)
    {
        await write.Run(PutBack, new { code, from = from.ToUnixTimeMilliseconds(), reason, now = now.ToUnixTimeMilliseconds(), by = write.Caller.Login });
        await RegisterRows.Wake(write, region, code, from);
    }

    static Problem? WhyNot(Row item, string status, Instant from) => item.Latest switch
    {
        "cancelled" => Problem.Conflict("item.cancelled", "事项已取消，不能再变更", "The item is cancelled for good"),
        _ when (item.Latest ?? "in_force") == status => Problem.Conflict("item.standing-same", "事项已是该状态", "The item has this standing already"),
        _ when item.LatestFrom >= from.ToUnixTimeMilliseconds() => Problem.Conflict("item.standing-order", "已有更晚生效的变更", "A change that takes effect later is recorded already"),
        _ => null,
    };
}
