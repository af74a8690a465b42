namespace Orchestrator.Kernel.Engine.Law;

/// <summary>Acts on the whole case, wherever it is: withdrawal, suspension, termination, checks after a promise, filing, ratings.</summary>
static class CaseActs
{
    /// <summary>States from which an applicant may withdraw (TR-40); a case that is being decided counts as not decided .</summary>
    static readonly string[] Undecided = ["draft", "pre_reviewing", "submitted", "correction_pending", "accepted", "tolerance_accepted", "reviewing", "special_procedure", "joint_reviewing", "deciding"];
    static readonly string[] Delay = ["delay", "overdue", "逾期", "超期"];
    static readonly string[] Suspendable = ["accepted", "tolerance_accepted", "reviewing", "special_procedure", "joint_reviewing", "deciding"];

    public static ActResult Withdraw(Work work, Stimulus.Act act)
    {
        if (!work.Profile.WithdrawalAllowed || work.Facts.Decision is not null || !(Undecided.Contains(work.State.State) || work.State.Status == CaseStatus.Suspended))
            return Refuse.WrongState("TR-40", "撤回申请", work.State.State);
        work.Document("撤回申请", ("by", act.Actor.Id));
        work.End("withdrawn", "withdrawn");
        return ActResult.Stay;
    }

    /// <summary>TR-41: for a legal cause only.</summary>
    public static ActResult Suspend(Work work, Stimulus.Act act)
    {
        if (work.State.Status == CaseStatus.Suspended || !Suspendable.Contains(work.State.State)) return Refuse.WrongState("TR-41", "中止办理", work.State.State);
        if (string.IsNullOrWhiteSpace(act.Data.Text("cause"))) return Refuse.By("TR-41", "中止须有法定事由", "A suspension needs a legal cause", "cause");
        work.Document("中止通知", ("cause", act.Data.Text("cause")));
        work.Emit(new StatusChanged(CaseStatus.Suspended, work.State.State));
        work.Enter("suspended");
        CaseClocks.PauseForSuspension(work);
        return ActResult.Stay;
    }

    /// <summary>TR-42.</summary>
    public static ActResult Resume(Work work, Stimulus.Act act)
    {
        if (work.State.Status != CaseStatus.Suspended) return Refuse.WrongState("TR-42", "恢复办理", work.State.State);
        var before = work.State.SuspendedFrom;
        work.Document("恢复通知", ("cause", act.Data.Text("cause")));
        work.Emit(new StatusChanged(CaseStatus.Open, null));
        work.Enter(before);
        CaseClocks.ResumeAfterSuspension(work);
        return ActResult.Stay;
    }

    /// <summary>TR-43: the basis has lapsed; never for mere delay.</summary>
    public static ActResult Terminate(Work work, Stimulus.Act act)
    {
        if (work.Facts.Decision is not null) return Refuse.WrongState("TR-43", "终止办理", work.State.State);
        if (act.Data.Text("cause") is not { Length: > 0 } cause || Delay.Contains(cause)) return Refuse.By("TR-43", "终止须因申请主体或依据灭失，不得因逾期", "A termination needs a lapsed basis, not delay", "cause");
        work.Document("终止通知", ("cause", cause));
        work.End("terminated", "terminated");
        return ActResult.Stay;
    }

    /// <summary>TR-45: a flag, also after the case was closed .</summary>
    public static ActResult PromiseFailed(Work work, Stimulus.Act act)
    {
        if (NoPromiseToCheck(work) is { } refusal) return refusal;
        work.StopTimer("T-VER");
        work.Flag("revoked");
        work.Document("撤销/责令补正", ("finding", act.Data.Text("finding")));
        work.Record("credit", ("finding", act.Data.Text("finding")));
        return ActResult.Stay;
    }

    public static ActResult PromisePassed(Work work, Stimulus.Act act)
    {
        if (NoPromiseToCheck(work) is { } refusal) return refusal;
        work.StopTimer("T-VER");
        work.Record("promise_check", ("finding", act.Data.Text("finding")));
        return ActResult.Stay;
    }

    /// <summary>QS-6c: the refusal is filed in the ledger; a case that waits for it goes on.</summary>
    public static ActResult FileNegation(Work work, Stimulus.Act act)
    {
        if (work.Facts.Negation != "open") return Refuse.WrongState("QS-6c", "否定备案", work.State.State);
        work.Change(facts => facts with { Negation = "filed" });
        work.StopTimer("T-NEG");
        work.Document("否定备案", ("ledger_no", act.Data.Text("ledger_no")), ("by", act.Actor.Id));
        work.Flag("negation_filed");
        foreach (var token in work.State.Tokens)
            if (work.NodeOf(token) is { Activity.TypeName: "Gov.NegationFiling" } node) { work.Leave(token, node, "Filed"); break; }
        return ActResult.Stay;
    }

    /// <summary>XA-38.2b: one rating for each invitation. Who may rate is checked by FT-17 before.</summary>
    public static ActResult Rate(Work work, Stimulus.Act act)
    {
        if (act.Data.Number("score") is not ({ } score and >= 1 and <= 5)) return Refuse.Data("XA-38.2b", "score", "评分为 1 至 5", "A score is 1 to 5");
        if (work.State.Evaluations.Open <= 0) return Refuse.By("XA-38.2b", "一事一评：该次服务已评价或未邀请评价", "One rating for each matter: it has been given, or was not invited");
        var (channel, realName) = (act.Data.Text("channel"), act.Data.Flag("real_name") ?? true);
        work.Emit(new EvaluationGiven(score, channel, realName, act.Data.Text("text")));
        if (work.State.Evaluations.Open == 0) work.StopTimer("T-EVA");
        if (score <= 2)   // the two lowest of five levels are 差评 (OP-19)
            work.Emit(new TicketRequested($"{work.State.CaseNo}-R{work.State.Evaluations.Rated}", new TicketFacts(work.State.CaseNo, score, realName, channel)));
        return ActResult.Stay;
    }

    static Refusal? NoPromiseToCheck(Work work) => work.Facts is { Mode: "promise", Decision: "approved" } && work.State.Timer("T-VER") is { State: not TimerState.Stopped }
        ? null
        : Refuse.WrongState("TR-45", "承诺核查", work.State.State);
}
