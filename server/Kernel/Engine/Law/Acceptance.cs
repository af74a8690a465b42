using System.Collections.Immutable;
using NodaTime;

namespace Orchestrator.Kernel.Engine.Law;

/// <summary>受理: accept, accept on promise, refuse, or complete on the spot (TR-06, TR-08, TR-13, TR-32).</summary>
static class Acceptance
{
    static readonly LocalizedText Told = new("您的申请已受理", "Your application has been accepted");

    /// <summary>TR-06 (XA-16.1, CQ-17, NX-2.3.1b).</summary>
    public static ActResult Accept(Work work, Stimulus.Act act)
    {
        if (Guards(work, act) is { } refusal) return refusal;
        if (!work.Facts.Missing.IsEmpty)
            return Refuse.By("TR-06", "材料不齐，不能受理；可一次性告知补正或容缺受理", "Materials are missing: issue a correction notice or accept with tolerance", work.Facts.Missing);
        Enter(work, act, work.State.Timer("T-SPT") is { State: TimerState.Running } ? "on_the_spot" : "normal");
        CaseClocks.StartMain(work, work.Today);
        return ActResult.Go("Accepted");
    }

    /// <summary>TR-08 (CQ-23, QS-21). The excluded classes are checked first, because no signature can heal them (FT-13).</summary>
    public static ActResult AcceptPromise(Work work, Stimulus.Act act)
    {
        if (Guards(work, act) is { } refusal) return refusal;
        var excluded = work.Item.ExclusionClasses.Where(each => Classes.Excluded(work.Profile, each)).ToImmutableArray();
        if (!excluded.IsEmpty) return Refuse.By("FT-13", $"属于不得适用告知承诺的类别：{string.Join("、", excluded)}", "The item is in a class excluded from promise mode", excluded);
        if (!work.Profile.PromiseEnabled || work.Item.PromiseMode is not { } promise)
            return Refuse.By("TR-08", "本地区或该事项未实行告知承诺", "Promise mode is not available in this region or for this item");
        if (!(act.Data.Flag("promise_signed") ?? work.Facts.PromiseSigned))
            return Refuse.By("CQ-23b", "申请人尚未签署告知承诺书", "The applicant has not signed the promise");
        var lacking = work.Facts.Missing.Except(promise.Waives).ToImmutableArray();
        if (!lacking.IsEmpty) return Refuse.By("TR-08", "承诺不能代替的材料尚缺", "Materials that the promise does not replace are missing", lacking);
        Enter(work, act, "promise");
        work.Change(facts => facts with { PromiseSigned = true });
        if (!work.State.Documents.Any(document => document.Name == "告知承诺书"))
        {
            work.Document("告知书", ("text", promise.Text));
            work.Document("告知承诺书", ("waives", promise.Waives));
        }
        CaseClocks.StartMain(work, work.Today);
        return ActResult.Go("Promised");
    }

    /// <summary>TR-13 (CQ-20): the refusal says why; under P23 it must be filed (QS-6c).</summary>
    public static ActResult Refused(Work work, Stimulus.Act act)
    {
        if (string.IsNullOrWhiteSpace(act.Data.Text("reasons")))
            return Refuse.By("CQ-20", "不予受理须说明理由", "A refusal of acceptance must give reasons", "reasons");
        work.StopTimers("T-ACC", "T-SPT");
        work.Document(work.Profile["P21"] is { Length: > 0 } name ? name : "不予受理通知书", ("reasons", act.Data.Text("reasons")), ("ground", act.Data.Text("ground")));
        work.TellApplicant(new LocalizedText("您的申请不予受理，理由见通知书", "Your application was not accepted; the notice gives the reasons"));
        OpenNegation(work);
        VisitEnds(work);
        return ActResult.Go("Refused");
    }

