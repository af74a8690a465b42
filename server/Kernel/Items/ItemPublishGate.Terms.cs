using System.Collections.Immutable;
using System.Text.Json;
using Orchestrator.Kernel.Clocks;
using Orchestrator.Kernel.Engine;
using Orchestrator.Kernel.Profiles;

namespace Orchestrator.Kernel.Items;

public static partial class ItemPublishGate
{
    static IEnumerable<ItemFinding> TermsRules(ItemTerms next, ImmutableArray<ItemVersion> published, PublishRequest request, PolicyProfile profile) =>
    [
        .. MaterialNames(next, profile), .. PromisedAgainstStatutory(next, profile), .. FormalReviewOnTheSpot(next, profile), .. SpecialLinks(next, profile),
        .. PromiseModeAllowed(next, profile), .. TolerableMaterials(next, profile), .. JointLead(next), .. VersionSpan(next, published, request), .. Reported(request, profile),
    ];

    /// <summary>V-03 (XA-10.1b, CQ-14.1b): material names without catch-all words.</summary>
    static IEnumerable<ItemFinding> MaterialNames(ItemTerms next, PolicyProfile profile)
    {
        foreach (var (id, material) in next.Materials)
            if (Wording.Hits(material.Name, profile.ForbiddenWords) is { Length: > 0 } hits)
                yield return Wordy($"/materials/{id}/name", material.Name, hits);
    }

    static ItemFinding Wordy(string pointer, string text, ImmutableArray<string> hits) => Block("V-03", pointer,
        $"“{text}”含有兜底性用语：{string.Join("、", hits)}", $"“{text}” contains catch-all words: {string.Join(", ", hits)}", [.. hits]);

    /// <summary>V-08 (CQ-25.1d, P14): promised below the statutory limit in CQ, not above it elsewhere; 5 wd are compared as 7 cd (OP-18).</summary>
    static IEnumerable<ItemFinding> PromisedAgainstStatutory(ItemTerms next, PolicyProfile profile)
    {
        if (next.Promised is not { } promised || next.Statutory is not { } statutory) yield break;
        var (a, b) = promised.Unit == statutory.Unit ? (promised.Count, (decimal)statutory.Count) : (promised.ComparableDays, statutory.ComparableDays);
        if (profile.PromisedStrictlyLess ? a >= b : a > b)
            yield return Block("V-08", "/promised_limit",
                $"承诺办结时限（{LimitText.Of(promised).Zh}）应{(profile.PromisedStrictlyLess ? "短于" : "不长于")}法定办结时限（{LimitText.Of(statutory).Zh}）",
                $"The promised limit ({LimitText.Of(promised).En}) must {(profile.PromisedStrictlyLess ? "be less than" : "not exceed")} the statutory limit ({LimitText.Of(statutory).En})",
                promised.ToString(), statutory.ToString());
    }

    /// <summary>V-09 (CQ-25.1b, P26): items of formal review are decided on the spot.</summary>
    static IEnumerable<ItemFinding> FormalReviewOnTheSpot(ItemTerms next, PolicyProfile profile)
    {
        if (profile["P26"] == "formal_review_items" && next.ReviewKind == "formal" && next.Promised is { Count: > 0 })
            yield return Block("V-09", "/promised_limit", "形式审查的事项应当场作出决定，承诺办结时限应为0个工作日", "An item of formal review is decided on the spot: its promised limit must be 0 working days");
    }

    /// <summary>V-10 (QS-T11a, CQ-25.2): special procedures of a known kind, with a published limit of their own.</summary>
    static IEnumerable<ItemFinding> SpecialLinks(ItemTerms next, PolicyProfile profile)
    {
        for (var i = 0; i < next.SpecialProcedures.Length; i++)
        {
            var procedure = next.SpecialProcedures[i];
            if (!profile.SpecialKinds.Contains(procedure.Kind))
                yield return Block("V-10", $"/special_procedures/{i}/kind", $"“{procedure.Kind}”不是本地规定的特别程序", $"“{procedure.Kind}” is not a special procedure of this region", procedure.Kind);
            if (profile["P17"] == "true" && procedure.Limit is not { Count: > 0 })
                yield return Block("V-10", $"/special_procedures/{i}/limit", $"特别程序“{procedure.Kind}”没有单独的承诺时限", $"The special procedure “{procedure.Kind}” has no limit of its own", procedure.Kind);
            if (!procedure.Published)
                yield return Block("V-10", $"/special_procedures/{i}/published", $"特别程序“{procedure.Kind}”的时限未公布", $"The limit of the special procedure “{procedure.Kind}” is not published", procedure.Kind);
        }
    }

