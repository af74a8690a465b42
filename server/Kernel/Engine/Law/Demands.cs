using System.Collections.Immutable;

namespace Orchestrator.Kernel.Engine.Law;

/// <summary>What officials may not demand of an applicant (FT-14, FT-15, V-35, CQ-23b).</summary>
static class Demands
{
    /// <summary>A demand for materials outside a correction notice. A lawful one is only recorded.</summary>
    public static ActResult Material(Work work, Stimulus.Act act)
    {
        var materials = act.Data.Texts("materials") ?? [];
        if (materials.IsEmpty) return Refuse.Data("V-35", "materials", "须列明所要求的材料", "Say which materials are demanded");
        var outside = materials.Where(id => !work.Item.Materials.ContainsKey(id)).ToImmutableArray();
        if (!outside.IsEmpty) return Refuse.By("V-35", "不得要求办件所依指南版本以外的材料", "Materials outside the pinned guide version must not be demanded", outside);
        if (Exempt(work, materials) is { } exempt) return exempt;
        if (PaperAfterOnline(work, act, materials) is { } paper) return paper;
        if (work.Facts.AcceptedOn is not null && materials.Except(work.Facts.Outstanding).Any())
            return Refuse.By("FT-16", "受理后不得临时增加材料", "Materials must not be added to a case after acceptance", materials);
        work.Record("material_demand", ("materials", materials), ("by", act.Actor.Id));
        return ActResult.Stay;
    }

    /// <summary>FT-14: after filing at a window nothing has to be entered online.</summary>
    public static ActResult OnlineEntry(Work work, Stimulus.Act act)
    {
        if (work.Facts.Channel != "online") return Refuse.By("FT-14", "窗口已收件的，不得要求再行网上填报", "Online entry must not be demanded after filing at a window");
        work.Record("online_entry_demand", ("by", act.Actor.Id));
        return ActResult.Stay;
    }

    /// <summary>Shareable and licence-bound materials (FT-15), and proof that a signed promise replaces (CQ-23b).</summary>
    public static Refusal? Exempt(Work work, ImmutableArray<string> materials)
    {
        var exempt = materials.Where(id => work.Item.Materials.TryGetValue(id, out var material) && material.Exempt).ToImmutableArray();
        if (!exempt.IsEmpty) return Refuse.By("FT-15", "可共享获取或已绑定证照的材料不得要求提交", "Shareable or licence-bound materials must not be demanded", exempt);
        if (!work.Facts.PromiseSigned || work.Item.PromiseMode is not { } promise || work.Facts.Mode == "tolerance") return null;
        var waived = materials.Intersect(promise.Waives).ToImmutableArray();
        return waived.IsEmpty ? null : Refuse.By("CQ-23b", "申请人已作出承诺，不得再要求该证明", "The applicant has promised instead; the proof must not be demanded", waived);
    }

    static Refusal? PaperAfterOnline(Work work, Stimulus.Act act, ImmutableArray<string> materials)
    {
        if (act.Data.Text("form") != "paper" || work.Facts.Channel != "online") return null;
        var baseless = materials.Where(id => work.Item.Materials[id].PaperRequiredBasis is null).ToImmutableArray();
        return baseless.IsEmpty ? null : Refuse.By("FT-14", "网上申请的，无法定依据不得要求纸质材料", "Paper must not be demanded after online filing without a legal basis", baseless);
    }
}
