using System.Collections.Immutable;

namespace Orchestrator.Kernel.Engine.Law;

/// <summary>审查: review, special procedures and joint review (TR-23 … TR-29).</summary>
static class Review
{
    /// <summary>TR-29.</summary>
    public static ActResult Reviewed(Work work, Stimulus.Act act)
    {
        if (ByTheAcceptor(work, act) is { } refusal) return refusal;
        work.Record("review_opinion", ("opinion", act.Data.Text("opinion")), ("note", act.Data.Text("note")), ("by", act.Actor.Id));
        return ActResult.Go("Reviewed");
    }

    /// <summary>TR-23: only listed kinds with their own published limit (FT-11, checked before any state guard), then by region the main clock pauses (P16).</summary>
    public static ActResult StartSpecial(Work work, Stimulus.Act act)
    {
        var kind = act.Data.Text("kind") ?? "";
        var terms = work.Item.SpecialProcedures.FirstOrDefault(each => each.Kind == kind);
        if (terms?.Limit is not { } limit) return Refuse.By("FT-11", $"“{kind}”不在特别程序清单内", $"'{kind}' is not a listed special procedure", kind);
        if (BranchOf(work, act) is { } branch) return StartBranchSpecial(work, branch, kind, limit);
        if (work.State.State != "reviewing") return Refuse.WrongState("TR-23", "启动特别程序", work.State.State);
        work.Change(facts => facts with { Special = kind });
        work.StartTimer("T-SPC", limit);
        CaseClocks.PauseForSpecial(work);
        work.Document("特别程序告知书", ("kind", kind), ("limit", limit));
        return ActResult.Go("SpecialStarted");
    }

    /// <summary>TR-24.</summary>
    public static ActResult FinishSpecial(Work work, Stimulus.Act act)
    {
        if (BranchOf(work, act) is { } branch) return FinishBranchSpecial(work, branch, act);
        if (work.Facts.Special is null) return Refuse.WrongState("TR-24", "结束特别程序", work.State.State);
        work.StopTimer("T-SPC");
        CaseClocks.ResumeAfterSpecial(work);
        work.Record("procedure_record", ("kind", work.Facts.Special), ("result", act.Data.Text("result")));
        work.Change(facts => facts with { Special = null });
        return ActResult.Go("Finished");
    }

    /// <summary>TR-26, TR-28: branches are collected; when all are done the case is decided.</summary>
    public static ActResult BranchDone(Work work, Stimulus.Act act)
    {
        if (work.Item.Joint is null) return AloneDone(work, act);
        var branch = BranchOf(work, act) ?? "";
        if (!work.State.Branches.TryGetValue(branch, out var open)) return Refuse.Data("TR-26", "branch", $"没有分支“{branch}”", $"There is no branch '{branch}'");
        if (OfAnotherBranch(work, act, branch) is { } foreign) return foreign;
        if (ByTheAcceptor(work, act) is { } refusal) return refusal;
        if (open.State == "done") return Refuse.By("TR-26", $"分支“{branch}”已有意见", $"Branch '{branch}' is already done", branch);
        if (open.State == "special") return Refuse.By("TR-26", $"分支“{branch}”正在特别程序中", $"Branch '{branch}' is in a special procedure", branch);
        var result = act.Data.Text("result") ?? "agree";
        work.Emit(new BranchChanged(branch, new BranchState("done", result, act.Data.Text("reasons"))));
        work.StopTimer($"T-PAR:{branch}");
        work.Record($"branch_opinion:{branch}", ("result", result), ("reasons", act.Data.Text("reasons")), ("by", act.Actor.Id));
        foreach (var task in work.State.Tasks)
            if (task.Part == branch) work.Emit(new TaskClosed(task.Id, "branch_done"));
        return work.State.Branches.Values.All(each => each.State == "done") ? ActResult.Go("AllDone") : ActResult.Stay;
    }

    /// <summary>R-06: the branch's clock pauses, the joint one goes on.</summary>
    static ActResult StartBranchSpecial(Work work, string branch, string kind, Clocks.TimeLimit limit)
    {
        if (work.State.Branches.GetValueOrDefault(branch) is not { State: "open" }) return Refuse.WrongState("TR-23", "启动特别程序", $"{work.State.State}:{branch}");
        work.Emit(new BranchChanged(branch, new BranchState("special", Special: kind)));
        work.StartTimer("T-SPC", limit, part: branch);
        work.PauseTimer($"T-PAR:{branch}", "special");
        work.Document("特别程序告知书", ("kind", kind), ("limit", limit), ("branch", branch));
        return ActResult.Stay;
    }

    static ActResult FinishBranchSpecial(Work work, string branch, Stimulus.Act act)
    {
        if (work.State.Branches.GetValueOrDefault(branch) is not { State: "special" } now) return Refuse.WrongState("TR-24", "结束特别程序", $"{work.State.State}:{branch}");
        work.StopTimer($"T-SPC:{branch}");
        work.ResumeTimer($"T-PAR:{branch}", "special");
        work.Record("procedure_record", ("kind", now.Special), ("branch", branch), ("result", act.Data.Text("result")));
        work.Emit(new BranchChanged(branch, new BranchState("open")));
        return ActResult.Stay;
    }

    /// <summary>An item without departments to join has the one reviewer whose opinion is the whole review.</summary>
    static ActResult AloneDone(Work work, Stimulus.Act act)
    {
        if (ByTheAcceptor(work, act) is { } refusal) return refusal;
        work.Record("review_opinion", ("result", act.Data.Text("result")), ("reasons", act.Data.Text("reasons")), ("by", act.Actor.Id));
        return ActResult.Go("AllDone");
    }

    /// <summary>The branch that the act names, or that its task or its person belongs to; null outside joint reviews.</summary>
    static string? BranchOf(Work work, Stimulus.Act act) => act.Data.Text("branch") ?? work.State.Tasks.FirstOrDefault(task => task.Id == act.TaskId)?.Part ?? OwnBranch(work, act.Actor);

    /// <summary>A person stands for the branch of the department; a scenario's <c>reviewer:A</c> is of branch A.</summary>
    static string? OwnBranch(Work work, Actor actor)
    {
        if (actor.Department is { } department && work.State.Branches.ContainsKey(department)) return department;
        return work.State.Branches.ContainsKey(actor.Id) ? actor.Id : null;
    }

    /// <summary>TR-26: an opinion is given by a reviewer of the branch.</summary>
    static Refusal? OfAnotherBranch(Work work, Stimulus.Act act, string branch) => act.Actor.Role != "chief_representative" && OwnBranch(work, act.Actor) is { } own && own != branch
        ? Refuse.By("TR-26", $"分支“{branch}”的意见须由该部门作出", $"The opinion of branch '{branch}' is for its own department to give", branch)
        : null;

    /// <summary>TR-16: under strict P22 the reviewer is not the acceptor (NX-1b, AQ-3.1.2a).</summary>
    public static Refusal? ByTheAcceptor(Work work, Stimulus.Act act) => work.Profile.StrictSeparation && work.Facts.Acceptor == act.Actor.Id
        ? Refuse.By("TR-16", "受理人员不得审查本人受理的办件（受审分离）", "Whoever accepted may not review (separation of duties)")
        : null;
}
