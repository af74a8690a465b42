using System.Collections.Immutable;
using Orchestrator.Kernel.Profiles;

namespace Orchestrator.Kernel.Items;

public static partial class ItemPublishGate
{
    static readonly ImmutableArray<string> Offline = ["窗口", "自助", "代办"];

    /// <summary>V-01 (XA-7.1, CQ-13.3): in the catalogue, 在用, and put there by an authority of P41.</summary>
    static IEnumerable<ItemFinding> InCatalogue(ServiceItem item, PublishContext context)
    {
        if (context.Catalogue is { } catalogue && !catalogue.Contains(item.ItemCode))
            yield return Block("V-01", "/item_code", "事项不在政务服务事项目录中", "The item is not in the catalogue", item.ItemCode);
        if (item.Status is not ("in_force" or "draft"))
            yield return Block("V-01", "/status", "事项已停止执行或者取消", "The item is suspended or cancelled", item.Status);
        if (!context.Profile["P41"].Split('、').Contains(item.CatalogueAuthority))
            yield return Block("V-01", "/catalogue_authority", "事项不是由有权机关列入目录的", "The item was not put into the catalogue by its authority", item.CatalogueAuthority);
    }

    /// <summary>V-02 (XA-9.1, QS-2b): the fifteen elements of the guide and the legal basis are filled.</summary>
    static IEnumerable<ItemFinding> Elements(ServiceItem item)
    {
        foreach (var element in ServiceGuide.Of(item).Elements.Where(element => !element.IsFilled))
            yield return Block("V-02", element.Pointer, $"办事指南缺少要素：{element.Title.Zh}", $"The guide lacks an element: {element.Title.En}", element.Key);
        if (item.LegalBasis.IsEmpty)
            yield return Block("V-02", "/legal_basis", "事项没有设定依据", "The item has no legal basis", "legal_basis");
    }

    /// <summary>The closed words of 7.1 and 7.3, and the item types of the region (P42); reported with V-02.</summary>
    static IEnumerable<ItemFinding> KnownWords(ServiceItem item, PolicyProfile profile)
    {
        foreach (var (pointer, value, allowed) in ItemWords.Used(item, profile))
            if (!allowed.Contains(value))
                yield return Block("V-02", pointer, $"“{value}”不在允许的取值中：{string.Join("、", allowed)}", $"“{value}” is not one of: {string.Join(", ", allowed)}", value);
    }

    /// <summary>V-08, the kind: 即办件 promises 0, 承诺件 more (NX-2.3c, NX-2.3.1b).</summary>
    static IEnumerable<ItemFinding> KindAndLimit(ServiceItem item)
    {
        if (item.PromisedLimit is not { } promised) yield break;
        if (item.HandlingKind == "immediate" && promised.Count > 0)
            yield return Block("V-08", "/promised_limit", "即办件的承诺办结时限应为0个工作日", "An immediate item promises 0 working days");
        if (item.HandlingKind == "promise" && promised.Count == 0)
            yield return Block("V-08", "/promised_limit", "承诺件的承诺办结时限应大于0", "A promise item promises more than 0 days");
    }

    /// <summary>V-11 (XA-11.1): every result has a redacted sample in a safe format.</summary>
    static IEnumerable<ItemFinding> ResultSamples(ServiceItem item)
    {
        for (var i = 0; i < item.ResultTypes.Length; i++)
        {
            var (name, sample) = (item.ResultTypes[i].Name, item.ResultTypes[i].Sample);
            if (sample is null || !sample.IsSafeFormat)
                yield return Block("V-11", $"/result_types/{i}/sample", $"办理结果“{name}”没有安全通用格式的样本", $"The result “{name}” has no sample in a safe common format", name);
            else if (!sample.Redacted)
                yield return Block("V-11", $"/result_types/{i}/sample/redacted", $"办理结果“{name}”的样本未作隐去处理", $"The sample of “{name}” is not redacted", name);
        }
    }

    /// <summary>V-13 (CQ-27): no fee without basis and standard.</summary>
    static IEnumerable<ItemFinding> FeeBasis(ServiceItem item)
    {
        for (var i = 0; i < item.Fees.Length; i++)
        {
            var fee = item.Fees[i];
            if (fee.Amount < 0 || (fee.Amount > 0 && (string.IsNullOrWhiteSpace(fee.Basis) || string.IsNullOrWhiteSpace(fee.Standard))))
                yield return Block("V-13", $"/fees/{i}", $"收费项目“{fee.Name}”没有收费依据和标准", $"The fee “{fee.Name}” has no basis and standard", fee.Name);
        }
    }

