using System.Collections.Immutable;

namespace Orchestrator.Kernel.Engine;

/// <summary>How events change a case. Nothing else does, so replaying a case's events gives its state.</summary>
public static class Fold
{
    /// <summary>The state after all events; null when there are none.</summary>
    public static CaseState? Replay(IEnumerable<CaseEvent> events)
    {
        CaseState? state = null;
        StimulusTaken? first = null;
        foreach (var happened in events)
        {
            // The first stimulus precedes the opening; it is applied to the case that it opens.
            if (state is null && happened is StimulusTaken taken) first = taken;
            else if (state is null && happened is CaseOpened opened && first is not null) state = Open(opened, first);
            else state = Apply(state ?? throw new InvalidOperationException("History does not begin with a stimulus and an opening."), happened);
        }
        return state;
    }

    /// <summary>A case that was just opened by its first stimulus.</summary>
    public static CaseState Open(CaseOpened opened, StimulusTaken first) =>
        new() { CaseNo = opened.CaseNo, Pins = opened.Pins, Parent = opened.Parent, Version = 1, OpenedAt = first.At, LastAt = first.At };

    /// <summary>The state after one event.</summary>
    public static CaseState Apply(CaseState state, CaseEvent happened) => happened switch
    {
        StimulusTaken e => state with { Version = state.Version + 1, LastAt = e.At },
        TokenPlaced e => state with { Tokens = state.Tokens.Add(e.Token), NextId = Math.Max(state.NextId, e.Token.Id + 1) },
        TokenRemoved e => state with { Tokens = state.Tokens.RemoveAll(token => token.Id == e.Id) },
        TokenCounted e => state with { Tokens = Replace(state.Tokens, token => token.Id == e.Id, token => token with { Count = e.Count }) },
        JoinPassed e => state with { Swallow = e.Swallow > 0 ? state.Swallow.SetItem(e.Node, e.Swallow) : state.Swallow.Remove(e.Node) },
        StateEntered e => state with { State = e.State },
        StatusChanged e => state with { Status = e.Status, SuspendedFrom = e.SuspendedFrom },
        FactsChanged e => state with { Facts = e.Facts },
        BranchChanged e => state with { Branches = state.Branches.SetItem(e.Branch, e.State) },
        VariableSet e => state with { Variables = state.Variables.SetItem(e.Name, e.Value) },
        TaskOpened e => state with { Tasks = state.Tasks.Add(e.Task), NextId = state.NextId + 1 },
        TaskClosed e => state with { Tasks = state.Tasks.RemoveAll(task => task.Id == e.Id) },
        TimerChanged e => state with { Timers = Upsert(state.Timers, e.Timer) },
        DocumentIssued e => state with { Documents = state.Documents.Add(e.Document), NextId = state.NextId + 1 },
        NoticeQueued e => state with { PendingNotices = e.Tracked ? state.PendingNotices.Add(e.Id) : state.PendingNotices, NextId = state.NextId + 1 },
        NoticesTaken e => state with { PendingNotices = state.PendingNotices.RemoveRange(e.Ids) },
        OrderOpened e => state with { Orders = state.Orders.Add(e.Timer) },
        OrderClosed e => state with { Orders = state.Orders.Remove(e.Timer) },
        FlagRaised e => state with { Flags = state.Flags.Add(e.Flag) },
        EvaluationInvited => state with { Evaluations = state.Evaluations with { Invited = state.Evaluations.Invited + 1 } },
        EvaluationGiven e => state with { Evaluations = state.Evaluations with { Rated = state.Evaluations.Rated + 1, LastScore = e.Score } },
        EvaluationLapsed e => state with { Evaluations = state.Evaluations with { Lapsed = state.Evaluations.Lapsed + e.Count } },
        SystemCalled or SubCaseRequested or TicketRequested => state with { NextId = state.NextId + 1 },
        CaseMigrated e => state with { Pins = e.Pins },
        CaseEnded e => state with { Status = e.Status, Outcome = e.Outcome, SuspendedFrom = null },
        _ => state,   // facts for the record only: RecordMade, MessagePublished, ParentTold
    };

    static ImmutableArray<T> Replace<T>(ImmutableArray<T> list, Predicate<T> which, Func<T, T> change)
    {
        for (var i = 0; i < list.Length; i++)
            if (which(list[i])) return list.SetItem(i, change(list[i]));
        return list;
    }

    static ImmutableArray<CaseTimer> Upsert(ImmutableArray<CaseTimer> timers, CaseTimer timer)
    {
        for (var i = 0; i < timers.Length; i++)
            if (timers[i].Key == timer.Key) return timers.SetItem(i, timer);
        return timers.Add(timer);
    }
}
