using Orchestrator.Kernel.Definitions;
using Orchestrator.Kernel.Graph;

namespace Orchestrator.Kernel.Checks;

/// <summary>Questions about the drawing as a graph that several rules ask.</summary>
static class FlowPaths
{
    /// <summary>Nodes reachable from the given ones, these included, not going on through nodes where <paramref name="stop"/> holds.</summary>
    public static HashSet<int> From(Flow flow, IEnumerable<int> starts, Func<FlowNode, bool>? stop = null)
    {
        var seen = new HashSet<int>(starts);
        var open = new Stack<int>(seen);
        while (open.TryPop(out var at))
        {
            if (stop?.Invoke(flow.Nodes[at]) == true) continue;
            foreach (var next in flow.Nodes[at].Targets.Values.SelectMany(targets => targets))
                if (seen.Add(next)) open.Push(next);
        }
        return seen;
    }

    /// <summary>Whether a port leads to a node of that type with nothing but control flow in between.</summary>
    public static bool LeadsTo(Flow flow, FlowNode node, string port, string typeName) =>
        From(flow, node.Next(port), each => each.Activity.TypeName == typeName || each.Activity.Kind is not ActivityKind.Control)
            .Any(at => flow.Nodes[at].Activity.TypeName == typeName);

    /// <summary>Whether some path from the given nodes comes to an end without a node where <paramref name="pass"/> holds.</summary>
    public static bool CanEndWithout(Flow flow, IEnumerable<int> starts, Func<FlowNode, bool> pass) =>
        From(flow, starts, pass).Any(at => flow.Nodes[at].Activity.Kind == ActivityKind.End && !pass(flow.Nodes[at]));

    /// <summary>Groups of nodes that lie on a common cycle, in a graph from which some nodes are left out.</summary>
    public static List<List<FlowNode>> Cycles(Flow flow, Func<FlowNode, bool> leaveOut) => new CycleSearch(flow, leaveOut).Find();

    /// <summary>Tarjan's algorithm without recursion, because a definition may be a chain of thousands.</summary>
    sealed class CycleSearch(Flow flow, Func<FlowNode, bool> leaveOut)
    {
        readonly int[] order = new int[flow.Nodes.Length];
        readonly int[] low = new int[flow.Nodes.Length];
        readonly bool[] onPath = new bool[flow.Nodes.Length];
        readonly Stack<int> path = new();
        readonly Stack<(int Node, int[] Next, int At)> calls = new();
        readonly List<List<FlowNode>> found = [];
        int clock;

        public List<List<FlowNode>> Find()
        {
            foreach (var node in flow.Nodes)
                if (order[node.Index] == 0 && !leaveOut(node)) Visit(node.Index);
            return found;
        }

        void Visit(int root)
        {
            Enter(root);
            while (calls.TryPop(out var call))
            {
                if (call.At == call.Next.Length)
                {
                    Leave(call.Node);
                    continue;
                }
                calls.Push(call with { At = call.At + 1 });
                var next = call.Next[call.At];
                if (order[next] == 0) Enter(next);
                else if (onPath[next]) low[call.Node] = Math.Min(low[call.Node], order[next]);
            }
        }

        void Enter(int node)
        {
            order[node] = low[node] = ++clock;
            path.Push(node);
            onPath[node] = true;
            calls.Push((node, [.. flow.Nodes[node].Targets.Values.SelectMany(targets => targets).Where(next => !leaveOut(flow.Nodes[next])).Distinct()], 0));
        }

        void Leave(int node)
        {
            if (calls.TryPeek(out var caller)) low[caller.Node] = Math.Min(low[caller.Node], low[node]);
            if (low[node] != order[node]) return;
            var group = new List<FlowNode>();
            int member;
            do
            {
                member = path.Pop();
                onPath[member] = false;
                group.Add(flow.Nodes[member]);
            }
            while (member != node);
            if (group.Count > 1 || flow.Nodes[node].Targets.Values.Any(targets => targets.Contains(node))) found.Add(group);
        }
    }
}
