using System.Collections.Frozen;

namespace Orchestrator.Kernel.Engine.Law;

delegate ActResult ActHandler(Work work, Stimulus.Act act);

/// <summary>Which rule answers which act. The acts themselves are declared in <see cref="Definitions.ActivityCatalog"/>; a test keeps both complete.</summary>
static class Handlers
{
    public static readonly FrozenDictionary<string, ActHandler> All = new Dictionary<string, ActHandler>(StringComparer.Ordinal)
    {
        ["open_consultation"] = Filing.OpenConsultation, ["answer"] = Filing.Answer, ["refer"] = Filing.Refer, ["close_consultation"] = Filing.CloseConsultation,
        ["book"] = Filing.Book, ["cancel_booking"] = Filing.CancelBooking, ["no_show"] = Filing.NoShow, ["arrive"] = Filing.Arrive,
        ["create_draft"] = Filing.CreateDraft, ["ask_pre_review"] = Filing.AskPreReview, ["pre_review_opinion"] = Filing.PreReviewOpinion,
        ["submit"] = Filing.Submit, ["receive"] = Filing.ReceiveAtWindow,
        ["accept"] = Acceptance.Accept, ["accept_promise"] = Acceptance.AcceptPromise, ["refuse_acceptance"] = Acceptance.Refused, ["complete_on_the_spot"] = Acceptance.OnTheSpot,
        ["issue_correction"] = Correction.Issue, ["resubmit"] = Correction.Resubmit,
        ["accept_tolerant"] = Tolerance.Accept, ["review_in_parallel"] = Tolerance.ReviewInParallel, ["supply_outstanding"] = Tolerance.Supply,
        ["supplement_conforming"] = Tolerance.Conforming, ["supplement_nonconforming"] = Tolerance.Nonconforming,
        ["review_done"] = Review.Reviewed, ["start_special"] = Review.StartSpecial, ["finish_special"] = Review.FinishSpecial, ["branch_done"] = Review.BranchDone,
        ["approve"] = Decision.Approve, ["deny"] = Decision.Deny,
        ["result_at_window"] = Delivery.AtWindow, ["result_online"] = Delivery.Online, ["post"] = Delivery.Post, ["pick_up"] = Delivery.PickUp, ["e_deliver"] = Delivery.DeliverOnline,
        ["mail_signed"] = Delivery.MailSigned, ["mail_returned"] = Delivery.MailReturned, ["close"] = Delivery.Close,
        ["ticket_dispatch"] = Tickets.Dispatch, ["ticket_verify"] = Tickets.Verify, ["rectify"] = Tickets.Rectify, ["explain"] = Tickets.Explain,
        ["feedback"] = Tickets.Feedback, ["call_back"] = Tickets.CallBack, ["ticket_close"] = Tickets.Close,
        ["withdraw"] = CaseActs.Withdraw, ["suspend"] = CaseActs.Suspend, ["resume"] = CaseActs.Resume, ["terminate"] = CaseActs.Terminate,
        ["promise_check_failed"] = CaseActs.PromiseFailed, ["promise_check_passed"] = CaseActs.PromisePassed, ["file_negation"] = CaseActs.FileNegation, ["rate"] = CaseActs.Rate,
        ["demand_material"] = Demands.Material, ["demand_online_entry"] = Demands.OnlineEntry,
        ["extend_limit"] = ExtendLimit,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>P15: only a region whose profile allows it may prolong the promise (FT-12 refuses elsewhere).</summary>
    static ActResult ExtendLimit(Work work, Stimulus.Act act)
    {
        if (work.State.Timer("T-PRO") is not { State: TimerState.Running } promised) return Refuse.WrongState("FT-12", "延长承诺时限", work.State.State);
        if (act.Data.Limit("limit") is not { } by || by.Unit != promised.Limit.Unit) return Refuse.Data("FT-12", "limit", "延长的时限无效", "Give the extension in the unit of the limit");
        var moved = TimerMath.Compute(promised with { Limit = promised.Limit with { Count = promised.Limit.Count + by.Count }, Colour = Colour.Green }, work.Calendar, work.Hall);
        work.Emit(new TimerChanged(TimerVerb.Moved, moved));
        work.WarnIfDue(moved);
        return ActResult.Stay;
    }
}
