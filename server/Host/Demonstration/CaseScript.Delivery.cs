using System.Collections.Immutable;
using Orchestrator.Kernel.Engine;

namespace Orchestrator.Host.Demonstration;

/// <summary>Delivery, closing, rating and what a bad rating leads to (TR-34 … TR-39, 5.5).</summary>
sealed partial class CaseScript
{
    static readonly ImmutableArray<string> Praise = ["办事效率高，服务态度好！", "窗口工作人员很耐心，一次就办好了。", "网上提交很方便。", "比承诺时间还快。", ""];
    static readonly ImmutableArray<string> Complaints = ["窗口等候时间太长，告知不清楚。", "让我跑了两趟。", "电话咨询一直无人接听。"];

    Actor DeliveryClerk => scene.Who("delivery_clerk");

    public CaseScript Ready() => delivery == "online"
        ? Do("result_online", Decider)
        : Do("result_at_window", Decider, ("window", window), ("handover", true));

    public CaseScript HandOver() => delivery == "online"
        ? Do("e_deliver", Applicant, ("applicant_matches", true))
        : Do("pick_up", Acceptor, ("window", window), ("applicant_matches", true), ("receiver", applicant));

    public CaseScript Post() => Do("post", Acceptor, ("window", window), ("tracking_no", $"EMS{dice.Between(10000000, 99999999)}CN"));

    public CaseScript Signed() => Do("mail_signed", DeliveryClerk);

    public CaseScript Returned() => Do("mail_returned", DeliveryClerk);

    public CaseScript Close() => Do("close", scene.Who("archive_clerk"));

    /// <summary>Rated, from 1 非常不满意 to 5 非常满意; 1 and 2 open a ticket, on which the ticket's acts go on.</summary>
    public CaseScript Rate(int score, bool realName = true) =>
        Do("rate", Applicant, ("score", score), ("channel", channel == "window" ? "window" : "sms"), ("real_name", realName), ("text", dice.Of(score <= 2 ? Complaints : Praise)));

    public CaseScript Dispatch() => OnTicket("ticket_dispatch", scene.Who("hotline_operator"), ("to", scene.Terms.Department));

    public CaseScript Verify(bool reasonable) =>
        OnTicket("ticket_verify", Chief, ("reasonable", reasonable), ("finding", reasonable ? "经核实，窗口未一次告知全部材料，情况属实。" : "经核实，已按规定一次告知，反映情况不属实。"));

    public CaseScript Rectify() => OnTicket("rectify", Chief, ("measure", "对窗口人员开展一次告知培训，增设咨询引导岗。"));

    public CaseScript Explain() => OnTicket("explain", Chief, ("text", "已向评价人说明办理经过和依据。"));

    public CaseScript Feedback() => OnTicket("feedback", Chief, ("text", "已整改并致歉，感谢您的监督。"));

    public CaseScript CallBack() => OnTicket("call_back", scene.Who("call_back_clerk"), ("satisfied", true), ("note", "评价人对处理结果表示满意"));

    public CaseScript CloseTicket() => OnTicket("ticket_close", scene.Who("call_back_clerk"));

    CaseScript OnTicket(string act, Actor actor, params ReadOnlySpan<(string Name, object? Value)> data) => Add(act, actor, true, data);
}
