using System.Collections.Immutable;
using NodaTime;

namespace Orchestrator.Kernel.Engine.Law;

/// <summary>决定: approve or deny (TR-30, TR-31), and the deemed extension of a renewal (TR-33).</summary>
static class Decision
{
    /// <summary>TR-30. Tolerance failures (FT-07) and separation (FT-09) are refused before this, whatever the state.</summary>
    public static ActResult Approve(Work work, Stimulus.Act act)
    {
        var denying = work.State.Branches.Where(branch => branch.Value.Result == "deny").Select(branch => branch.Key).ToImmutableArray();
        if (!denying.IsEmpty) return Refuse.By("CQ-24a", "有部门不同意，联办结果只能是不予", "A branch has denied; the joint outcome can only be a denial", denying);
        return Grant(work, act) is { } refusal ? refusal : ActResult.Go("Approved");
    }

    /// <summary>TR-31 (FT-08): reasons, contact and seal are all named at once when they lack.</summary>
    public static ActResult Deny(Work work, Stimulus.Act act)
    {
        var lacking = new[] { "reasons", "contact", "seal" }.Where(name => string.IsNullOrWhiteSpace(act.Data.Text(name))).ToImmutableArray();
        if (!lacking.IsEmpty) return Refuse.By("FT-08", $"不予决定缺少：{string.Join("、", lacking.Select(Named))}", "A denial needs reasons, contact and seal", lacking);
        Decided(work, act, "denied");
        work.Document("不予批准决定书", ("reasons", act.Data.Text("reasons")), ("contact", act.Data.Text("contact")), ("seal", act.Data.Text("seal")));
        work.TellApplicant(new LocalizedText("您的申请不予批准，理由见决定书", "Your application was denied; the decision gives the reasons"));
        Acceptance.OpenNegation(work);
        return ActResult.Go("Denied");
    }

    /// <summary>The approval itself, shared with the completion on the spot.</summary>
    public static Refusal? Grant(Work work, Stimulus.Act act)
    {
        var forms = act.Data.Texts("licence") ?? [];
        if (work.Profile.ElectronicLicenceObligatory && !forms.Contains("electronic"))
            return Refuse.By("QS-T43", "审批环节须同步制发电子证照", "The electronic licence must be issued with the approval", "licence");
        Decided(work, act, "approved");
        work.Document("准予决定书", ("decided_on", work.Today), ("item", work.Item.Name));
        Licences(work, forms);
        if (work.Facts.Mode == "promise") work.StartTimer("T-VER");   // QS-21b, CQ-23b
        work.TellApplicant(new LocalizedText("您的申请已获批准", "Your application has been approved"));
        return null;
    }

    /// <summary>TR-33 (XA-17.4b): the renewal was not decided before the licence ended.</summary>
    public static void DeemExtended(Work work, LocalDate lastDay)
    {
        work.StopKinds("T-ACC", "T-SPT", "T-COR", "T-PRO", "T-STA", "T-SPC", "T-TOL", "T-CHK", "T-JNT", "T-PAR");
        work.Change(facts => facts with { Decision = "deemed_extended", OnTime = false, Special = null });
        work.Document("视为准予延续", ("licence", work.Facts.Licence?.No), ("old_expiry", lastDay), ("valid_from", lastDay.PlusDays(1)), ("ground", "XA-17.4b"));
        work.Record("accountability", ("timer", "T-EXT"), ("ground", "XA-17.4b"));
        work.TellApplicant(new LocalizedText("行政机关逾期未作决定，您的许可视为准予延续", "No decision was made before expiry: your licence is deemed extended"));
        work.StartTimer("T-WIN", work.Profile.ResultToWindowLimit);
    }

    public static void Licences(Work work, ImmutableArray<string> forms)
    {
        if (forms.IsEmpty) return;
        work.Document("证照", ("forms", forms));
        if (forms.Contains("electronic"))
        {
            work.Document("电子证照", ("issued_on", work.Today));
            work.StartTimer("T-CRT");
            work.Publish("gov.licence-upload", ("case_no", work.State.CaseNo));
        }
        if (forms.Contains("paper")) work.Document("纸质证照", ("issued_on", work.Today));
    }

    static void Decided(Work work, Stimulus.Act act, string outcome)
    {
        CaseClocks.StopAtDecision(work);
        work.Change(facts => facts with { Decision = outcome, Decider = act.Actor.Id });
        work.StartTimer("T-WIN", work.Profile.ResultToWindowLimit);
        work.StartTimer("T-SHR");
        work.Publish("gov.supervision-push", ("case_no", work.State.CaseNo), ("occasion", outcome));
    }

    static string Named(string member) => member switch { "reasons" => "理由", "contact" => "联系方式", _ => "印章" };
}