    /// <summary>V-17 (CQ-23a, QS-21): promise mode only where the region has it, for no excluded class, and with its three texts.</summary>
    static IEnumerable<ItemFinding> PromiseModeAllowed(ItemTerms next, PolicyProfile profile)
    {
        if (next.PromiseMode is not { } mode) yield break;
        if (!profile.PromiseEnabled)
            yield return Block("V-17", "/promise_mode", "本地未实行告知承诺制", "This region has no promise in place of proof");
        if (PromiseExclusion.Hits(next.ExclusionClasses, profile) is { Length: > 0 } hits)
            yield return Block("V-17", "/exclusion_classes", $"属于不适用告知承诺的类别：{string.Join("、", hits)}", $"It belongs to classes excluded from promise mode: {string.Join(", ", hits)}", [.. hits]);
        foreach (var (name, text) in new[] { ("text", mode.Text), ("liability", mode.Liability), ("supervision", mode.Supervision) })
            if (string.IsNullOrWhiteSpace(text))
                yield return Block("V-17", $"/promise_mode/{name}", "告知承诺应写明承诺内容、不实承诺责任和事后核查办法", "Promise mode needs its text, the liability and the supervision", name);
    }

    /// <summary>V-18 (CQ-19, XA-16.3): only minor materials are tolerable, and the effect of lateness is known.</summary>
    static IEnumerable<ItemFinding> TolerableMaterials(ItemTerms next, PolicyProfile profile)
    {
        foreach (var id in next.ToleranceMaterials.Union(next.Materials.Where(m => m.Value.Tolerable).Select(m => m.Key)))
        {
            if (!next.Materials.TryGetValue(id, out var material))
                yield return Block("V-18", "/tolerance_materials", $"可容缺材料“{id}”不在申请材料中", $"The tolerable material “{id}” is not among the materials", id);
            else if (material.Necessity != "minor")
                yield return Block("V-18", $"/materials/{id}/necessity", $"主要材料“{material.Name}”不得容缺", $"The main material “{material.Name}” cannot be tolerated", id);
        }
        if (next.ToleranceMaterials.Length == 0) yield break;
        if (profile["P10"] != "true")
            yield return Block("V-18", "/tolerance_materials", "本地未实行容缺受理", "This region has no tolerance acceptance");
        else if ((next.ToleranceOverdue ?? profile.ToleranceTimeoutEffect) is "" or "n/a")
            yield return Block("V-18", "/tolerance_overdue", "未规定容缺材料超期的处理办法", "The treatment of a late supplement is not set");
    }

    /// <summary>V-19 (CQ-24b): a joint item has its lead department.</summary>
    static IEnumerable<ItemFinding> JointLead(ItemTerms next)
    {
        if (next.Joint is { Lead: null or "" })
            yield return Block("V-19", "/joint/lead", "联办事项未确定牵头部门", "The joint item has no lead department");
    }

    /// <summary>V-28 (QS-T4): no overlap and no gap; a published number never gets another content.</summary>
    static IEnumerable<ItemFinding> VersionSpan(ItemTerms next, ImmutableArray<ItemVersion> published, PublishRequest request)
    {
        if (request.EffectiveFrom < request.At)
            yield return Block("V-28", "/effective_from", "生效时间不得早于发布时间", "The version cannot take effect before it is published");
        if (published.IsDefaultOrEmpty) yield break;
        var last = published.MaxBy(version => version.Number)!;
        if (request.Version == last.Number && SameContent(next, last.Terms)) yield break;
        if (request.Version <= last.Number)
            yield return Block("V-28", "/version", $"版本号应大于已发布的第{last.Number}版", $"The version must be higher than the published version {last.Number}", $"{last.Number}");
        else if (request.EffectiveFrom <= last.EffectiveFrom)
            yield return Block("V-28", "/effective_from", $"生效时间与已发布的第{last.Number}版重叠", $"The version overlaps with the published version {last.Number}", $"{last.Number}");
    }

    static bool SameContent(ItemTerms a, ItemTerms b) =>
        JsonSerializer.SerializeToUtf8Bytes(a with { Status = "" }, KernelJson.Default.ItemTerms)
            .AsSpan().SequenceEqual(JsonSerializer.SerializeToUtf8Bytes(b with { Status = "" }, KernelJson.Default.ItemTerms));

    /// <summary>V-29 (CQ-14.2): a Chongqing guide is reported to the administration body before it is published.</summary>
    static IEnumerable<ItemFinding> Reported(PublishRequest request, PolicyProfile profile)
    {
        if (profile.Id == "CQ" && !request.ReportedToBody)
            yield return Block("V-29", "/guide/reported_to_body_at", "办事指南未报送政务服务管理机构", "The guide has not been reported to the administration body");
    }
}
