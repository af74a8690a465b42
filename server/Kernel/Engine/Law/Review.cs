using System.Collections.Immutable;

namespace Orchestrator.Kernel.Engine.Law;

/// <summary>审查: review, special procedures and joint review (TR-23 … TR-29).</summary>
static class Review
{
    /// <summary>TR-29.</summary>
    public static ActResult Reviewed(Work work, Stimulus.Act act)
    {
        work.Record("review_opinion", ("opinion", act.Data.Text("opinion")), ("note", act.Data.Text("note")), ("by", act.Actor.Id));
        return ActResult.Go("Reviewed");
    }

    /// <summary>TR-23: only listed kinds with their own published limit (FT-11, checked before any state guard), then by region the main clock pauses (P16).</summary>
    public static ActResult StartSpecial(Work work, Stimulus.Act act)
    {
        var kind = act.Data.Text("kind") ?? "";
        var terms = work.Item.SpecialProcedures.FirstOrDefault(each => each.Kind == kind);
        if (terms?.Limit is not { } limit) return Refuse.By("FT-11", $"“{kind}”不在特别程序清单内", $"'{kind}' is not a listed special procedure", kind);
        if (act.Data.Text("branch") is { } branch) return StartBranchSpecial(work, branch, kind, limit);
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
        if (act.Data.Text("branch") is { } branch) return FinishBranchSpecial(work, branch, act);
        work.StopTimer("T-SPC");
        CaseClocks.ResumeAfterSpecial(work);
        work.Record("procedure_record", ("kind", work.Facts.Special), ("result", act.Data.Text("result")));
        work.Change(facts => facts with { Special = null });
        return ActResult.Go("Finished");
    }

    /// <summary>TR-26, TR-28: branches are collected; when all are done the case is decided.</summary>
    public static ActResult BranchDone(Work work, Stimulus.Act act)
    {
        var branch = act.Data.Text("branch") ?? PartOf(work, act) ?? "";
        if (!work.State.Branches.TryGetValue(branch, out var open)) return Refuse.Data("TR-26", "branch", $"没有分支“{branch}”", $"There is no branch '{branch}'");
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

    /// <summary>FORMAT reading 6: the branch's clock pauses, the joint one goes on.</summary>
    static ActResult StartBranchSpecial(Work work, string branch, string kind, Clocks.TimeLimit limit)
    {
        if (work.State.Branches.GetValueOrDefault(branch) is not { State: "open" }) return Refuse.WrongState("TR-23", "启动特别程序", $"{work.State.State}:{branch}");
        work.Emit(new BranchChanged(branch, new BranchState("special", Special: kind)));
        work.StartTimer("T-SPC", limit, part: branch);
        if (work.Profile.SpecialPausesMainClock) work.PauseTimer($"T-PAR:{branch}", "special");
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

    static string? PartOf(Work work, Stimulus.Act act) => work.State.Tasks.FirstOrDefault(task => task.Id == act.TaskId)?.Part;
}
