namespace Orchestrator.Kernel.Engine.Law;

/// <summary>差评整改: verify, rectify or explain, feed back, call back, close (5.5; XA-38.3, QS-16a).</summary>
static class Tickets
{
    public static ActResult Dispatch(Work work, Stimulus.Act act)
    {
        work.Enter("dispatched");
        work.Record("dispatch", ("to", act.Data.Text("to")));
        return ActResult.Stay;
    }

    public static ActResult Verify(Work work, Stimulus.Act act)
    {
        if (act.Data.Flag("reasonable") is not { } reasonable) return Refuse.Data("XA-38.3a", "reasonable", "核实须说明差评是否属实", "Say whether the claim is reasonable");
        Set(work, ticket => ticket with { Reasonable = reasonable });
        work.Record("verification", ("reasonable", reasonable), ("finding", act.Data.Text("finding")));
        return ActResult.Go(reasonable ? "Reasonable" : "Unreasonable");
    }

    public static ActResult Rectify(Work work, Stimulus.Act act)
    {
        Set(work, ticket => ticket with { Acted = true });
        work.Enter("rectifying");
        work.Record("rectification", ("measure", act.Data.Text("measure")));
        return ActResult.Stay;
    }

    public static ActResult Explain(Work work, Stimulus.Act act)
    {
        Set(work, ticket => ticket with { Acted = true });
        work.Enter("explained");
        work.Document("解释说明", ("text", act.Data.Text("text")));
        return ActResult.Stay;
    }

    /// <summary>XA-38.3c stops the seven days; a real-name review is then called back where P33 demands it.</summary>
    public static ActResult Feedback(Work work, Stimulus.Act act)
    {
        if (work.Facts.Ticket is not { Acted: true }) return Refuse.By("XA-38.3a", "须先整改或解释说明，再反馈", "Rectify or explain before feeding back");
        Set(work, ticket => ticket with { FeedbackGiven = true });
        work.StopTimer("T-BAD");
        if (work.Facts.Ticket is { Reasonable: true }) work.Document("整改反馈", ("text", act.Data.Text("text")));
        if (CallBackOwed(work)) work.StartTimer("T-CBK");
        return ActResult.Go("FeedbackGiven");
    }

    public static ActResult CallBack(Work work, Stimulus.Act act)
    {
        Set(work, ticket => ticket with { CalledBack = true });
        work.StopTimer("T-CBK");
        work.Enter("called_back");
        work.Document("回访记录", ("satisfied", act.Data.Flag("satisfied")), ("note", act.Data.Text("note")));
        return ActResult.Stay;
    }

    /// <summary>FT-18 has been checked before any state guard.</summary>
    public static ActResult Close(Work work, Stimulus.Act act) => ActResult.Go("Closed");

    /// <summary>FT-18: no closing without feedback, nor without the call-back of a real-name review (P33, QS-T40b).</summary>
    public static Refusal? MayNotClose(Work work)
    {
        if (work.Facts.Ticket is not { } ticket) return null;
        if (!ticket.FeedbackGiven) return Refuse.By("FT-18", "差评未反馈，不能办结", "A bad review cannot be closed without feedback", "feedback");
        return CallBackOwed(work) ? Refuse.By("FT-18", "实名差评未回访，不能办结", "A real-name review cannot be closed without a call-back", "call_back") : null;
    }

    static bool CallBackOwed(Work work) => work.Profile.CallBackRequired && work.Facts.Ticket is { RealName: true, CalledBack: false };

    static void Set(Work work, Func<TicketFacts, TicketFacts> change) =>
        work.Change(facts => facts.Ticket is { } ticket ? facts with { Ticket = change(ticket) } : facts);
}
