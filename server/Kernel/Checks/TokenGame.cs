using System.Collections.Immutable;
using Orchestrator.Kernel.Definitions;
using Orchestrator.Kernel.Graph;

namespace Orchestrator.Kernel.Checks;

/// <summary>A move of the token game: what fired, and the marking after it.</summary>
/// <param name="Node">Node that fired.</param>
/// <param name="Port">Port it left through, several joined with <c>+</c>, empty at an end.</param>
/// <param name="Marking">The new marking, encoded.</param>
readonly record struct Move(int Node, string Port, string Marking);

/// <summary>
/// The engine's moves with data left out: a node with a token leaves through any one connected port; forks leave through all,
/// a MatchAny switch through any set of its cases; joins follow <see cref="JoinRule"/>. A marking is a text of pairs
/// (place, count) in order of places, so that equal markings are equal texts.
/// </summary>
sealed class TokenGame
{
    /// <summary>A MatchAny switch with more cases has too many sets to try.</summary>
    public const int MaxMatchAnyCases = 10;

    const int EndedPlace = 0;      // 1 when some branch has come to an end
    const int FinishedPlace = 1;   // 1 when the whole flow was ended at once
    const int FirstPlace = 2;

    readonly Flow flow;
    readonly int[] firstPlace;     // of a node: its tokens; of a join: one place for each incoming edge, then the tokens to swallow
    readonly int[] nodeOfPlace;
    readonly bool[] isSwallow;
    readonly int[] counts;
    readonly SortedSet<int> marked = [];
    readonly bool settlesInAnyOrder;
    readonly bool movesInAnyOrder;

    public TokenGame(Flow flow)
    {
        this.flow = flow;
        firstPlace = new int[flow.Nodes.Length];
        var places = FirstPlace;
        foreach (var node in flow.Nodes)
        {
            firstPlace[node.Index] = places;
            places += node.Join is null ? 1 : node.Incoming.Length + 1;
        }
        nodeOfPlace = new int[places];
        isSwallow = new bool[places];
        counts = new int[places];
        foreach (var node in flow.Nodes) NamePlaces(node);
        settlesInAnyOrder = flow.Nodes.All(node => node.Join is null or { CancelRemaining: false, Mode: not JoinMode.WaitAllActive });
        movesInAnyOrder = settlesInAnyOrder && flow.Nodes.All(node => node.Activity.Kind != ActivityKind.End || node.Activity.TypeName == "Elsa.End") && FlowPaths.Cycles(flow, _ => false).Count == 0;
    }

    void NamePlaces(FlowNode node)
    {
        var last = node.Join is null ? 0 : node.Incoming.Length;
        for (var i = 0; i <= last; i++) nodeOfPlace[firstPlace[node.Index] + i] = node.Index;
        if (node.Join is not null) isSwallow[firstPlace[node.Index] + last] = true;
    }

    /// <summary>One token at the start.</summary>
    public string Initial => Encode([(firstPlace[flow.Start], 1)]);

    /// <summary>Whether the marking is a proper completion: ended at once, or no token left after some branch came to an end.</summary>
    public bool IsComplete(string marking) => Has(marking, FinishedPlace) || (Has(marking, EndedPlace) && !Tokens(marking).Any());

    /// <summary>Nodes that hold tokens.</summary>
    public IEnumerable<(int Node, int Count)> Tokens(string marking)
    {
        for (var i = 0; i < marking.Length; i += 2)
            if (marking[i] >= FirstPlace && !isSwallow[marking[i]]) yield return (nodeOfPlace[marking[i]], marking[i + 1]);
    }

    /// <summary>
    /// The moves from a marking that must be tried. Where no join cancels branches or looks at others, no move takes another
    /// away, so what moves by itself may go first, as in the engine. Where besides nothing ends the whole flow and there is no
    /// cycle (so that nothing can pile up), one node at a time is enough: every other order leads to the same markings.
    /// </summary>
    public List<Move> Moves(string marking)
    {
        var moves = new List<Move>();
        if (IsComplete(marking)) return moves;
        var nodes = Tokens(marking).Select(each => each.Node).Distinct().ToList();
        if (settlesInAnyOrder && nodes.FirstOrDefault(MovesByItself, -1) is >= 0 and var first) Fire(marking, flow.Nodes[first], moves);
        if (moves.Count > 0) return moves;
        foreach (var node in nodes)
        {
            Fire(marking, flow.Nodes[node], moves);
            if (movesInAnyOrder && moves.Count > 0) break;
        }
        return moves;
    }

    bool MovesByItself(int node) => flow.Nodes[node] is { Join: null, Activity.Kind: ActivityKind.Control or ActivityKind.Start };

