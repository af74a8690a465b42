using System.Collections.Immutable;

namespace Orchestrator.Kernel.Definitions;

public static partial class ActivityCatalog
{
    static IEnumerable<ActivityDescriptor> Pipeline()
    {
        ImmutableArray<ActDescriptor> filing =
        [
            Act("submit", "Submitted", "applicant agent", "TR-04", "提交申请", "Submit", "channel", "materials", "missing", "delivery", "licence", "promise_signed"),
            Act("receive", "Submitted", "acceptor agent applicant chief_representative", "TR-05", "窗口收件", "Receive", "channel", "window", "materials", "missing", "delivery", "licence", "promise_signed", "authorised"),
        ];
        yield return new()
        {
            TypeName = "Gov.Start", Title = T("进件", "Intake"), Help = T("办件由此开始：咨询、预约、填报，或直接提交、收件。", "A case begins here: by consultation, booking, a draft, or directly by filing."),
            Kind = ActivityKind.Start, Stage = Stage.Apply, Category = T("申请", "Application"), Rules = ["XA-7.1c", "CQ-13.2", "QS-14b", "FT-01", "FT-19", "FT-23"],
            Acts = [Act("open_consultation", "Consulted", "applicant agent acceptor guide hotline_operator", "5.4", "咨询登记", "Open a consultation", "channel", "question"),
                    Act("book", "Booked", "applicant agent acceptor guide", "5.4", "预约", "Book", "slot", "window"),
                    Act("create_draft", "Drafted", "applicant agent acceptor", "TR-01", "填报", "Start a draft"), .. filing],
            Ports = [Port("Consulted", "咨询", "Consulted", false), Port("Booked", "预约", "Booked", false), Port("Drafted", "填报", "Drafted", false), Port("Submitted", "提交/收件", "Filed")],
            Timers = ["T-ACC", "T-SPT", "T-EXT"], Documents = ["收件回执", "代办记录"],
        };
        yield return new()
        {
            TypeName = "Gov.Consultation", Title = T("咨询", "Consultation"), Help = T("登记咨询并答复；首问负责，转办不换责任人。", "Registers and answers a consultation; the first person asked stays responsible."),
            Kind = ActivityKind.Task, Stage = Stage.Consult, Category = T("咨询", "Consultation"), Side = OfficeSide.Front, Role = "guide", State = "draft", Rules = ["XA-14", "XA-14a", "XA-14b", "NX-3.2.2c"],
            Inputs = [Role("guide"), Department],
            Acts = [Act("answer", "Answered", "guide acceptor hotline_operator chief_representative", "5.4", "答复", "Answer", "text"),
                    Act("refer", null, "guide acceptor hotline_operator", "5.4", "转办", "Refer", "to"),
                    Act("close_consultation", "Closed", "guide acceptor applicant hotline_operator", "5.4", "办结咨询", "Close"), .. filing],
            Ports = [Port("Answered", "已答复", "Answered"), Port("Submitted", "提交/收件", "Filed"), Port("Closed", "咨询办结", "Closed", false)], Timers = ["T-CON"],
        };
        yield return new()
        {
            TypeName = "Gov.Appointment", Title = T("预约", "Appointment"), Help = T("预约到窗口办理；预约永远不是窗口申请的前提。", "Books a visit; a booking is never a precondition of filing at a window."),
            Kind = ActivityKind.Task, Stage = Stage.Appoint, Category = T("预约", "Appointment"), Side = OfficeSide.Applicant, Role = "applicant", State = "draft", Rules = ["XA-15", "QS-14b", "FT-23"],
            Inputs = [Role("applicant")],
            Acts = [Act("book", null, "applicant agent acceptor guide", "5.4", "预约", "Book", "slot", "window"), Act("cancel_booking", null, "applicant agent", "5.4", "取消预约", "Cancel"),
                    Act("no_show", null, "acceptor guide system", "5.4", "爽约", "No show"), Act("arrive", "Arrived", "acceptor guide applicant", "5.4", "到场", "Arrive"),
                    Act("create_draft", "Arrived", "applicant agent acceptor", "TR-01", "填报", "Start a draft"), .. filing],
            Ports = [Port("Arrived", "到场/填报", "Arrived"), Port("Submitted", "提交/收件", "Filed")],
        };
        yield return new()
        {
            TypeName = "Gov.Application", Title = T("申请填报", "Application"), Help = T("申请人填报，可先请求预审，再提交。", "The applicant fills in the form, may ask for a pre-review, and files."),
            Kind = ActivityKind.Task, Stage = Stage.Apply, Category = T("申请", "Application"), Side = OfficeSide.Applicant, Role = "applicant", State = "draft", Rules = ["XA-7.1c", "CQ-13.2"],
            Inputs = [Role("applicant")],
            Acts = [Act("ask_pre_review", "PreReviewAsked", "applicant agent", "TR-02", "请求预审", "Ask for pre-review"), .. filing],
            Ports = [Port("Submitted", "提交/收件", "Filed"), Port("PreReviewAsked", "请求预审", "Pre-review asked", false)],
        };
        yield return new()
        {
            TypeName = "Gov.PreReview", Title = T("预审", "Pre-review"), Help = T("提交前先看材料，意见不具约束力。", "Materials are looked at before filing; the opinion does not bind."),
            Kind = ActivityKind.Task, Stage = Stage.Apply, Category = T("申请", "Application"), Side = OfficeSide.Front, Role = "acceptor", State = "pre_reviewing", Rules = ["NX-2.3.4a", "QS-6d"],
            Inputs = [Role("acceptor"), Department],
            Acts = [Act("pre_review_opinion", "Opinion", "acceptor reviewer chief_representative", "TR-03", "预审意见", "Give opinion", "text")],
            Ports = [Port("Opinion", "出具意见", "Opinion given")], Timers = ["T-PRV"], Documents = ["预审意见"],
        };
        yield return new()
        {
            TypeName = "Gov.Acceptance", Title = T("受理审查", "Acceptance"), Help = T("审查收到的材料：受理、容缺受理、告知承诺受理、一次性补正或不予受理。沉默由法律定其后果。", "Examines what was filed: accept, accept with tolerance or promise, one correction notice, or refuse. The law says what silence means."),
            Kind = ActivityKind.Task, Stage = Stage.Accept, Category = T("受理", "Acceptance"), Side = OfficeSide.Front, Role = "acceptor", State = "submitted",
            Rules = ["XA-16.0b", "XA-16.1", "XA-16.2", "XA-16.3", "CQ-17", "CQ-18", "CQ-19", "CQ-20", "CQ-23", "FT-02", "FT-03", "FT-04", "FT-05", "FT-06", "FT-13", "FT-15", "FT-24"],
            Inputs = [Role("acceptor"), Department, new("specialWindow", "Boolean", T("专门窗口", "Special window"), Default: "false", Hint: "checkbox"), new("approvalRecord", "String", T("专门窗口批准文号", "Approval record of the special window"))],
            Acts = [Act("accept", "Accepted", "acceptor chief_representative", "TR-06", "受理", "Accept", "window"),
                    Act("accept_tolerant", "Tolerated", "acceptor chief_representative", "TR-07", "容缺受理", "Accept with tolerance", "materials", "limit", "overdue", "promise_signed", "form"),
                    Act("accept_promise", "Promised", "acceptor chief_representative", "TR-08", "告知承诺受理", "Accept on promise", "promise_signed"),
                    Act("issue_correction", "CorrectionIssued", "acceptor chief_representative", "TR-09", "补正告知", "Issue correction notice", "materials", "limit", "form"),
                    Act("refuse_acceptance", "Refused", "acceptor chief_representative", "TR-13", "不予受理", "Refuse acceptance", "ground", "reasons"),
                    Act("complete_on_the_spot", "CompletedOnTheSpot", "acceptor chief_representative", "TR-32", "当场办结", "Complete on the spot", "delegated_by", "licence")],
            Ports = [Port("Accepted", "受理", "Accepted", true, "XA-16.1"), Port("Tolerated", "容缺受理", "Accepted with tolerance", false, "XA-16.3", "CQ-19"),
                     Port("Promised", "告知承诺受理", "Accepted on promise", false, "CQ-23"), Port("CorrectionIssued", "补正告知", "Correction issued", true, "XA-16.2"),
                     Refused("Refused", "不予受理", "Refused", true, "CQ-20"), Legal("DeemedAccepted", "视为受理", "Deemed accepted", true, "CQ-18.1b"),
                     Port("CompletedOnTheSpot", "当场办结", "Completed on the spot", false, "CQ-25.1b")],
            Timers = ["T-ACC", "T-SPT"], Documents = ["受理凭证", "受理通知书", "受理收件凭证", "补齐补正通知书", "补正凭证", "容缺告知", "容缺告知书", "承诺书", "告知书", "告知承诺书", "不予受理通知书", "视为受理告知"],
        };
        yield return new()
        {
            TypeName = "Gov.Correction", Title = T("待补正", "Correction"), Help = T("等待申请人补正；期满由法律定其后果。", "Waits for the applicant's supplement; lateness has a legal consequence."),
            Kind = ActivityKind.Task, Stage = Stage.Accept, Category = T("受理", "Acceptance"), Side = OfficeSide.Applicant, Role = "applicant", State = "correction_pending", Rules = ["XA-16.2a", "CQ-18.1a", "CQ-18.2"],
            Inputs = [Role("applicant"), new("limit", "TimeLimit", T("补正期限", "Correction limit"), Hint: "limit", Help: T("通知未写明时采用；再缺省时取事项或 P05", "Used when the notice sets none; else the item's or P05")),
                      new("document", "String", T("告知文书", "Notice document"), Default: "\"补齐补正通知书\"")],
            Acts = [Act("resubmit", "Resubmitted", "applicant agent acceptor", "TR-10", "补正提交", "Resubmit", "materials", "channel")],
            Ports = [Port("Resubmitted", "已补正", "Resubmitted"), Legal("DeemedWithdrawn", "视为撤回申请", "Deemed withdrawn", true, "CQ-18.2"), Legal("NotAccepted", "逾期不予受理", "Not accepted", false, "P06")],
            Timers = ["T-COR"], Documents = ["视为撤回告知"],
        };
        yield return new()
        {
            TypeName = "Gov.Tolerance", Title = T("容缺待补", "Tolerance supplement"), Help = T("已容缺受理，等待补齐；审查可并行。", "Accepted with something outstanding; review may go on in parallel."),
            Kind = ActivityKind.Task, Stage = Stage.Accept, Category = T("受理", "Acceptance"), Side = OfficeSide.Front, Role = "acceptor", State = "tolerance_accepted", Rules = ["XA-16.3a", "XA-16.3b", "CQ-19", "CQ-19b", "CQ-19c", "CQ-19d", "FT-07"],
            Inputs = [Role("acceptor"), Department, new("limit", "TimeLimit", T("容缺期限", "Tolerance limit"), Hint: "limit")],
            Acts = [Act("supply_outstanding", null, "applicant agent acceptor", "TR-18a", "补交材料", "Supply what is outstanding", "materials"),
                    Act("review_in_parallel", null, "reviewer chief_representative", "TR-18", "并行审查", "Review in parallel", "note"),
                    Act("supplement_conforming", "Conforming", "acceptor chief_representative", "TR-19", "补件合格", "Supplement conforms", "materials"),
                    Act("supplement_nonconforming", "ForcedDenial", "acceptor reviewer chief_representative", "TR-21", "补件不合格", "Supplement does not conform", "materials")],
            Ports = [Port("Conforming", "补件合格", "Conforming"), Legal("ForcedDenial", "应作不予决定", "Denial forced", true, "XA-16.3b"), Legal("DeemedWithdrawn", "视为撤回申请", "Deemed withdrawn", true, "CQ-19b"), DeemedExtended],
            Timers = ["T-TOL", "T-CHK", "T-PRO", "T-STA"], Documents = ["补件回执"],
        };
        yield return new()
        {
            TypeName = "Gov.Dispatch", Title = T("分办", "Dispatch"), Help = T("受理后自动分送审查部门。", "Sends an accepted case to the reviewers at once."),
            Kind = ActivityKind.Control, Stage = Stage.Accept, Category = T("受理", "Acceptance"), State = "accepted", Rules = ["NX-1c", "AQ-3.1.3b", "CQ-24"], Ports = [Done], Timers = ["T-PRO", "T-STA", "T-JNT"],
        };
        yield return new()
        {
            TypeName = "Gov.Review", Title = T("审查", "Review"), Help = T("形式或实质审查；可启动特别程序。", "Formal or substantive review; may start a special procedure."),
            Kind = ActivityKind.Task, Stage = Stage.Review, Category = T("审查", "Review"), Side = OfficeSide.Back, Role = "reviewer", State = "reviewing", Rules = ["XA-17.0", "XA-21", "FT-11"],
            Inputs = [Role("reviewer"), Department],
            Acts = [Act("review_done", "Reviewed", "reviewer chief_representative", "TR-29", "审查完毕", "Review done", "opinion", "note"),
                    Act("start_special", "SpecialStarted", "reviewer chief_representative", "TR-23", "启动特别程序", "Start special procedure", "kind")],
            Ports = [Port("Reviewed", "审查完毕", "Reviewed"), Port("SpecialStarted", "进入特别程序", "Special procedure", false, "QS-T11a"), DeemedExtended],
            Timers = ["T-PRO", "T-STA"],
        };
        yield return new()
        {
            TypeName = "Gov.SpecialProcedure", Title = T("特别程序（不计时环节）", "Special procedure"), Help = T("听证、勘验、专家评审等，有自己的公布时限；主时钟是否暂停由区域参数定。", "Hearing, inspection, expert review …, with its own published limit; whether the main clock pauses is a regional parameter."),
            Kind = ActivityKind.Task, Stage = Stage.Review, Category = T("审查", "Review"), Side = OfficeSide.Back, Role = "reviewer", State = "special_procedure", Rules = ["QS-6e", "QS-T11a", "CQ-25.2", "FT-11"],
            Inputs = [Role("reviewer"), Department],
            Acts = [Act("finish_special", "Finished", "reviewer chief_representative department system", "TR-24", "特别程序结束", "Finish", "result"),
                    Act("start_special", null, "reviewer chief_representative", "TR-23", "启动特别程序", "Start special procedure", "kind")],
            Ports = [Port("Finished", "结束", "Finished"), DeemedExtended], Timers = ["T-SPC"], Documents = ["特别程序告知书"],
        };
        yield return new()
        {
            TypeName = "Gov.JointReview", Title = T("并联审批", "Joint review"), Help = T("牵头部门组织各部门同时审查，各有时限。", "Branch departments review at once under a lead department, each with its own limit."),
            Kind = ActivityKind.Task, Stage = Stage.Review, Category = T("审查", "Review"), Side = OfficeSide.Back, Role = "reviewer", State = "joint_reviewing", Rules = ["CQ-24a", "CQ-24b", "QS-17"],
            Inputs = [Role("reviewer")],
            Acts = [Act("branch_done", "AllDone", "reviewer chief_representative department", "TR-26", "分支意见", "Branch opinion", "branch", "result", "reasons"),
                    Act("start_special", null, "reviewer chief_representative", "TR-23", "启动特别程序", "Start special procedure", "kind", "branch"),
                    Act("finish_special", null, "reviewer chief_representative department system", "TR-24", "特别程序结束", "Finish special procedure", "result", "branch")],
            Ports = [Port("AllDone", "各部门意见齐", "All branches done", true, "CQ-24a"), DeemedExtended], Timers = ["T-JNT", "T-PAR"],
        };
        yield return new()
        {
            TypeName = "Gov.Decision", Title = T("决定", "Decision"), Help = T("准予或不予；不予须有理由、联系方式和印章。", "Approve or deny; a denial needs reasons, contact and seal."),
            Kind = ActivityKind.Task, Stage = Stage.Decide, Category = T("决定", "Decision"), Side = OfficeSide.Back, Role = "decider", State = "deciding", Rules = ["XA-17.1", "XA-17.2", "CQ-26a", "CQ-26b", "FT-07", "FT-08", "FT-09"],
            Inputs = [Role("decider"), Department,
                      new("reasonsRequired", "Boolean", T("不予须写理由", "Reasons for a denial"), Default: "true", Hint: "checkbox"), new("sealRequired", "Boolean", T("不予须盖章", "Seal on a denial"), Default: "true", Hint: "checkbox")],
            Acts = [Act("approve", "Approved", "decider chief_representative", "TR-30", "准予", "Approve", "licence", "delegated_by"),
                    Act("deny", "Denied", "decider chief_representative", "TR-31", "不予", "Deny", "reasons", "contact", "seal")],
            Ports = [Port("Approved", "准予", "Approved", true, "XA-17.1"), Refused("Denied", "不予", "Denied", true, "XA-17.2"), DeemedExtended],
            Timers = ["T-PRO", "T-STA", "T-EXT", "T-JNT", "T-NTF", "T-WIN", "T-CRT", "T-SHR", "T-VER"], Documents = ["准予决定书", "证照", "电子证照", "纸质证照", "不予批准决定书"],
        };
        yield return new()
        {
            TypeName = "Gov.NegationFiling", Title = T("否定备案", "Negation filing"), Help = T("不予受理、不予批准须备案的地区在此登记；不须备案的地区自动通过。", "Regions that file refusals do it here; elsewhere the case passes at once."),
            Kind = ActivityKind.Task, Stage = Stage.Decide, Category = T("决定", "Decision"), Side = OfficeSide.Back, Role = "responsible_leader", Rules = ["QS-6c", "QS-T10a", "FT-20"],
            Inputs = [Role("responsible_leader"), new("state", "String", T("办件状态", "Case state"), Options: ["not_accepted", "denied"], Default: "\"not_accepted\"", Hint: "dropdown"),
                      new("waits", "Boolean", T("等待备案", "Wait for the filing"), Default: "true", Hint: "checkbox")],
            Ports = [Port("Filed", "已备案/无需备案", "Filed or not needed")], Timers = ["T-NEG"], Documents = ["否定备案"],
        };
        yield return new()
        {
            TypeName = "Gov.Result", Title = T("结果出件", "Result"), Help = T("结果送到窗口或网上公布。", "The result goes to the window or online."),
            Kind = ActivityKind.Task, Stage = Stage.Deliver, Category = T("送达", "Delivery"), Side = OfficeSide.Back, Role = "delivery_clerk", Rules = ["NX-2.3.2b", "QS-T43"],
            Inputs = [Role("delivery_clerk"), Department, new("outcome", "String", T("结果", "Outcome"), Required: true, Options: ["approved", "denied", "deemed_extended"], Hint: "dropdown")],
            Acts = [Act("result_at_window", "Ready", "decider acceptor delivery_clerk reviewer chief_representative department system", "TR-34", "结果到窗", "Result at window", "window", "handover"),
                    Act("result_online", "Ready", "system decider acceptor delivery_clerk chief_representative", "TR-34", "结果上网", "Result online")],
            Ports = [Port("Ready", "待领取", "Ready")], Timers = ["T-WIN", "T-DLV"], Documents = ["结果交接单"],
        };
        yield return new()
        {
            TypeName = "Gov.Delivery", Title = T("送达", "Delivery"), Help = T("窗口领取、网上送达或寄递。", "Pick-up, online delivery or mail."),
            Kind = ActivityKind.Task, Stage = Stage.Deliver, Category = T("送达", "Delivery"), Side = OfficeSide.Front, Role = "delivery_clerk", State = "result_ready", Rules = ["XA-19", "NX-2.3a", "NX-2.3.3a", "FT-10", "FT-25"],
            Inputs = [Role("delivery_clerk"), new("specialWindow", "Boolean", T("专门窗口", "Special window"), Default: "false", Hint: "checkbox"), new("approvalRecord", "String", T("专门窗口批准文号", "Approval record of the special window"))],
            Acts = [Act("pick_up", "Delivered", "acceptor delivery_clerk chief_representative agent", "TR-36", "领取", "Pick up", "window", "applicant_matches", "receiver"),
                    Act("e_deliver", "Delivered", "system applicant delivery_clerk acceptor", "TR-36", "网上送达", "Deliver online"),
                    Act("post", "Posted", "acceptor delivery_clerk chief_representative", "TR-35", "寄出", "Post", "tracking_no", "window")],
            Ports = [Port("Delivered", "已送达", "Delivered"), Port("Posted", "已寄出", "Posted", false)], Timers = ["T-DLV"], Documents = ["送达回证", "寄递单号"],
        };
        yield return new()
        {
            TypeName = "Gov.Mailing", Title = T("寄送", "Mailing"), Help = T("等待签收或退回。", "Waits for the receipt or the return."),
            Kind = ActivityKind.Task, Stage = Stage.Deliver, Category = T("送达", "Delivery"), Side = OfficeSide.Front, Role = "delivery_clerk", State = "delivering", Rules = ["XA-19", "NX-2.3.3b"],
            Inputs = [Role("delivery_clerk")],
            Acts = [Act("mail_signed", "Delivered", "carrier system delivery_clerk acceptor", "TR-37", "签收", "Signed"), Act("mail_returned", "Returned", "carrier system delivery_clerk acceptor", "TR-38", "退回", "Returned")],
            Ports = [Port("Delivered", "已签收", "Signed"), Port("Returned", "退回", "Returned")], Timers = ["T-DLV"], Documents = ["签收记录"],
        };
        yield return new()
        {
            TypeName = "Gov.Evaluation", Title = T("评价与归档", "Evaluation and filing"), Help = T("邀请评价，归档并办结。", "Invites a rating, files and closes the case."),
            Kind = ActivityKind.Task, Stage = Stage.Evaluate, Category = T("评价", "Evaluation"), Side = OfficeSide.Front, Role = "archive_clerk", State = "delivered", Rules = ["XA-38.1", "XA-38.2b", "QS-T40a", "CQ-31", "FT-20"],
            Inputs = [Role("archive_clerk")],
            Acts = [Act("close", "Closed", "system acceptor archive_clerk delivery_clerk chief_representative", "TR-39", "办结归档", "Close")],
            Ports = [Port("Closed", "办结", "Closed")], Timers = ["T-EVA"], Documents = ["归档包"],
        };
        yield return new()
        {
            TypeName = "Gov.End", Title = T("办件结束", "End of case"), Help = T("以法定状态结束办件。", "Ends the case in a legal state."),
            Kind = ActivityKind.End, Stage = Stage.Evaluate, Category = T("评价", "Evaluation"), Rules = ["CQ-31", "FT-21"],
            Inputs = [new("state", "String", T("结束状态", "State"), Required: true, Options: ["completed", "not_accepted", "deemed_withdrawn", "withdrawn", "terminated", "closed"], Hint: "dropdown")],
            Documents = ["归档包"],
        };
    }

