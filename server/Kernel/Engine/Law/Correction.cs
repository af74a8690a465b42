using System.Collections.Immutable;

namespace Orchestrator.Kernel.Engine.Law;

/// <summary>补正: told once, in full, in writing, from the guide only (TR-09, TR-10; XA-16.2, CQ-18.1a).</summary>
static class Correction
{
    public static ActResult Issue(Work work, Stimulus.Act act)
    {
        var form = act.Data.Text("form") ?? "electronic";
        var materials = act.Data.Texts("materials") ?? [];
        if (Forbidden(work, form, materials) is { } refusal) return refusal;
        if (Notices.WrongLimit(work, act, "XA-16.2a") is { } wrong) return wrong;
        var limit = act.Data.Limit("limit") ?? work.Item.CorrectionLimit ?? work.Profile.CorrectionPeriod;
        work.StopTimers("T-ACC", "T-SPT");
        work.Change(facts => facts with { CorrectionRounds = facts.CorrectionRounds + (materials.Except(facts.Named).Any() ? 1 : 0), Named = [.. facts.Named.Union(materials)], Missing = [.. facts.Missing.Union(materials)] });
        work.Document(work.Profile.Id == "CQ" ? "补正凭证" : "补齐补正通知书", ("materials", materials), ("limit", limit), ("form", form));
        work.TellApplicant(new LocalizedText("您的申请材料需要补正，请按通知书一次补齐", "Your application needs a supplement; the notice lists everything"));
        work.StartTimer("T-COR", limit);
        Acceptance.VisitEnds(work);
        return ActResult.Go("CorrectionIssued");
    }

    /// <summary>TR-10: before 24:00 of the last day; an expired case is terminal and FT-21 refuses.</summary>
    public static ActResult Resubmit(Work work, Stimulus.Act act)
    {
        var channel = act.Data.Text("channel") ?? work.Facts.Channel;
        if (channel is not ("online" or "window" or "terminal" or "proxy")) return Refuse.Data("TR-10", "channel", $"渠道“{channel}”不存在", $"There is no channel '{channel}'");
        work.StopTimer("T-COR");
        var supplied = act.Data.Texts("materials") ?? work.Facts.Missing;
        work.Change(facts => facts with { Missing = [.. facts.Missing.Except(supplied)], ReceivedOn = work.Today, ReceiptChannel = channel, Window = act.Data.Text("window") ?? facts.Window });
        work.Document("收件回执", ("materials", supplied), ("received_on", work.Today));
        return ActResult.Go("Resubmitted");
    }

    /// <summary>The order of the grounds is fixed: oral form, outside the guide (FT-04 before FT-05, G06.5), exempt, a second notice.</summary>
    static Refusal? Forbidden(Work work, string form, ImmutableArray<string> materials)
    {
        if (!work.Profile.CorrectionForms.Contains(form))
            return Refuse.By("FT-03", "补正须以书面或电子形式告知，口头告知无效", "A correction notice must be written or electronic; an oral one is void", form);
        if (materials.IsEmpty) return Refuse.By("XA-16.2a", "补正告知须列明全部需补正的材料", "The notice must list every material to be corrected", "materials");
        var outside = materials.Where(id => !work.Item.Materials.ContainsKey(id)).ToImmutableArray();
        if (!outside.IsEmpty) return Refuse.By("FT-04", "不得要求办事指南以外的材料", "Materials outside the guide must not be demanded", outside);
        if (Demands.Exempt(work, materials) is { } exempt) return exempt;
        var added = materials.Except(work.Facts.Named).ToImmutableArray();
        return work.Facts.CorrectionRounds >= work.Profile.CorrectionRoundsMax && !added.IsEmpty
            ? Refuse.By("FT-05", "补正须一次性告知，不得再次提出新的要求", "Corrections are told once; new demands must not be added", added)
            : null;
    }
}
