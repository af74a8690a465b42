using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;
using Orchestrator.Host.Problems;
using Orchestrator.Host.Storage;
using Orchestrator.Kernel;
using Orchestrator.Kernel.Items;

namespace Orchestrator.Host.Items;

/// <summary><c>GET /api/v1/items/{code}/guide</c>: 办事指南, the same content on every channel (XA-11.2c, QS-15).</summary>
static class ReadGuide
{
    /// <summary>One element of the guide.</summary>
    /// <param name="Key">Stable key.</param>
    /// <param name="Title">Heading.</param>
    /// <param name="Lines">What is printed under it.</param>
    public sealed record Element(string Key, LocalizedText Title, IReadOnlyList<string> Lines);

    /// <summary>A guide.</summary>
    /// <param name="ItemCode">事项编码.</param>
    /// <param name="Version">Version of item and guide.</param>
    /// <param name="Status">in_force, suspended or cancelled.</param>
    /// <param name="Name">Name of the item.</param>
    /// <param name="Elements">The fifteen elements of XA-9.1, in order.</param>
    /// <param name="Materials">申请材料 by id, as in the item record.</param>
    /// <param name="SpecialLinks">不计时环节 with their own limits.</param>
    /// <param name="PromiseText">告知承诺书格式; null where there is none.</param>
    /// <param name="Url">Address of this version.</param>
    /// <param name="Qr">Text of the QR code (XA-11.2b).</param>
    /// <param name="EffectiveFrom">Since when.</param>
    /// <param name="ContentHash">内容指纹, equal on all channels (V-30).</param>
    public sealed record Reply(
        string ItemCode, long Version, string Status, LocalizedText Name, IReadOnlyList<Element> Elements, JsonElement Materials, IReadOnlyList<string> SpecialLinks,
        string? PromiseText, string Url, string Qr, Instant EffectiveFrom, string ContentHash);

    public static void Map(RouteGroupBuilder group) => group.MapGet("/{code}/guide", Handle).AllowAnonymous()
        .WithName("ReadGuide").WithSummary("办事指南 / The guide of an item").Refuses(404);

    static async Task<Results<Ok<Reply>, Problem>> Handle(string code, HttpContext http, Database database, TimeProvider clock, CancellationToken stop)
    {
        if (await ListItems.Find(code, database, clock, stop) is not { } row) return ListItems.Unknown;
        var item = row.Item;
        var guide = ServiceGuide.Of(item);
        http.Response.Headers.ETag = $"\"{guide.ContentHash}\"";
        return TypedResults.Ok(new Reply(code, row.Version, row.Status, new(item.Name, item.NameEn), [.. guide.Elements.Select(element => new Element(element.Key, element.Title, element.Lines))],
            JsonSerializer.SerializeToElement(item.Materials, ItemJson.Options), guide.SpecialLinks, guide.PromiseText, item.Guide.Url, item.Guide.Qr, row.From, guide.ContentHash));
    }
}
