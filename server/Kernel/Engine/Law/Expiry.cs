using System.Collections.Immutable;
using Orchestrator.Kernel.Clocks;
using Orchestrator.Kernel.Graph;

namespace Orchestrator.Kernel.Engine.Law;

/// <summary>What expiry and warnings do: the effects of silence that the law orders, and escalation.</summary>
static class Expiry
{
    static readonly LocalizedText Overdue = new("时限已届满，请立即办理", "The limit has passed; act at once");

    /// <summary>The limit passed. Effects are dated at the due instant, which is the context's instant.</summary>
    public static void Fire(Work work, CaseTimer timer)
    {
        switch (timer.Kind)
        {
            case "T-ACC" or "T-SPT": Silence(work, timer); break;
            case "T-COR": CorrectionLapsed(work, timer); break;
            case "T-TOL": ToleranceLapsed(work, timer); break;
            case "T-EXT": ValidityEnded(work, timer); break;
            case "T-WIN": ResultNotAtWindow(work, timer); break;
            case "T-BAD": work.Flag("overdue"); Escalate(work, timer, "department", "administration_body"); break;
            case "T-PRO": work.Change(facts => facts with { OnTime = false }); Escalate(work, timer, "owner", "chief_representative", "administration_body"); break;
            case "T-STA": Escalate(work, timer, "administration_body", "discipline_observer"); break;
            case "T-JNT" or "T-PAR": Escalate(work, timer, "lead_department", "administration_body"); break;
            case "T-SPC" or "T-CHK" or "T-CBK" or "T-CON" or "T-NEG": Escalate(work, timer, "owner", "chief_representative", "administration_body"); break;
            case "T-VER": Escalate(work, timer, "line_department"); break;
            case "T-TSK" or "T-DELAY": Local(work, timer); break;
            case "T-EVA": InvitationClosed(work, timer); break;
            default: ReportOnly(work, timer); break;   // T-DLV, T-PRV, T-NTF, T-CRT, T-SHR
        }
    }

    /// <summary>A warning colour was reached: tells the people whom the catalogue names.</summary>
    public static void TellOfWarning(Work work, CaseTimer timer)
    {
        var spec = TimerCatalog.Get(timer.Kind);
        if (spec.Warnings == WarningStyle.HallClose)
        {
            // The window closes with the duty undone (C-5): supervised at once; the legal effect comes at 24:00.
            work.OpenOrder(timer.Key, "chief_representative");
            work.Notice("escalation", "chief_representative", Text(spec, timer));
            return;
        }
        var kind = timer is { Kind: "T-COR", Colour: Colour.Yellow } ? "sms" : spec.NoticeKind;
        foreach (var to in timer.Colour == Colour.Yellow ? spec.Yellow : spec.Orange)
            work.Notice(kind, to == "owner" ? Owner(work) : to, Text(spec, timer));
    }

    /// <summary>TR-14 or TR-15, by P03.</summary>
    static void Silence(Work work, CaseTimer timer)
    {
        var at = work.State.Tokens.FirstOrDefault(token => work.NodeOf(token).Activity.TypeName == "Gov.Acceptance");
        if (work.Profile.AcceptTimeoutEffect != "deemed_accepted_from_receipt" || at is null) { Escalate(work, timer, "owner", "chief_representative", "administration_body"); return; }
        work.Fired(timer, dutyStands: false);
        Acceptance.Deem(work, at, work.NodeOf(at), work.Facts.ReceivedOn ?? timer.Start);
    }

    /// <summary>TR-11 or TR-12, by P06 (CQ-18.2).</summary>
    static void CorrectionLapsed(Work work, CaseTimer timer)
    {
        work.Fired(timer, dutyStands: false);
        var refuses = work.Profile.CorrectionTimeoutEffect == "not_accepted";
        if (refuses)
        {
            work.Document("不予受理通知书", ("ground", "P06"), ("reasons", "逾期未补正"));
            Acceptance.OpenNegation(work);
        }
        else work.Document("视为撤回告知", ("ground", "CQ-18.2"), ("limit", timer.Limit));
        work.TellApplicant(refuses
            ? new LocalizedText("您逾期未补正，申请不予受理", "No supplement came in time: the application is not accepted")
            : new LocalizedText("您逾期未补正，视为撤回申请", "No supplement came in time: the application is deemed withdrawn"));
        LeaveOrEnd(work, "Gov.Correction", refuses ? "NotAccepted" : "DeemedWithdrawn", refuses ? "not_accepted" : "deemed_withdrawn");
    }

    /// <summary>TR-20 or TR-22, by what P07 and the notice say (XA-16.3b, CQ-19b).</summary>
    static void ToleranceLapsed(Work work, CaseTimer timer)
    {
        work.Fired(timer, dutyStands: false);
        if (work.Facts.OverdueEffect == "deemed_withdrawn")
        {
            work.Document("视为撤回告知", ("ground", "CQ-19b"), ("limit", timer.Limit));
            work.TellApplicant(new LocalizedText("您逾期未补齐容缺材料，视为撤回申请", "The outstanding material did not come in time: the application is deemed withdrawn"));
            LeaveOrEnd(work, "Gov.Tolerance", "DeemedWithdrawn", "deemed_withdrawn");
            return;
        }
        Tolerance.ForceDenial(work);
        LeaveOrEnd(work, "Gov.Tolerance", "ForcedDenial", null);
    }

