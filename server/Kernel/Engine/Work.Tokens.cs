using System.Collections.Immutable;
using System.Text.Json;
using Orchestrator.Kernel.Graph;

namespace Orchestrator.Kernel.Engine;

sealed partial class Work
{
    /// <summary>The most automatic moves in one step; a drawing that needs more runs for ever.</summary>
    public const int MaxMoves = 2_000;

    readonly Queue<Token> arrived = new();
    int moves;

    /// <summary>Whether the flow did not come to rest.</summary>
    public bool RanAway => moves >= MaxMoves;

    public FlowNode NodeOf(Token token) => Flow.Find(token.Node) ?? throw new InvalidOperationException($"Case {State.CaseNo} stands at '{token.Node}', which its definition version does not have.");

    /// <summary>Puts control on a node.</summary>
    public Token Place(int node, int edge = -1)
    {
        var token = new Token(TakeId(), Flow.Nodes[node].Id, edge);
        Emit(new TokenPlaced(token));
        arrived.Enqueue(token);
        return token;
    }

    /// <summary>Control leaves a node by a port and goes to whatever the port is connected to; an unconnected port ends the branch.</summary>
    public void Leave(Token token, FlowNode node, string port)
    {
        CloseTasks(token.Id, port);
        StopTimersOf(token.Id);
        Emit(new TokenRemoved(token.Id, token.Node, port));
        foreach (var next in node.Next(port)) Place(next, Flow.Nodes[next].EdgeFrom(node.Index, port));
    }

    /// <summary>Cancels a token with its tasks and timers.</summary>
    public void Cancel(Token token)
    {
        CloseTasks(token.Id, null);
        StopTimersOf(token.Id);
        Emit(new TokenRemoved(token.Id, token.Node, null));
    }

    void CloseTasks(int token, string? outcome)
    {
        foreach (var task in State.Tasks)
            if (task.Token == token) Emit(new TaskClosed(task.Id, outcome));
    }

    /// <summary>Lets everything that can move by itself move, until the case rests or ends.</summary>
    public void Settle()
    {
        do
        {
            while (!State.Ended && arrived.TryDequeue(out var token) && moves++ < MaxMoves)
                if (State.Tokens.Contains(token)) Arrive(token);
        }
        while (!State.Ended && !RanAway && (PassOrJoins() || arrived.Count > 0));
        if (!State.Ended && State.Tokens.IsEmpty && !RanAway) End("completed", State.Outcome ?? "completed");   // implicit termination (WCP-11)
    }

    void Arrive(Token token)
    {
        var node = NodeOf(token);
        if (node.Activity.TypeName == "Elsa.FlowJoin") TryJoin(node);
        else if (!ControlFlow.Enter(this, token, node)) Law.Arrivals.Enter(this, token, node);
    }

    /// <summary>OR-joins (WCP-7) may become ready because a token elsewhere went away.</summary>
    bool PassOrJoins()
    {
        var moved = false;
        foreach (var node in State.Tokens.Select(NodeOf).Where(node => node.Activity.TypeName == "Elsa.FlowJoin").Distinct().ToList())
            moved |= TryJoin(node);
        return moved;
    }

    bool TryJoin(FlowNode join)
    {
        var waiting = State.Tokens.Where(token => token.Node == join.Id).ToList();
        if (waiting.Count == 0) return false;
        var perEdge = new int[join.Sources.Length];
        foreach (var token in waiting)
            if (token.Edge >= 0 && token.Edge < perEdge.Length) perEdge[token.Edge]++;
        var outcome = JoinRule.Decide(join, perEdge, State.Swallow.GetValueOrDefault(join.Id), () => State.Tokens.Any(token => token.Node != join.Id && Flow.CanReach(NodeOf(token).Index, join.Index)));
        if (outcome.Verdict == JoinVerdict.Wait) return false;
        Consume(waiting, outcome.Consume);
        if (State.Swallow.GetValueOrDefault(join.Id) != outcome.Swallow) Emit(new JoinPassed(join.Id, outcome.Swallow));
        if (outcome.Verdict == JoinVerdict.Swallow) return true;
        if (join.Join is { CancelRemaining: true })
            foreach (var token in State.Tokens.Where(token => token.Node == join.Id || Flow.CanReach(NodeOf(token).Index, join.Index)).ToList()) Cancel(token);
        foreach (var next in join.Next("Done")) Place(next, Flow.Nodes[next].EdgeFrom(join.Index, "Done"));
        return true;
    }

    void Consume(List<Token> waiting, IReadOnlyList<int> perEdge)
    {
        for (var edge = 0; edge < perEdge.Count; edge++)
            foreach (var token in waiting.Where(token => token.Edge == edge).Take(perEdge[edge]))
                Emit(new TokenRemoved(token.Id, token.Node, "Done"));
    }
}
