using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Orchestrator.Kernel.Items;

/// <summary>One element of a guide.</summary>
/// <param name="Key">Stable key, for example <c>promised_limit</c>.</param>
/// <param name="Title">Heading in both languages.</param>
/// <param name="Pointer">Where in the item record it comes from.</param>
/// <param name="Lines">What is printed; empty when the item does not say it.</param>
public sealed record GuideElement(string Key, LocalizedText Title, string Pointer, ImmutableArray<string> Lines)
{
    /// <summary>Whether something is printed under the heading (V-02).</summary>
    public bool IsFilled => Lines.Length > 0 && Lines.All(line => !string.IsNullOrWhiteSpace(line));
}

/// <summary>
/// 办事指南: what applicants are told of an item, read from the item record alone, so that every channel shows the same
/// version (一源多端, QS-15) and a case can be held against it (V-35).
/// </summary>
/// <param name="ItemCode">事项编码.</param>
/// <param name="Version">Version of the item and of the guide.</param>
/// <param name="Elements">The fifteen elements of XA-9.1, in order.</param>
/// <param name="SpecialLinks">特别程序 with their own published limits (QS-T11a, CQ-25.2).</param>
/// <param name="PromiseText">告知承诺书格式; null where there is no promise mode.</param>
/// <param name="ContentHash">内容指纹: SHA-256 of elements and materials, lower-case hex; equal on all channels (V-30).</param>
public sealed record ServiceGuide(string ItemCode, int Version, ImmutableArray<GuideElement> Elements, ImmutableArray<string> SpecialLinks, string? PromiseText, string ContentHash)
{
    /// <summary>The guide of an item version.</summary>
    public static ServiceGuide Of(ServiceItem item)
    {
        var elements = ElementsOf(item);
        ImmutableArray<string> links = [.. item.SpecialProcedures.Where(p => p.Published).Select(p => $"{p.Kind}：{LimitText.Of(p.Limit).Zh}")];
        return new ServiceGuide(item.ItemCode, item.Version, elements, links, item.PromiseMode?.Text, Hash(item, elements));
    }

    static ImmutableArray<GuideElement> ElementsOf(ServiceItem item) =>
    [
        new("name", new("事项名称", "Item"), "/name", [item.Name]),
        new("sub_item_name", new("子项名称", "Sub-item"), "/sub_item_name", [item.SubItemName ?? "无"]),
        new("item_type", new("事项类型", "Type"), "/item_type", [item.ItemType]),
        new("acceptance_conditions", new("受理条件", "Conditions of acceptance"), "/acceptance_conditions", item.AcceptanceConditions),
        new("implementing_body", new("实施主体", "Implementing body"), "/implementing_body", [item.ImplementingBody]),
        new("statutory_limit", new("法定办结时限", "Statutory limit"), "/statutory_limit", [LimitText.Of(item.StatutoryLimit).Zh]),
        new("promised_limit", new("承诺办结时限", "Promised limit"), "/promised_limit", item.PromisedLimit is null ? [] : [LimitText.Of(item.PromisedLimit).Zh]),
        new("fees", new("收费标准及依据", "Fees and their basis"), "/fees", item.Fees.IsEmpty ? ["不收费"] : [.. item.Fees.Select(FeeLine)]),
        new("materials", new("申请材料", "Materials"), "/materials", [.. item.Materials.Values.Select(MaterialLine)]),
        new("process", new("办理流程", "Process"), "/process", [.. item.Process.Steps.Select(StepLine)]),
        new("handling_form", new("办理形式", "Ways of handling"), "/handling_form", item.HandlingForm),
        new("handling_place", new("办理地点", "Place"), "/handling_place", [.. item.HandlingPlace.Select(PlaceLine)]),
        new("result_types", new("办理结果", "Result"), "/result_types", [.. item.ResultTypes.Select(r => r.Validity is null ? r.Name : $"{r.Name}（有效期{r.Validity}）")]),
        new("consult_channels", new("咨询方式", "Where to ask"), "/consult_channels", [.. item.ConsultChannels.Select(c => $"{c.Kind}：{c.Value}")]),
        new("complaint_channels", new("监督投诉方式", "Where to complain"), "/complaint_channels", [.. item.ComplaintChannels.Select(c => $"{c.Kind}：{c.Value}")]),
    ];

    static string FeeLine(Fee fee) => fee.Amount == 0
        ? $"{fee.Name}：不收费"
        : string.Create(CultureInfo.InvariantCulture, $"{fee.Name}：{fee.Amount:0.##}元/{fee.Unit}；标准：{fee.Standard}；依据：{fee.Basis}");

    static string MaterialLine(Material material) =>
        $"{material.Name}（{material.Type}，{material.Copies}份，{(material.Exempt ? "免提交" : material.Necessity == "main" ? "必要" : "非主要")}{(material.Tolerable ? "，可容缺" : "")}）";

    static string StepLine(ProcessStep step) => step.Limit is null ? step.Text : $"{step.Text}（{LimitText.Of(step.Limit).Zh}）";

    static string PlaceLine(HandlingPlace place) => $"{place.Hall}{string.Join("、", place.Windows)}，{place.Address}，{place.Hours}";

    static string Hash(ServiceItem item, ImmutableArray<GuideElement> elements)
    {
        var content = JsonSerializer.SerializeToUtf8Bytes(new { elements = elements.Select(e => e.Lines), item.Materials, item.SpecialProcedures, item.PromiseMode }, ItemJson.Options);
        return Convert.ToHexStringLower(SHA256.HashData(content));
    }
}
