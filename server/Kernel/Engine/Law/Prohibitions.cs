using System.Collections.Immutable;
using Orchestrator.Kernel.Graph;

namespace Orchestrator.Kernel.Engine.Law;

/// <summary>The forbidden transitions (FT-01…FT-25) that are refused whatever the state, in a fixed order: no drawing can switch them off.</summary>
static class Prohibitions
{
    static readonly ImmutableHashSet<string> Terminal = ["completed", "not_accepted", "deemed_withdrawn", "withdrawn", "terminated", "closed"];
    static readonly ImmutableHashSet<string> AfterTheEnd = ["rate", "edit_rating", "promise_check_failed", "promise_check_passed", "file_negation", "close"];

    public static Refusal? Check(Work work, Stimulus.Act act)
    {
        if (work.Flow.Purpose == FlowPurpose.General) return null;
        return act.Name switch
        {
            "rate" when act.Actor.Role is not ("applicant" or "agent") || act.Data.Text("on_behalf_of") is not null => Ratings(),
            "edit_rating" => Ratings(),
            "change_version" => Refuse.By("FT-22", "办件流程版本已锁定，不得变更", "The definition version of a running case is pinned"),
            "close" when UnfiledNegation(work) is { } unfiled => unfiled,
            _ => Closed(work, act) ?? Running(work, act),
        };
    }

    /// <summary>FT-20 (QS-6c).</summary>
    public static Refusal? UnfiledNegation(Work work) =>
        work.Facts.Negation == "open" ? Refuse.By("FT-20", "未办理否定备案，不能办结", "The refusal has not been filed; the case cannot be closed", "negation_filing") : null;

    /// <summary>FT-21: a terminal case stays closed.</summary>
    static Refusal? Closed(Work work, Stimulus.Act act) =>
        (work.State.Ended || Terminal.Contains(work.State.State)) && (!AfterTheEnd.Contains(act.Name) || act.Name == "close")
            ? Refuse.By("FT-21", "办件已终结，不能再办理；如需办理请重新申请", "The case has ended; a new application is needed", work.State.State)
            : null;

    static Refusal? Running(Work work, Stimulus.Act act) => act.Name switch
    {
        "reopen" => Refuse.By("FT-21", "办件不能重新打开", "A case cannot be reopened"),
        "issue_correction" when work.Facts.Mode == "deemed" => Refuse.By("FT-06", "已视为受理，不得再要求补正", "The case is deemed accepted; no correction notice is possible"),
        "approve" when work.Facts.Tolerance is "outstanding" or "pending_check" or "failed" || work.Facts.ForcedOutcome == "denied" =>
            Refuse.By("FT-07", "容缺材料未补、逾期或不合格，只能作出不予决定", "The tolerance supplement is outstanding, late or nonconforming: approval is not legal", work.Facts.Tolerance),
        "approve" or "deny" when work.Facts.Decision == "deemed_extended" => Refuse.By("XA-17.4b", "已视为准予延续，不能再作决定", "The licence is already deemed extended"),
        "approve" or "deny" when work.Profile.StrictSeparation && work.Facts.Acceptor == act.Actor.Id =>
            Refuse.By("FT-09", "受理人员不得决定本人受理的办件（受审分离）", "Whoever accepted may not decide (separation of duties)"),
        "start_special" when Unlisted(work, act) is { } refusal => refusal,
        "extend_limit" when !work.Profile.PromiseExtendable => Refuse.By("FT-12", "承诺时限为最终时限，不得延长", "The promised limit is final and cannot be prolonged"),
        "add_node" or "add_material" => Refuse.By("FT-16", "不得对办理中的办件临时增加环节或材料", "Steps and materials must not be added to a running case"),
        "demand_booking" => Refuse.By("FT-23", "预约或网上申报不得作为窗口申请的前提", "A booking or an online step must not be demanded before a window application"),
        "ticket_close" => Tickets.MayNotClose(work),
        _ => null,
    };

    /// <summary>FT-11 before the state guard of TR-23 (G11.3).</summary>
    static Refusal? Unlisted(Work work, Stimulus.Act act)
    {
        var kind = act.Data.Text("kind") ?? "";
        var terms = work.Item.SpecialProcedures.FirstOrDefault(each => each.Kind == kind);
        var legal = terms is { Limit: not null, Published: true } && work.Profile.SpecialKinds.Contains(kind);
        return legal ? null : Refuse.By("FT-11", $"“{kind}”不在特别程序清单内或无公布时限", $"'{kind}' is not a listed special procedure with its own published limit", kind);
    }

    static Refusal Ratings() => Refuse.By("FT-17", "工作人员不得代填、修改或删除评价", "Staff must not enter, change or delete ratings");
}