    /// <summary>TR-33 (XA-17.4b): deemed extended when accepted and undecided (P13, P56); else flagged and, where the region has no such effect, escalated.</summary>
    static void ValidityEnded(Work work, CaseTimer timer)
    {
        var accepted = work.Facts.AcceptedOn is not null || !work.Profile.RenewalNeedsAcceptance;
        work.Flag("licence_expired");
        if (!work.Profile.DeemedExtension) { Escalate(work, timer, "owner", "chief_representative", "administration_body"); return; }
        work.Fired(timer, dutyStands: false);
        if (!accepted || work.Facts.Decision is not null) return;
        if (work.State.Status == CaseStatus.Suspended) work.Emit(new StatusChanged(CaseStatus.Open, null));
        Decision.DeemExtended(work, timer.Limit.Date ?? LegalTime.LastBegunDay(timer.Due));
        MoveToDeemedExtension(work);
    }

    /// <summary>By the drawn port of the activity the case is at; a drawing that lacks it cannot switch the law off, so the case then goes to the flow's result activity.</summary>
    static void MoveToDeemedExtension(Work work)
    {
        var at = work.State.Tokens.FirstOrDefault(token => !work.NodeOf(token).Next("DeemedExtended").IsEmpty);
        foreach (var token in work.State.Tokens.Where(token => token != at).ToList()) work.Cancel(token);
        if (at is not null) { work.Leave(at, work.NodeOf(at), "DeemedExtended"); return; }
        var result = work.Flow.Nodes.FirstOrDefault(node => node.Activity.TypeName == "Gov.Result" && node.Text("outcome") == "deemed_extended")
            ?? work.Flow.Nodes.FirstOrDefault(node => node.Activity.TypeName == "Gov.Result");
        if (result is not null) work.Place(result.Index);
        work.Enter("deemed_extended");
    }

    /// <summary>TR-46 where the region sets a limit (NX-2.3.2b); elsewhere the target is only reported (P25).</summary>
    static void ResultNotAtWindow(Work work, CaseTimer timer)
    {
        if (work.Profile.ResultToWindowLimit is null) ReportOnly(work, timer);
        else Escalate(work, timer, "department", "chief_representative", "administration_body");
    }

    /// <summary>The invitation closes; no rating is put in its place (XA-38.2b, QS-16b).</summary>
    static void InvitationClosed(Work work, CaseTimer timer)
    {
        work.Fired(timer, dutyStands: false);
        if (work.State.Evaluations.Open > 0) work.Emit(new EvaluationLapsed(work.State.Evaluations.Open));
    }

    static void Local(Work work, CaseTimer timer)
    {
        var token = work.State.Tokens.FirstOrDefault(each => each.Id == timer.Token);
        if (token is null) { work.Fired(timer, dutyStands: false); return; }
        var node = work.NodeOf(token);
        var port = timer.Kind == "T-DELAY" ? "Done" : "Expired";
        if (node.Next(port).IsEmpty) { Escalate(work, timer, "owner"); return; }
        work.Fired(timer, dutyStands: false);
        work.Leave(token, node, port);
    }

    static void Escalate(Work work, CaseTimer timer, params ImmutableArray<string> to)
    {
        work.Fired(timer, dutyStands: true);
        var named = to.Select(each => each == "owner" ? Owner(work) : each).Distinct().ToImmutableArray();
        work.OpenOrder(timer.Key, named);
        work.Record("accountability", ("timer", timer.Key), ("due", timer.Due));
        foreach (var each in named) work.Notice("escalation", each, Text(TimerCatalog.Get(timer.Kind), timer with { Colour = Colour.Red }));
    }

    static void ReportOnly(Work work, CaseTimer timer)
    {
        work.Fired(timer, dutyStands: false);
        work.Record("overdue_report", ("timer", timer.Key), ("due", timer.Due));
        if (timer.Kind == "T-DLV") work.Notice("reminder", "applicant", Text(TimerCatalog.Get(timer.Kind), timer));
    }

    static void LeaveOrEnd(Work work, string activity, string port, string? endState)
    {
        var at = work.State.Tokens.FirstOrDefault(token => work.NodeOf(token).Activity.TypeName == activity);
        if (at is not null && !work.NodeOf(at).Next(port).IsEmpty) work.Leave(at, work.NodeOf(at), port);
        else if (endState is not null) work.End(endState, endState);
        else if (at is not null && work.Flow.Nodes.FirstOrDefault(node => node.Activity.TypeName == "Gov.Decision") is { } decision)
        {
            work.Cancel(at);
            work.Place(decision.Index);
        }
    }

    static string Owner(Work work) => work.State.State switch
    {
        "deciding" => "decider",
        "reviewing" or "special_procedure" or "joint_reviewing" => "reviewer",
        "submitted" or "tolerance_accepted" or "pre_reviewing" => "acceptor",
        "correction_pending" => "applicant",
        _ => work.State.Tasks.IsEmpty ? "chief_representative" : work.State.Tasks[0].Role,
    };

    static LocalizedText Text(TimerSpec spec, CaseTimer timer)
    {
        var last = LegalTime.LastBegunDay(timer.Due);
        return timer.Colour == Colour.Red && spec.Warnings != WarningStyle.HallClose
            ? new LocalizedText($"{spec.Title.Zh}：{Overdue.Zh}（应于 {last:uuuu-MM-dd} 完成）", $"{spec.Title.En}: {Overdue.En} (was due {last:uuuu-MM-dd})")
            : new LocalizedText($"{spec.Title.Zh}：应于 {last:uuuu-MM-dd} 24:00 前完成", $"{spec.Title.En}: due by 24:00 of {last:uuuu-MM-dd}");
    }
}