    static IEnumerable<ActivityDescriptor> Tickets()
    {
        var group = T("差评整改", "Bad review");
        const string handler = "department chief_representative supervisor";
        var verify = Act("ticket_verify", null, handler, "XA-38.3a", "核实", "Verify", "reasonable", "finding");
        yield return new()
        {
            TypeName = "Gov.TicketStart", Title = T("差评登记", "Bad review received"), Help = T("收到差评，整改时限开始。", "A bad review arrives and its limit starts."),
            Kind = ActivityKind.Start, Stage = Stage.Evaluate, Category = group, Ports = [Done], Timers = ["T-BAD"], Rules = ["XA-38.3a", "QS-16a"],
        };
        yield return new()
        {
            TypeName = "Gov.TicketVerification", Title = T("核实", "Verification"), Help = T("责任部门核实差评是否属实；可先由热线转办。", "The agency verifies the claim; the hotline may dispatch it first."),
            Kind = ActivityKind.Task, Stage = Stage.Evaluate, Category = group, Side = OfficeSide.Back, Role = "department", State = "received", Rules = ["XA-38.3a", "QS-T39"],
            Inputs = [Role("department")],
            Acts = [Act("ticket_dispatch", null, "hotline_operator supervisor system", "QS-16a", "转办", "Dispatch", "to"), verify],
            Ports = [Port("Reasonable", "属实", "Reasonable", true, "XA-38.3a"), Port("Unreasonable", "不属实", "Unreasonable", true, "XA-38.3b")], Timers = ["T-BAD"],
        };
        yield return new()
        {
            TypeName = "Gov.Rectification", Title = T("整改", "Rectification"), Help = T("制定并落实整改措施，然后反馈。", "Puts the matter right, then feeds back."),
            Kind = ActivityKind.Task, Stage = Stage.Evaluate, Category = group, Side = OfficeSide.Back, Role = "department", State = "verified_reasonable", Rules = ["XA-38.3a", "XA-38.3c"],
            Inputs = [Role("department")],
            Acts = [Act("rectify", null, handler, "XA-38.3a", "整改", "Rectify", "measure"), Act("feedback", "FeedbackGiven", handler, "XA-38.3c", "反馈", "Feed back", "text")],
            Ports = [Port("FeedbackGiven", "已反馈", "Feedback given")], Timers = ["T-BAD"], Documents = ["整改反馈"],
        };
        yield return new()
        {
            TypeName = "Gov.Explanation", Title = T("解释说明", "Explanation"), Help = T("不属实的，作出解释说明并反馈。", "Where the claim has no ground: explain and feed back."),
            Kind = ActivityKind.Task, Stage = Stage.Evaluate, Category = group, Side = OfficeSide.Back, Role = "department", State = "verified_unreasonable", Rules = ["XA-38.3b", "XA-38.3c"],
            Inputs = [Role("department")],
            Acts = [Act("explain", null, handler, "XA-38.3b", "解释说明", "Explain", "text"), Act("feedback", "FeedbackGiven", handler, "XA-38.3c", "反馈", "Feed back", "text")],
            Ports = [Port("FeedbackGiven", "已反馈", "Feedback given")], Timers = ["T-BAD"], Documents = ["解释说明"],
        };
        yield return new()
        {
            TypeName = "Gov.CallBack", Title = T("回访", "Call-back"), Help = T("实名差评在要求回访的地区须回访后办结。", "Where call-backs are required, a real-name review closes only after one."),
            Kind = ActivityKind.Task, Stage = Stage.Evaluate, Category = group, Side = OfficeSide.Back, Role = "call_back_clerk", State = "feedback_given", Rules = ["QS-16a", "QS-T40b", "FT-18"],
            Inputs = [Role("call_back_clerk")],
            Acts = [Act("call_back", null, "call_back_clerk supervisor", "QS-T40b", "回访", "Call back", "satisfied", "note"),
                    Act("ticket_close", "Closed", "department clerk call_back_clerk supervisor chief_representative acceptor", "FT-18", "办结", "Close")],
            Ports = [Port("Closed", "办结", "Closed")], Timers = ["T-CBK"], Documents = ["回访记录"],
        };
    }
}