    /// <summary>TR-32 (CQ-17.1b, CQ-25.1b): form check and decision in one visit, by delegation.</summary>
    public static ActResult OnTheSpot(Work work, Stimulus.Act act)
    {
        if (work.Profile.StrictSeparation) return Refuse.By("FT-09", "受理人员不得决定本人受理的办件（受审分离）", "Whoever accepts may not decide (separation of duties)");
        if (!work.Item.IsImmediate && work.Profile["P26"] != "complete_cases_in_principle")
            return Refuse.By("TR-32", "仅即办件或形式审查事项可当场办结", "Only immediate or formal-review items can be completed on the spot");
        if (act.Actor.Role != "chief_representative" && string.IsNullOrEmpty(act.Data.Text("delegated_by")))
            return Refuse.By("CQ-16.2", "当场决定须有首席代表授权", "A decision at the window needs the delegation of the chief representative", "delegated_by");
        if (Guards(work, act) is { } refusal) return refusal;
        if (!work.Facts.Missing.IsEmpty) return Refuse.By("TR-32", "材料不齐，不能当场办结", "Materials are missing", work.Facts.Missing);
        work.Change(facts => facts with { Mode = "on_the_spot", AcceptedOn = work.Today, Acceptor = act.Actor.Id, AcceptWindow = WindowOf(work, act) });
        if (!MayOmitDocument(work)) AcceptanceDocument(work);
        return Decision.Grant(work, act) is { } notGranted ? notGranted : ActResult.Go("CompletedOnTheSpot");
    }

    /// <summary>What every acceptance does: mode, day, person, window, document, telling the applicant.</summary>
    public static void Enter(Work work, Stimulus.Act act, string mode)
    {
        work.StopTimers("T-ACC", "T-SPT");
        work.Change(facts => facts with { Mode = mode, AcceptedOn = work.Today, Acceptor = act.Actor.Id, AcceptWindow = WindowOf(work, act) });
        AcceptanceDocument(work);
        work.TellApplicant(Told);
        Push(work, "accepted");
        VisitEnds(work);
    }

    /// <summary>TR-14 (CQ-18.1b): silence accepts, from the day of receipt.</summary>
    public static void Deem(Work work, Token token, Graph.FlowNode node, LocalDate from)
    {
        work.Change(facts => facts with { Mode = "deemed", AcceptedOn = from });
        work.Document("视为受理告知", ("accepted_on", from), ("ground", "CQ-18.1b"));
        work.Record("accountability", ("timer", "T-ACC"), ("ground", "CQ-18.1b"));
        work.TellApplicant(new LocalizedText("行政机关逾期未告知，您的申请自收到之日起视为受理", "The agency was silent: your application is deemed accepted from the day of receipt"));
        Push(work, "accepted");
        CaseClocks.StartMain(work, from);
        work.Leave(token, node, "DeemedAccepted");
    }

    /// <summary>Guards of all kinds of acceptance: the window's list (FT-02) and the acceptance document (FT-24).</summary>
    public static Refusal? Guards(Work work, Stimulus.Act act)
    {
        if (WindowOf(work, act) is { } window && !work.Item.Windows.IsEmpty && !work.Item.Windows.Contains(window))
            return Refuse.By("FT-02", $"窗口“{window}”的受理清单不含该事项", $"The item is not on the acceptance list of window '{window}'", window);
        return act.Data.Flag("omit_document") == true && !MayOmitDocument(work)
            ? Refuse.By("FT-24", $"须出具{work.Profile.AcceptanceDocument}", "The acceptance document must be issued")
            : null;
    }

    /// <summary>P20: where a matter is done on the spot the acceptance document may be left out (CQ-17.1b, NX-2.3.1b).</summary>
    static bool MayOmitDocument(Work work) => work.Profile.AcceptanceDocumentOptional switch
    {
        "true" => true,
        "non_promise" => !work.Item.IsPromise,
        _ => false,
    };

    public static void OpenNegation(Work work)
    {
        if (!work.Profile.NegationFiling) return;
        work.Change(facts => facts with { Negation = "open" });
        work.StartTimer("T-NEG");
    }

    /// <summary>P30: after the visit (XA), or after acceptance (QS).</summary>
    public static void VisitEnds(Work work)
    {
        if (work.Profile.EvaluationTriggers.Contains("acceptance") && work.Facts.AcceptedOn is not null) work.Invite("after_acceptance");
        else if (work.Profile.EvaluationTriggers.Contains("visit") && work.Facts.ReceiptChannel == "window") work.Invite("after_visit");
    }

    static void AcceptanceDocument(Work work) => work.Document(work.Profile.AcceptanceDocument,
        ("case_no", work.State.CaseNo), ("item", work.Item.Name), ("materials", work.Item.Materials.Keys.Except(work.Facts.Missing)), ("accepted_on", work.Today), ("promised", work.Item.Promised));

    static void Push(Work work, string occasion)
    {
        work.StartTimer("T-SHR");
        work.Publish("gov.supervision-push", ("case_no", work.State.CaseNo), ("occasion", occasion));
    }

    static string? WindowOf(Work work, Stimulus.Act act) => act.Data.Text("window") ?? act.Actor.Window ?? work.Facts.Window;
}