    void Fire(string marking, FlowNode node, List<Move> moves)
    {
        if (node.Join is not null) FireJoin(marking, node, moves);
        else if (node.Activity.Kind == ActivityKind.End) FireEnd(marking, node, moves);
        else
            foreach (var ports in Choices(node))
            {
                Load(marking);
                Add(firstPlace[node.Index], -1);
                foreach (var port in ports) Send(node, port);
                moves.Add(new Move(node.Index, string.Join('+', ports), Save()));
            }
    }

    void FireEnd(string marking, FlowNode node, List<Move> moves)
    {
        Load(marking);
        if (node.Activity.TypeName != "Elsa.End")
        {
            moves.Add(new Move(node.Index, "", Encode([(FinishedPlace, 1)])));
            return;
        }
        Add(firstPlace[node.Index], -1);
        counts[EndedPlace] = 1;
        marked.Add(EndedPlace);
        moves.Add(new Move(node.Index, "", Save()));
    }

    void FireJoin(string marking, FlowNode join, List<Move> moves)
    {
        if (join.Next("Done").IsEmpty) return;
        Load(marking);
        var outcome = Decide(join);
        if (outcome.Verdict != JoinVerdict.Pass) return;
        Take(join, outcome);
        if (join.Join!.CancelRemaining) CancelBefore(join);
        Send(join, "Done");
        Swallow(join);
        moves.Add(new Move(join.Index, "Done", Save()));
    }

    JoinOutcome Decide(FlowNode join)
    {
        var first = firstPlace[join.Index];
        return JoinRule.Decide(join, new ArraySegment<int>(counts, first, join.Incoming.Length), counts[first + join.Incoming.Length],
            () => marked.Any(place => place >= FirstPlace && !isSwallow[place] && nodeOfPlace[place] != join.Index && flow.CanReach(nodeOfPlace[place], join.Index)));
    }

    void Take(FlowNode join, JoinOutcome outcome)
    {
        var first = firstPlace[join.Index];
        for (var edge = 0; edge < outcome.Consume.Length; edge++) Add(first + edge, -outcome.Consume[edge]);
        Add(first + join.Incoming.Length, outcome.Swallow - counts[first + join.Incoming.Length]);
    }

    void CancelBefore(FlowNode join)
    {
        foreach (var place in marked.Where(place => place >= FirstPlace && !isSwallow[place]).ToList())
            if (nodeOfPlace[place] == join.Index || flow.CanReach(nodeOfPlace[place], join.Index)) Add(place, -counts[place]);
    }

    void Send(FlowNode from, string port)
    {
        foreach (var target in from.Next(port))
        {
            var node = flow.Nodes[target];
            Add(firstPlace[target] + (node.Join is null ? 0 : node.EdgeFrom(from.Index, port)), 1);
            Swallow(node);
        }
    }

    /// <summary>A late token goes the moment it comes.</summary>
    void Swallow(FlowNode node)
    {
        if (node.Join is null || counts[firstPlace[node.Index] + node.Incoming.Length] == 0) return;
        if (Decide(node) is { Verdict: JoinVerdict.Swallow } outcome) Take(node, outcome);
    }

    static IEnumerable<ImmutableArray<string>> Choices(FlowNode node)
    {
        ImmutableArray<string> connected = [.. node.Ports.Select(port => port.Name).Where(port => !node.Next(port).IsEmpty)];
        if (connected.IsEmpty) return [];
        if (node.Activity.TypeName == "Elsa.FlowFork") return [connected];
        if (node is not { Activity.TypeName: "Elsa.FlowSwitch", MatchesAny: true }) return connected.Select(port => ImmutableArray.Create(port));
        var cases = connected.Remove("Default");
        return Subsets(cases).Concat(connected.Length > cases.Length ? [["Default"]] : []);
    }

    static IEnumerable<ImmutableArray<string>> Subsets(ImmutableArray<string> cases)
    {
        for (var set = 1; set < 1 << Math.Min(cases.Length, MaxMatchAnyCases); set++)
            yield return [.. cases.Where((_, at) => (set >> at & 1) == 1)];
    }

    static bool Has(string marking, int place) => marking.Length > 0 && (marking[0] == place || (marking.Length > 2 && marking[2] == place));

    void Load(string marking)
    {
        foreach (var place in marked) counts[place] = 0;
        marked.Clear();
        for (var i = 0; i < marking.Length; i += 2) Add(marking[i], marking[i + 1]);
    }

    void Add(int place, int tokens)
    {
        counts[place] += tokens;
        if (counts[place] > 0) marked.Add(place);
        else marked.Remove(place);
    }

    string Save() => Encode([.. marked.Select(place => (place, counts[place]))]);

    static string Encode(ReadOnlySpan<(int Place, int Count)> pairs)
    {
        Span<char> text = pairs.Length <= 128 ? stackalloc char[2 * pairs.Length] : new char[2 * pairs.Length];
        for (var i = 0; i < pairs.Length; i++) (text[2 * i], text[2 * i + 1]) = ((char)pairs[i].Place, (char)pairs[i].Count);
        return new string(text);
    }
}
