using System.Collections.Immutable;

namespace Orchestrator.Kernel.Engine.Law;

/// <summary>容缺受理: acceptance with something minor outstanding (TR-07, TR-18 … TR-22; XA-16.3, CQ-19).</summary>
static class Tolerance
{
    public static ActResult Accept(Work work, Stimulus.Act act)
    {
        var materials = act.Data.Texts("materials") ?? work.Facts.Missing;
        var limit = act.Data.Limit("limit") ?? work.Item.ToleranceLimit ?? work.Item.CorrectionLimit ?? work.Profile.CorrectionPeriod;
        var signed = act.Data.Flag("promise_signed") ?? work.Facts.PromiseSigned;
        if (Forbidden(work, act, materials, limit, signed) is { } refusal) return refusal;
        if (EffectOf(work, act) is not { } effect) return Refuse.Data("CQ-19b", "overdue", "超期处理办法须为不予批准或视为撤回", "The overdue treatment is deny_with_reasons or deemed_withdrawn");
        Acceptance.Enter(work, act, "tolerance");
        work.Change(facts => facts with { Tolerance = "outstanding", Outstanding = materials, OverdueEffect = effect, PromiseSigned = signed });
        work.Document(work.Profile.Id == "CQ" ? "容缺告知书" : "容缺告知", ("materials", materials), ("limit", limit), ("overdue", effect));
        if (work.Profile.TolerancePromiseRequired) work.Document("承诺书", ("materials", materials), ("limit", limit));
        work.StartTimer("T-TOL", limit);
        if (!work.Profile.ToleranceClockStartsOnCompletion) CaseClocks.StartMain(work, work.Today);   // P11
        return ActResult.Go("Tolerated");
    }

    /// <summary>P07: the region's rule, or what the notice says (CQ-19b), else the guide, else 视为撤回. Null when the notice says neither.</summary>
    static string? EffectOf(Work work, Stimulus.Act act)
    {
        var told = act.Data.Text("overdue") ?? work.Item.ToleranceOverdue ?? "deemed_withdrawn";
        if (told is not ("deny_with_reasons" or "deemed_withdrawn")) return null;
        return work.Profile.ToleranceTimeoutEffect == "as_notified" ? told : "deny_with_reasons";
    }

    /// <summary>TR-18 (CQ-19c).</summary>
    public static ActResult ReviewInParallel(Work work, Stimulus.Act act)
    {
        if (Review.ByTheAcceptor(work, act) is { } refusal) return refusal;
        work.Record("review_note", ("note", act.Data.Text("note")), ("by", act.Actor.Id));
        return ActResult.Stay;
    }

    /// <summary>TR-18a: a part only leaves T-TOL running.</summary>
    public static ActResult Supply(Work work, Stimulus.Act act)
    {
        if (work.Facts.Tolerance != "outstanding") return Refuse.By("TR-18a", "没有待补的材料", "Nothing is outstanding");
        var supplied = act.Data.Texts("materials") ?? work.Facts.Outstanding;
        var left = work.Facts.Outstanding.Except(supplied).ToImmutableArray();
        work.Document("补件回执", ("materials", supplied), ("received_on", work.Today));
        work.Change(facts => facts with { Outstanding = left, Missing = [.. facts.Missing.Except(supplied)] });
        if (!left.IsEmpty) return ActResult.Stay;
        work.Change(facts => facts with { Tolerance = "pending_check", SuppliedOn = work.Today });
        work.StopTimer("T-TOL");
        work.StartTimer("T-CHK");
        return ActResult.Stay;
    }

    /// <summary>TR-19: in CQ the promised clock starts here, with the day of the supply (CQ-19d).</summary>
    public static ActResult Conforming(Work work, Stimulus.Act act)
    {
        if (NotSupplied(work, "TR-19") is { } refusal) return refusal;
        work.StopTimer("T-CHK");
        work.Change(facts => facts with { Tolerance = "cleared" });
        work.Record("check_note", ("conforming", true));
        if (work.Profile.ToleranceClockStartsOnCompletion) CaseClocks.StartMain(work, work.Facts.SuppliedOn ?? work.Today);
        return ActResult.Go("Conforming");
    }

    /// <summary>TR-21 (P08, XA-16.3b).</summary>
    public static ActResult Nonconforming(Work work, Stimulus.Act act)
    {
        if (NotSupplied(work, "TR-21") is { } refusal) return refusal;
        work.StopTimer("T-CHK");
        work.Record("check_note", ("conforming", false));
        ForceDenial(work);
        return ActResult.Go("ForcedDenial");
    }

    /// <summary>Only a denial is legal from here on (XA-16.3b); a draft of it is prepared, not issued.</summary>
    public static void ForceDenial(Work work)
    {
        work.Change(facts => facts with { Tolerance = "failed", ForcedOutcome = "denied" });
        work.Record("draft", ("document", "不予批准决定书"));
    }

    static Refusal? Forbidden(Work work, Stimulus.Act act, ImmutableArray<string> materials, Clocks.TimeLimit limit, bool signed)
    {
        if (Acceptance.Guards(work, act) is { } refusal) return refusal;
        if (Notices.WrongLimit(work, act, "TR-07") is { } wrong) return wrong;
        if (!work.Profile.ToleranceEnabled) return Refuse.By("TR-07", "本地区未实行容缺受理（P10）", "The region has no tolerance acceptance (P10)");
        var notTolerable = materials.Where(id => !Tolerable(work, id)).ToImmutableArray();
        if (materials.IsEmpty || !notTolerable.IsEmpty) return Refuse.By("TR-07", "仅次要且列明可容缺的材料可以容缺", "Only minor materials listed as tolerable may be outstanding", notTolerable);
        var lacking = work.Facts.Missing.Except(materials).ToImmutableArray();
        if (!lacking.IsEmpty) return Refuse.By("TR-07", "主要材料不齐，不能容缺受理", "Main materials are missing", lacking);
        if (work.Profile.TolerancePromiseRequired && !signed) return Refuse.By("CQ-19a", "容缺受理须申请人书面承诺", "Tolerance needs the applicant's written promise", "promise_signed");
        var outlives = !work.Profile.ToleranceClockStartsOnCompletion && work.Item.Promised is { } promised && limit.ComparableDays > promised.ComparableDays;
        return outlives ? Refuse.By("T-TOL", "容缺期限不得长于承诺时限", "The tolerance limit must not outlive the promised limit", "limit") : null;
    }

    static bool Tolerable(Work work, string id) =>
        work.Item.ToleranceMaterials.Contains(id) && work.Item.Materials.TryGetValue(id, out var material) && material.Necessity != "main";

    static Refusal? NotSupplied(Work work, string transition) => work.Facts.Tolerance == "pending_check"
        ? null
        : Refuse.By(transition, "材料尚未补齐，不能核对", "Not everything outstanding has been supplied", work.Facts.Outstanding);
}
