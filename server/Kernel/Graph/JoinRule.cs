using System.Collections.Immutable;

namespace Orchestrator.Kernel.Graph;

/// <summary>汇合方式: what a join waits for.</summary>
public enum JoinMode
{
    /// <summary>One token on each incoming edge (WCP-3).</summary>
    WaitAll,
    /// <summary>The first token; the others are swallowed, or their branches cancelled (WCP-9, WCP-29).</summary>
    WaitAny,
    /// <summary>m of n tokens; the others are swallowed, or their branches cancelled (WCP-30, WCP-31).</summary>
    WaitCount,
    /// <summary>Every token that can still come (WCP-7).</summary>
    WaitAllActive,
}

/// <summary>The settings of a join node.</summary>
/// <param name="Mode">What it waits for.</param>
/// <param name="Count">m of <see cref="JoinMode.WaitCount"/>; 1 otherwise.</param>
/// <param name="CancelRemaining">Whether passing cancels the tokens that could still arrive. The caller does that: every other token from whose node the join can be reached.</param>
public sealed record JoinSettings(JoinMode Mode, int Count, bool CancelRemaining);

/// <summary>What a join does next.</summary>
public enum JoinVerdict
{
    /// <summary>Nothing until another token comes or goes.</summary>
    Wait,
    /// <summary>Consume the tokens and send none on: they are late for a pass that has happened.</summary>
    Swallow,
    /// <summary>Consume the tokens and send one on through <c>Done</c>.</summary>
    Pass,
}

/// <summary>The outcome of <see cref="JoinRule.Decide"/>.</summary>
/// <param name="Verdict">Wait, swallow or pass. After the latter two, ask again.</param>
/// <param name="Consume">Tokens to take from each incoming edge, in the order of <see cref="FlowNode.Sources"/>; empty for Wait.</param>
/// <param name="Swallow">Tokens still to be swallowed from now on.</param>
public readonly record struct JoinOutcome(JoinVerdict Verdict, ImmutableArray<int> Consume, int Swallow);

/// <summary>
/// The one definition of when a join passes, shared by the engine and the soundness proof. It counts only; it does not know
/// who waits. Late tokens are swallowed by number, not by edge: a loop that re-enters a join before all late tokens of the
/// round before have come is not told apart, and the proof shows such drawings.
/// </summary>
public static class JoinRule
{
    /// <summary>Decides for a join node.</summary>
    /// <param name="join">The join.</param>
    /// <param name="arrivedPerSource">Waiting tokens on each incoming edge, in the order of <see cref="FlowNode.Sources"/>.</param>
    /// <param name="swallow">Tokens still to be swallowed after an earlier pass.</param>
    /// <param name="othersCanArrive">Whether any token elsewhere can still reach this join; asked for <see cref="JoinMode.WaitAllActive"/> only.</param>
    public static JoinOutcome Decide(FlowNode join, IReadOnlyList<int> arrivedPerSource, int swallow, Func<bool> othersCanArrive)
    {
        var waiting = arrivedPerSource.Sum();
        if (waiting == 0) return new JoinOutcome(JoinVerdict.Wait, [], swallow);
        if (swallow > 0) return SwallowLate(arrivedPerSource, waiting, swallow);
        var settings = join.Join ?? new JoinSettings(JoinMode.WaitAll, 1, false);
        return settings.Mode == JoinMode.WaitAllActive
            ? othersCanArrive() ? new JoinOutcome(JoinVerdict.Wait, [], 0) : new JoinOutcome(JoinVerdict.Pass, [.. arrivedPerSource], 0)
            : PassAt(Needed(settings, arrivedPerSource.Count), arrivedPerSource, settings);
    }

    static int Needed(JoinSettings settings, int sources) => settings.Mode switch
    {
        JoinMode.WaitAny => 1,
        JoinMode.WaitCount => Math.Clamp(settings.Count, 1, Math.Max(1, sources)),
        _ => sources,
    };

    static JoinOutcome PassAt(int needed, IReadOnlyList<int> arrived, JoinSettings settings)
    {
        if (arrived.Count(tokens => tokens > 0) < needed) return new JoinOutcome(JoinVerdict.Wait, [], 0);
        var late = settings.CancelRemaining ? 0 : arrived.Count - needed;
        return new JoinOutcome(JoinVerdict.Pass, TakeOneEach(arrived, needed), late);
    }

    static JoinOutcome SwallowLate(IReadOnlyList<int> arrived, int waiting, int swallow)
    {
        var take = Math.Min(waiting, swallow);
        var consume = new int[arrived.Count];
        for (var (edge, left) = (0, take); left > 0; edge++)
        {
            consume[edge] = Math.Min(left, arrived[edge]);
            left -= consume[edge];
        }
        return new JoinOutcome(JoinVerdict.Swallow, [.. consume], swallow - take);
    }

    static ImmutableArray<int> TakeOneEach(IReadOnlyList<int> arrived, int needed)
    {
        var consume = new int[arrived.Count];
        for (var edge = 0; edge < arrived.Count && needed > 0; edge++)
            if (arrived[edge] > 0)
            {
                consume[edge] = 1;
                needed--;
            }
        return [.. consume];
    }
}
