using System.Collections.Immutable;
using NodaTime;
using Orchestrator.Kernel.Clocks;
using Orchestrator.Kernel.Items;

namespace Orchestrator.Kernel.Tests.Items;

/// <summary>An item that passes the gate in every region, to be spoilt one rule at a time.</summary>
static class SampleItem
{
    static readonly LegalBasis Law = new("《公共场所卫生管理条例》", "第四条", "行政法规");

    internal static ServiceItem Valid(string region = "QS", string authority = "district") => new()
    {
        ItemCode = "QS-WJ-001", Name = "公共场所卫生许可", NameEn = "Hygiene licence of public venues", ItemType = region == "NX" ? "行政许可" : "行政许可", ItemClass = "行政权力",
        Region = region, CatalogueAuthority = authority, LegalBasis = [Law], PowerListRef = "QZ-01", ImplementingBody = "千山区卫生健康局", Level = "旗县",
        ServiceObject = ["法人"], AcceptanceConditions = ["经营场所面积不小于30平方米"],
        Process = new("standard", [new("apply", "提交申请"), new("accept", "受理", TimeLimit.WorkingDays(1)), new("review", "审查"), new("decide", "决定"), new("deliver", "送达")]),
        Materials = ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, [
            new KeyValuePair<string, Material>("M01", Form()), new("M02", Proof()), new("M03", Minor()), new("M04", Shared())]),
        StatutoryLimit = TimeLimit.WorkingDays(20), PromisedLimit = TimeLimit.WorkingDays(7),
        Fees = [], ResultTypes = [new("公共场所卫生许可证", "证照", new("公共场所卫生许可证样本", "licence.pdf", Redacted: true), "4年")],
        ResultForms = ["electronic", "paper"], HandlingForm = ["窗口", "网上"], HandlingPlace = [new("千山区政务服务中心", ["W01"], "千山区样例路1号", "09:00-17:00")],
        ConsultChannels = [new("电话", "0412-0000001")], ComplaintChannels = [new("电话", "12345")], OnlineDepth = 3,
        ToleranceMaterials = ["M03"], ToleranceLimit = TimeLimit.WorkingDays(5), ToleranceOverdue = "deny_with_reasons", EffectiveFrom = new LocalDateTime(2026, 1, 1, 0, 0),
    };

    internal static ServiceItem With(this ServiceItem item, string id, Func<Material, Material> change) =>
        item with { Materials = item.Materials.SetItem(id, change(item.Materials[id])) };

    static Material Form() => new()
    {
        Name = "公共场所卫生许可申请表", Type = "表格", Basis = [Law], Spec = "A4", Format = "签字或者盖章", BlankForm = new("空表", "blank.pdf"), SampleForm = new("样表", "sample.pdf"), FillingNotes = "如实填写",
    };

    static Material Proof() => new() { Name = "经营场所使用权证明", Type = "证明", Basis = [Law], PromiseWaivable = true };
    static Material Minor() => new() { Name = "场所平面图", Type = "自备", Basis = [Law], Necessity = "minor", Tolerable = true };
    static Material Shared() => new() { Name = "营业执照", Type = "证照", Basis = [Law], SourceKind = "政府核发", Shareable = true, FetchPort = "market.licence", ConfirmByApplicant = true, Exempt = true };
}
