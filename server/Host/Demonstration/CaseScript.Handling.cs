using System.Collections.Immutable;
using Orchestrator.Kernel.Clocks;
using Orchestrator.Kernel.Engine;

namespace Orchestrator.Host.Demonstration;

/// <summary>Acceptance, review and decision (TR-06 … TR-33), and the acts on the whole case (TR-40 … TR-45).</summary>
sealed partial class CaseScript
{
    static readonly ImmutableArray<string> ReviewNotes = ["申请材料齐全，内容真实有效，符合许可条件，建议准予。", "经审查，符合法定条件和标准。", "材料与现场情况一致，同意上报决定。"];
    static readonly ImmutableArray<string> Denials = ["经营场所不符合《办事指南》载明的受理条件第二项", "申请内容与现场核查结果不一致，不符合法定条件", "主要设备不符合国家标准"];

    Actor Reviewer => scene.Who("reviewer");
    Actor Decider => scene.Who("decider");
    Actor Chief => scene.Who("chief_representative");

    public CaseScript Accept() => Do("accept", Acceptor, ("window", window));

    public CaseScript AcceptPromise() => Do("accept_promise", Acceptor, ("promise_signed", true), ("window", window));

    /// <summary>Accepted although the minor material is outstanding (TR-07), within the promise where the promise runs from acceptance.</summary>
    public CaseScript AcceptTolerant() =>
        Do("accept_tolerant", Acceptor, ("materials", scene.Terms.ToleranceMaterials), ("limit", ToleranceLimit.ToString()), ("promise_signed", true), ("window", window), ("form", "electronic"));

    TimeLimit ToleranceLimit
    {
        get
        {
            var own = scene.Terms.ToleranceLimit ?? scene.Profile.CorrectionPeriod;
            return scene.Terms.Promised is { } promise && !scene.Profile.ToleranceClockStartsOnCompletion && promise.ComparableDays < own.ComparableDays ? promise : own;
        }
    }

    public CaseScript Supply() => Do("supply_outstanding", Applicant, ("materials", scene.Terms.ToleranceMaterials));

    public CaseScript Conforms() => Do("supplement_conforming", Acceptor, ("materials", scene.Terms.ToleranceMaterials));

    public CaseScript DoesNotConform() => Do("supplement_nonconforming", Acceptor, ("materials", scene.Terms.ToleranceMaterials));

    /// <summary>The one notice of everything that lacks (XA-16.2).</summary>
    public CaseScript Correct() => Do("issue_correction", Acceptor, ("materials", lacking), ("form", "electronic"));

    public CaseScript Resubmit() => Do("resubmit", Applicant, ("materials", lacking), ("channel", channel == "window" ? "window" : "online"), ("window", channel == "window" ? window : null));

    public CaseScript RefuseAcceptance() => Do("refuse_acceptance", Acceptor, ("ground", "不属于本机关职权范围"), ("reasons", "申请事项应向上一级主管部门提出"));

    public CaseScript OnTheSpot() => Do("complete_on_the_spot", Acceptor, ("delegated_by", Chief.Id), ("licence", new[] { "electronic" }), ("window", window));

    public CaseScript Review() => Do("review_done", Reviewer, ("opinion", "positive"), ("note", dice.Of(ReviewNotes)));

    public CaseScript ReviewNegative() => Do("review_done", Reviewer, ("opinion", "negative"), ("note", "不符合法定条件，建议不予批准。"));

    /// <summary>The first of the item's procedures that do not count (QS-T11a), on a branch of a joint review where one is named.</summary>
    public CaseScript StartSpecial(string? branch = null) => Do("start_special", scene.Who("reviewer", department: branch), ("kind", scene.Terms.SpecialProcedures[0].Kind), ("branch", branch));

    public CaseScript FinishSpecial(string? branch = null) => Do("finish_special", scene.Who("reviewer", department: branch), ("result", "符合要求"), ("branch", branch));

    public CaseScript Branch(string department, bool agrees = true) =>
        Do("branch_done", scene.Who("reviewer", department: department), ("branch", department), ("result", agrees ? "agree" : "deny"), ("reasons", agrees ? null : "疏散通道宽度不足，不符合消防技术标准"));

    public CaseScript Approve() => Do("approve", Decider, ("licence", new[] { "electronic" }));

    public CaseScript Deny() => Do("deny", Decider, ("reasons", dice.Of(Denials)), ("contact", "12345"), ("seal", "行政审批专用章"));

    public CaseScript FileNegation() => Do("file_negation", scene.Who("responsible_leader"), ("ledger_no", $"{scene.Region}-FD-{dice.Between(100, 999)}"));

    public CaseScript Withdraw() => Do("withdraw", Applicant, ("reason", "经营计划调整"));

    public CaseScript Suspend() => Do("suspend", Chief, ("cause", "申请事项涉及正在审理的行政诉讼"));

    public CaseScript Resume() => Do("resume", Chief, ("cause", "诉讼已终结"));

    public CaseScript Terminate() => Do("terminate", Chief, ("cause", "申请人主体资格已注销"));

    public CaseScript CheckPromise(bool kept) => Do(kept ? "promise_check_passed" : "promise_check_failed", Decider, ("finding", kept ? "承诺内容属实" : "未按承诺配备专职人员"));
}
