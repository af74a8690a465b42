namespace Orchestrator.Kernel.Engine.Law;

/// <summary>送达与办结: result to the window or online, pick-up, mail, closing (TR-34 … TR-39).</summary>
static class Delivery
{
    /// <summary>TR-34.</summary>
    public static ActResult AtWindow(Work work, Stimulus.Act act)
    {
        if (act.Data.Flag("handover") == false) return Refuse.By("TR-34", "结果交接单尚未签署", "The hand-over list has not been signed", "handover");
        work.Document("结果交接单", ("window", act.Data.Text("window")), ("from", act.Actor.Id));
        return Ready(work);
    }

    /// <summary>TR-34, published online.</summary>
    public static ActResult Online(Work work, Stimulus.Act act) => Ready(work);

    /// <summary>TR-35.</summary>
    public static ActResult Post(Work work, Stimulus.Act act)
    {
        if (work.Facts.Delivery != "mail") return Refuse.By("TR-35", "申请人未选择寄递", "The applicant did not choose mail", "delivery");
        if (HandOver(work, act) is { } refusal) return refusal;
        work.Document("寄递单号", ("tracking_no", act.Data.Text("tracking_no")));
        return ActResult.Go("Posted");
    }

    /// <summary>TR-36: who accepts delivers (NX-2.3a, FT-10), to the right person (NX-2.3.3a, FT-25).</summary>
    public static ActResult PickUp(Work work, Stimulus.Act act) =>
        HandOver(work, act) is { } refusal ? refusal : Delivered(work, "送达回证", ("method", "pick_up"), ("receiver", act.Data.Text("receiver")));

    /// <summary>TR-36, online.</summary>
    public static ActResult DeliverOnline(Work work, Stimulus.Act act) => Mismatch(act) is { } refusal ? refusal : Delivered(work, "送达回证", ("method", "online"));

    static Refusal? HandOver(Work work, Stimulus.Act act)
    {
        var (window, accepting) = (act.Data.Text("window") ?? act.Actor.Window, work.Facts.AcceptWindow ?? work.Facts.Window);
        return work.Profile.DeliverAtAcceptingWindow && window is not null && accepting is not null && window != accepting
            ? Refuse.By("FT-10", $"应由受理窗口“{accepting}”出件", $"The accepting window '{accepting}' must deliver", window)
            : Mismatch(act);
    }

    static Refusal? Mismatch(Stimulus.Act act) => act.Data.Flag("applicant_matches") == false
        ? Refuse.By("FT-25", "领取人或收件人与申请人信息不符，不得交付", "The receiver's data do not match the applicant's", "applicant_matches")
        : null;

    /// <summary>TR-37.</summary>
    public static ActResult MailSigned(Work work, Stimulus.Act act) => Mismatch(act) is { } refusal ? refusal : Delivered(work, "签收记录", ("method", "mail"));

    /// <summary>TR-38.</summary>
    public static ActResult MailReturned(Work work, Stimulus.Act act)
    {
        work.Record("mail_returned");
        return ActResult.Go("Returned");
    }

    /// <summary>TR-39: filing done (FT-20), licence in the library where the region demands it (QS-T43), rating invited, archive packed.</summary>
    public static ActResult Close(Work work, Stimulus.Act act)
    {
        if (Prohibitions.UnfiledNegation(work) is { } refusal) return refusal;
        if (work.Profile.ElectronicLicenceObligatory && work.State.Timer("T-CRT") is { State: TimerState.Running or TimerState.Fired })
            return Refuse.By("QS-T43", "电子证照尚未归集，不能办结", "The electronic licence has not reached the library", "T-CRT");
        work.Invite("after_completion");
        return ActResult.Go("Closed");
    }

    static ActResult Ready(Work work)
    {
        work.StopTimer("T-WIN");
        if (work.Facts.Decision == "deemed_extended") Decision.Licences(work, ["electronic"]);   // renewed licence with the new validity
        work.Notice("sms", "applicant", new LocalizedText("办理结果已可领取", "The result is ready"));
        return ActResult.Go("Ready");
    }

    static ActResult Delivered(Work work, string document, params ReadOnlySpan<(string, object?)> content)
    {
        work.StopTimer("T-DLV");
        work.Document(document, content);
        return ActResult.Go("Delivered");
    }
}
