using System.Collections.Frozen;
using Orchestrator.Kernel;
using Orchestrator.Kernel.Definitions;

namespace Orchestrator.Host.Cases;

/// <summary>A word of the regulation with its name in both languages.</summary>
/// <param name="Code">As on the wire and in the database.</param>
/// <param name="Title">Name.</param>
sealed record Word(string Code, LocalizedText Title);

/// <summary>Names of the states (docs/RULES.md, S) and stages (XA-13).</summary>
static class CaseWords
{
    static readonly FrozenDictionary<string, LocalizedText> States = new Dictionary<string, LocalizedText>
    {
        ["draft"] = new("暂存", "Draft"), ["pre_reviewing"] = new("预审中", "Pre-review"), ["submitted"] = new("已提交", "Submitted"),
        ["correction_pending"] = new("待补正", "Correction pending"), ["accepted"] = new("已受理", "Accepted"),
        ["tolerance_accepted"] = new("容缺受理", "Accepted with tolerance"), ["reviewing"] = new("审查中", "Under review"),
        ["special_procedure"] = new("特别程序中", "Special procedure"), ["joint_reviewing"] = new("并联审批中", "Joint review"),
        ["deciding"] = new("待决定", "Awaiting decision"), ["approved"] = new("准予", "Approved"), ["denied"] = new("不予", "Denied"),
        ["deemed_extended"] = new("视为准予延续", "Deemed extended"), ["result_ready"] = new("结果待出件", "Result ready"), ["delivering"] = new("寄送中", "In the mail"),
        ["delivered"] = new("已送达", "Delivered"), ["completed"] = new("办结", "Completed"), ["not_accepted"] = new("不予受理", "Not accepted"),
        ["deemed_withdrawn"] = new("视为撤回申请", "Deemed withdrawn"), ["withdrawn"] = new("申请人撤回", "Withdrawn"), ["suspended"] = new("中止办理", "Suspended"),
        ["terminated"] = new("终止办理", "Terminated"),
        ["received"] = new("差评受理", "Received"), ["dispatched"] = new("已转办", "Dispatched"), ["verified_reasonable"] = new("核实属实", "Verified: reasonable"),
        ["verified_unreasonable"] = new("核实不属实", "Verified: unreasonable"), ["rectifying"] = new("整改中", "Being rectified"), ["explained"] = new("已解释说明", "Explained"),
        ["feedback_given"] = new("已反馈", "Feedback given"), ["called_back"] = new("已回访", "Called back"), ["closed"] = new("已办结", "Closed"),
        ["running"] = new("运行中", "Running"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    static readonly FrozenDictionary<string, LocalizedText> Stages = new Dictionary<string, LocalizedText>
    {
        ["consult"] = new("咨询", "Consultation"), ["appoint"] = new("预约", "Appointment"), ["apply"] = new("申请", "Application"), ["accept"] = new("受理", "Acceptance"),
        ["review"] = new("审查", "Review"), ["decide"] = new("决定", "Decision"), ["deliver"] = new("送达", "Delivery"), ["evaluate"] = new("评价", "Evaluation"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>All states by code.</summary>
    public static IReadOnlyDictionary<string, LocalizedText> AllStates => States;

    /// <summary>A state; drawn flows may have states of their own, which are their own name.</summary>
    public static Word State(string code) => new(code, States.GetValueOrDefault(code) ?? new(code, code));

    /// <summary>A stage; null for none.</summary>
    public static Word? Stage(string? code) => code is null ? null : new(code, Stages.GetValueOrDefault(code) ?? new(code, code));

    /// <summary>A role of 5.7.</summary>
    public static Word Role(string code) => new(code, Roles.Find(code)?.Title ?? new(code, code));
}
