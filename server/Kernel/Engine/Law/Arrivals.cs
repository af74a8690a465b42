using NodaTime;
using Orchestrator.Kernel.Clocks;
using Orchestrator.Kernel.Definitions;
using Orchestrator.Kernel.Graph;

namespace Orchestrator.Kernel.Engine.Law;

/// <summary>What happens when a case comes to an activity of the pipeline: its state, its task, its clock.</summary>
static class Arrivals
{
    public static void Enter(Work work, Token token, FlowNode node)
    {
        work.Enter(node.Activity.State);
        switch (node.Activity.TypeName)
        {
            case "Gov.Start": return;   // the opening act itself moves on
            case "Gov.TicketStart": TicketReceived(work, token, node); return;
            case "Gov.Dispatch": work.Leave(token, node, "Done"); return;
            case "Gov.NegationFiling": Filing(work, token, node); return;
            case "Gov.End": End(work, node); return;
            case "Gov.JointReview": Joint(work, token, node); return;
            case "Gov.Consultation": StartConsultation(work); break;
            case "Gov.PreReview": work.StartTimer("T-PRV", token: token.Id); break;
            case "Gov.Acceptance": StartAcceptanceClock(work); break;
            case "Gov.Result": Result(work, node); break;
            case "Gov.Delivery": StartDelivery(work); break;
        }
        if (node.Activity.Kind == ActivityKind.Task) Tasks.Open(work, token, node);
    }

    /// <summary>T-ACC, or T-SPT where the window must decide on the spot (P01, P02, QS-11b). Terminals and proxies take the online limit .</summary>
    static void StartAcceptanceClock(Work work)
    {
        var atWindow = (work.Facts.ReceiptChannel ?? work.Facts.Channel) == "window";
        var limit = atWindow ? work.Profile.AcceptLimitWindow : work.Profile.AcceptLimitOnline;
        if (limit.Unit == LimitUnit.OnTheSpot || (atWindow && work.Item.AcceptOnReceipt)) work.StartTimer("T-SPT");
        else work.StartTimer("T-ACC", limit);
    }

    static void StartConsultation(Work work)
    {
        work.Change(facts => facts with { Consultation = "open" });
        work.StartTimer("T-CON");
    }

    /// <summary>Under P23 a refusal waits here until it is filed; on the way of a denial the filing only blocks the closing (FT-20).</summary>
    static void Filing(Work work, Token token, FlowNode node)
    {
        work.Enter(node.Text("state"));
        if (node.Text("state") == "not_accepted") work.StopAtTheEnd();   // a terminal state: only the filing is still owed
        if (work.Facts.Negation == "open" && node.Flag("waits")) Tasks.Open(work, token, node);
        else work.Leave(token, node, "Filed");
    }

    static void End(Work work, FlowNode node)
    {
        var state = node.Text("state") ?? "completed";
        work.End(state, state == "completed" ? work.Facts.Decision ?? (work.Facts.Consultation is not null ? "consulted" : "completed") : state);
    }

    /// <summary>T-JNT from the day of acceptance, T-PAR for each branch from today (CQ-24a).</summary>
    static void Joint(Work work, Token token, FlowNode node)
    {
        if (work.Item.Joint is not { } joint) { Tasks.Open(work, token, node); return; }
        if (work.State.Timer("T-JNT") is null) work.StartTimer("T-JNT", joint.Limit, JointStart(work));
        foreach (var (branch, limit) in joint.Branches)
        {
            work.Emit(new BranchChanged(branch, new BranchState("open")));
            work.StartTimer("T-PAR", limit, part: branch);
            Tasks.Open(work, token, node, node.Role ?? "reviewer", OfficeSide.Back, branch, branch);
        }
    }

    /// <summary>The day of acceptance; where the promised clock waits for the supplement, the day of the supply (CQ-19d).</summary>
    static LocalDate? JointStart(Work work) => work.Profile.ToleranceClockStartsOnCompletion && work.Facts.SuppliedOn is { } supplied ? supplied : work.Facts.AcceptedOn;

    static void Result(Work work, FlowNode node) => work.Enter(work.Facts.Decision ?? node.Text("outcome"));

    /// <summary>T-DLV runs on when mail comes back (TR-38).</summary>
    static void StartDelivery(Work work)
    {
        if (work.State.Timer("T-DLV") is not { State: TimerState.Running or TimerState.Fired }) work.StartTimer("T-DLV");
    }

    /// <summary>The seven days run from the day of the rating (XA-38.3a).</summary>
    static void TicketReceived(Work work, Token token, FlowNode node)
    {
        work.Enter("received");
        work.StartTimer("T-BAD", work.Profile.BadReviewLimit);
        work.Leave(token, node, "Done");
    }
}
