using System.Collections.Immutable;
using Orchestrator.Kernel.Definitions;
using Orchestrator.Kernel.Graph;

namespace Orchestrator.Kernel.Checks;

/// <summary>The outcome of the soundness proof.</summary>
/// <param name="Proven">Whether the whole token game was explored; false when it was too large or a property failed on the way.</param>
/// <param name="Sound">Whether all properties hold.</param>
/// <param name="Markings">How many markings were visited.</param>
/// <param name="CounterExample">A shortest run that breaks a property; null when there is none.</param>
/// <param name="Findings">One for each property that fails.</param>
public sealed record SoundnessResult(bool Proven, bool Sound, int Markings, CounterExample? CounterExample, ImmutableArray<Finding> Findings);

/// <summary>
/// Proof by exploring the token game: from every reachable marking the end can be reached, nothing is left over at the end,
/// every activity can happen, and work does not pile up. Data is left out, so a rule that always says the same is not seen.
/// </summary>
public sealed class Soundness
{
    /// <summary>Most markings explored.</summary>
    public const int MaxMarkings = 200_000;
    /// <summary>Most tokens at one place; more is taken as unbounded.</summary>
    public const int MaxTokens = 8;

    const long MaxWork = 60_000_000;   // bounds the time on drawings with thousands of tokens, whose markings are long

    readonly Flow flow;
    readonly TokenGame game;
    readonly Dictionary<string, int> known = new(StringComparer.Ordinal);
    readonly List<string> markings = [];
    readonly List<(int Parent, int Node, string Port)> reached = [];
    readonly List<(int From, int To)> moves = [];
    readonly bool[] fired;
    long work;

    Soundness(Flow flow)
    {
        this.flow = flow;
        game = new TokenGame(flow);
        fired = new bool[flow.Nodes.Length];
    }

    /// <summary>Proves a flow sound, or shows why it is not.</summary>
    public static SoundnessResult Prove(Flow flow) => new Soundness(flow).Run();

    SoundnessResult Run()
    {
        if (flow.Nodes.Any(node => node.MatchesAny && node.Cases.Length > TokenGame.MaxMatchAnyCases)) return TooLarge();
        Visit(game.Initial, -1, -1, "");
        for (var at = 0; at < markings.Count; at++)
        {
            if (markings.Count > MaxMarkings || work > MaxWork) return TooLarge();
            foreach (var move in game.Moves(markings[at]))
            {
                fired[move.Node] = true;
                moves.Add((at, Visit(move.Marking, at, move.Node, move.Port)));
            }
            if (game.Tokens(markings[at]).Any(each => each.Count > MaxTokens)) return Broken("soundness.unbounded", at, proven: false);
        }
        return Judge();
    }

    int Visit(string marking, int parent, int node, string port)
    {
        work += 20 + 2 * marking.Length;
        if (known.TryGetValue(marking, out var at)) return at;
        known[marking] = markings.Count;
        markings.Add(marking);
        reached.Add((parent, node, port));
        return markings.Count - 1;
    }

    SoundnessResult Judge()
    {
        var hopeful = CanComplete();
        var stuck = Enumerable.Range(0, markings.Count).Where(at => !hopeful[at]).ToList();
        if (stuck.Count == 0) return Proved();
        var moving = moves.Select(move => move.From).ToHashSet();
        var dead = stuck.FindIndex(at => !moving.Contains(at));
        if (dead < 0) return Broken("soundness.livelock", stuck[0], proven: true);
        return Broken(game.Tokens(markings[stuck[dead]]).Any() ? "soundness.deadlock" : "soundness.vanishes", stuck[dead], proven: true);
    }

    /// <summary>Which markings can reach completion, found backwards from the complete ones.</summary>
    bool[] CanComplete()
    {
        var before = moves.ToLookup(move => move.To, move => move.From);
        var can = new bool[markings.Count];
        var open = new Stack<int>(Enumerable.Range(0, markings.Count).Where(at => game.IsComplete(markings[at])));
        foreach (var at in open) can[at] = true;
        while (open.TryPop(out var at))
            foreach (var from in before[at])
                if (!can[from])
                {
                    can[from] = true;
                    open.Push(from);
                }
        return can;
    }

    SoundnessResult Proved()
    {
        var reachable = FlowPaths.From(flow, [flow.Start]);
        ImmutableArray<Finding> dead = [.. flow.Nodes.Where(node => !fired[node.Index] && reachable.Contains(node.Index)).Select(Dead)];
        return new SoundnessResult(true, dead.IsEmpty, markings.Count, null, dead);
    }

    SoundnessResult Broken(string code, int at, bool proven)
    {
        ImmutableArray<string> stuckAt = [.. game.Tokens(markings[at]).Where(each => code != "soundness.unbounded" || each.Count > MaxTokens).Select(each => flow.Nodes[each.Node].Id).Distinct()];
        var example = CounterExample.Of(code, flow, Trace(at), stuckAt);
        var first = stuckAt.IsEmpty ? null : flow.Find(stuckAt[0]);
        var (zh, en) = Mend(code);
        return new SoundnessResult(proven, false, markings.Count, example,
            [new Finding(code, Severity.Error, first?.Pointer ?? "/root", new LocalizedText($"{zh}例：{example.Text.Zh}。", $"{en} For example: {example.Text.En}."), ActivityId: first?.Id)]);
    }

    static (string Zh, string En) Mend(string code) => code switch
    {
        "soundness.unbounded" => ("循环不断产生新的并行分支。请在循环内汇合各分支。", "A loop keeps opening branches. Join them inside the loop."),
        "soundness.livelock" => ("流程可能进入永远出不来的循环。请给循环一条通向结束的出口。", "The flow can enter a loop that it never leaves. Give the loop a way to an end."),
        "soundness.vanishes" => ("有一条路径在到达结束环节之前消失。请检查汇合方式。", "There is a run that vanishes before an end. Check how branches are joined."),
        _ => ("流程可能卡住，永远不能结束。请检查汇合方式：并行分支用“全部”，二选一的分支不要用“全部”汇合。",
            "The flow can get stuck and never end. Check the joins: WaitAll for parallel branches only, not for alternatives."),
    };

    ImmutableArray<TraceStep> Trace(int at)
    {
        var steps = new Stack<TraceStep>();
        for (; reached[at].Parent >= 0; at = reached[at].Parent) steps.Push(new TraceStep(flow.Nodes[reached[at].Node].Id, reached[at].Port));
        return [.. steps];
    }

    SoundnessResult TooLarge() => new(false, false, markings.Count, null, [new Finding("soundness.not-proven", Severity.Error, "/root", new LocalizedText(
        $"流程并行过多，未能证明其健全（试过 {markings.Count} 种状态；可同时成立的分支最多 {TokenGame.MaxMatchAnyCases} 个）。请拆分为子流程。",
        $"Not proven: too large. The flow has too much in parallel ({markings.Count} markings tried; a MatchAny switch may have {TokenGame.MaxMatchAnyCases} cases). Split it into sub-flows."))]);

    static Finding Dead(FlowNode node) => new("soundness.dead-activity", Severity.Error, node.Pointer, new LocalizedText(
        $"“{node.Title.Zh}”永远不会发生。请检查之前的汇合与判断。", $"'{node.Title.En}' can never happen. Check the joins and decisions before it."), ActivityId: node.Id);
}