    /// <summary>V-14 (QS-14), V-15 (QS-13a) and V-31 (AQ-3.3b): the ways of handling.</summary>
    static IEnumerable<ItemFinding> Channels(ServiceItem item, PolicyProfile profile)
    {
        var online = item.HandlingForm.Contains("网上");
        if (online && !item.HandlingForm.Any(Offline.Contains))
            yield return Block("V-14", "/handling_form", "网上办理的事项应当保留线下办理渠道", "An item handled online must also be handled offline");
        if (item.OnlineFirst)
            yield return Block("V-14", "/online_first", "不得强制申请人先到线上预约或者提交", "Applicants must not be forced to book or file online first");
        if (!online && string.IsNullOrWhiteSpace(item.OnlineException))
            yield return Warn("V-15", "/handling_form", "事项未上网办理，且不在网上办理负面清单中", "The item is not handled online and not on the negative list of online handling");
        if (profile.ProxyListedOnly && item.HandlingForm.Contains("代办") && !item.ProxyListed)
            yield return Block("V-31", "/proxy_listed", "代办事项应列入嘎查村代理代办清单", "An item handled by proxy must be on the village list");
    }

    /// <summary>V-16 (XA-32a): in the centre, unless for secrecy or space.</summary>
    static IEnumerable<ItemFinding> Centre(ServiceItem item)
    {
        if (!item.InCenter.In && item.InCenter.Exception is not ("涉密" or "场地限制"))
            yield return Warn("V-16", "/in_center", "事项未进驻政务服务中心，且没有涉密或者场地限制的理由", "The item is not in the centre and has no reason of secrecy or space");
    }

    /// <summary>V-30 (XA-11.2c): the guide is the same on all channels.</summary>
    static IEnumerable<ItemFinding> ChannelHashes(ServiceItem item)
    {
        if (item.Guide.ChannelHash.IsEmpty) yield break;
        var source = ServiceGuide.Of(item).ContentHash;
        if (item.Guide.ChannelHash.Where(channel => channel.Value != source).Select(channel => channel.Key).ToArray() is { Length: > 0 } drifted)
            yield return Warn("V-30", "/guide/channel_hash", $"各渠道办事指南内容不一致：{string.Join("、", drifted)}", $"The guide differs on: {string.Join(", ", drifted)}", drifted);
    }

    /// <summary>V-32 (QS-T32): every answer leads to known materials or to a further question.</summary>
    static IEnumerable<ItemFinding> SituationTree(ServiceItem item) => item.Situations is { } root ? Uncovered(item, root, "/situations") : [];

    static IEnumerable<ItemFinding> Uncovered(ServiceItem item, Situation situation, string pointer)
    {
        if (situation.Answers.Length < 2)
            yield return Block("V-32", pointer + "/answers", $"情形“{situation.Question}”的选项少于两个", $"The question “{situation.Question}” has fewer than two answers", situation.Question);
        for (var i = 0; i < situation.Answers.Length; i++)
        {
            var answer = situation.Answers[i];
            if (answer.Materials.IsEmpty && answer.Next is null)
                yield return Block("V-32", $"{pointer}/answers/{i}", $"选项“{answer.Text}”没有对应的材料", $"The answer “{answer.Text}” leads to no materials", answer.Text);
            foreach (var id in answer.Materials.Where(id => !item.Materials.ContainsKey(id)))
                yield return Block("V-32", $"{pointer}/answers/{i}/materials", $"选项“{answer.Text}”引用了不存在的材料“{id}”", $"The answer “{answer.Text}” names the unknown material “{id}”", id);
            if (answer.Next is { } next)
                foreach (var finding in Uncovered(item, next, $"{pointer}/answers/{i}/next")) yield return finding;
        }
    }

    /// <summary>V-33 (XA-29, QS-9a): halls are named by the pattern of their level.</summary>
    static IEnumerable<ItemFinding> Names(ServiceItem item)
    {
        for (var i = 0; i < item.HandlingPlace.Length; i++)
            if (!OrganisationNames.Fits(item.HandlingPlace[i].Hall))
                yield return Warn("V-33", $"/handling_place/{i}/hall", $"“{item.HandlingPlace[i].Hall}”不符合大厅命名规则", $"“{item.HandlingPlace[i].Hall}” does not follow the naming rule of halls", item.HandlingPlace[i].Hall);
    }

    /// <summary>V-34 (NX-2.3c): a special window has its approval record.</summary>
    static IEnumerable<ItemFinding> SpecialWindowRecord(ServiceItem item)
    {
        if (item.SpecialWindow is { } window && string.IsNullOrWhiteSpace(window.ApprovalRecord))
            yield return Block("V-34", "/special_window/approval_record", "设置专门窗口未经审核同意", "The special window has no approval record", window.Window);
    }
}
