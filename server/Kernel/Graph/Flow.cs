using System.Collections.Immutable;
using System.Text.Json;
using Orchestrator.Kernel.Clocks;
using Orchestrator.Kernel.Definitions;

namespace Orchestrator.Kernel.Graph;

/// <summary>What a definition is for; decides which publish-gate rules apply.</summary>
public enum FlowPurpose
{
    /// <summary>A service item's pipeline: the seven stages and the evaluation (V-20).</summary>
    Service,
    /// <summary>A bad-review or complaint ticket (5.5).</summary>
    Ticket,
    /// <summary>Any other process.</summary>
    General,
}

/// <summary>A declared variable, input or output.</summary>
/// <param name="Id">Id that expressions refer to.</param>
/// <param name="Name">Name shown and used in rules.</param>
/// <param name="TypeName">Type alias: String, Boolean, Int32, Int64, Decimal, Double, DateTime, Object, …</param>
/// <param name="IsArray">Whether it is a list.</param>
/// <param name="Default">Default value; <see cref="JsonValueKind.Undefined"/> for none.</param>
public sealed record VariableDeclaration(string Id, string Name, string TypeName, bool IsArray, JsonElement Default);

/// <summary>The compiled form of one activity input.</summary>
public abstract record InputBinding
{
    /// <summary>A fixed value.</summary>
    public sealed record Literal(JsonElement Value) : InputBinding;
    /// <summary>The value of a variable, by name.</summary>
    public sealed record Variable(string Name) : InputBinding;
    /// <summary>The value of a workflow input, by name.</summary>
    public sealed record Argument(string Name) : InputBinding;
    /// <summary>A structured rule.</summary>
    public sealed record Rule(Condition Condition) : InputBinding;
}

/// <summary>An incoming edge of a node.</summary>
/// <param name="Source">Index of the node it comes from.</param>
/// <param name="Port">Port it leaves there.</param>
public readonly record struct IncomingEdge(int Source, string Port);

/// <summary>A case of a switch: its port and the rule that opens it.</summary>
/// <param name="Label">Port name.</param>
/// <param name="Condition">Rule.</param>
public sealed record SwitchCase(string Label, Condition Condition);

/// <summary>A compiled activity: its place in <see cref="Flow.Nodes"/>, its bound inputs and where its ports lead.</summary>
public sealed class FlowNode
{
    /// <summary>Place in <see cref="Flow.Nodes"/>.</summary>
    public required int Index { get; init; }
    /// <summary>Activity id, unique in the flow.</summary>
    public required string Id { get; init; }
    /// <summary>JSON pointer of the activity in its document, for findings.</summary>
    public required string Pointer { get; init; }
    /// <summary>Declared type.</summary>
    public required ActivityDescriptor Activity { get; init; }
    /// <summary>Title shown to people; falls back to the activity's.</summary>
    public required LocalizedText Title { get; init; }
    /// <summary>Bound inputs by name (camelCase).</summary>
    public required ImmutableDictionary<string, InputBinding> Inputs { get; init; }
    /// <summary>All ports this node has: the fixed ones, then the drawn ones.</summary>
    public required ImmutableArray<PortDescriptor> Ports { get; init; }
    /// <summary>Target node indexes by port name; a port without an edge is absent.</summary>
    public required ImmutableDictionary<string, ImmutableArray<int>> Targets { get; init; }
    /// <summary>Incoming edges, ordered by source id and port.</summary>
    public required ImmutableArray<IncomingEdge> Incoming { get; init; }
    /// <summary>Source node indexes, one for each incoming edge, in the order of <see cref="Incoming"/>.</summary>
    public required ImmutableArray<int> Sources { get; init; }
    /// <summary>Names of variables that receive outputs, by output name.</summary>
    public ImmutableDictionary<string, string> Outputs { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Settings of a join; null for other nodes.</summary>
    public JoinSettings? Join { get; init; }
    /// <summary>The rule of a decision or a loop; null for other nodes.</summary>
    public Condition? Condition { get; init; }
    /// <summary>Cases of a switch in order; empty for other nodes.</summary>
    public ImmutableArray<SwitchCase> Cases { get; init; } = [];
    /// <summary>Whether a switch takes every case that holds (<c>MatchAny</c>) instead of the first.</summary>
    public bool MatchesAny { get; init; }
    /// <summary>The fixed input <c>limit</c>; null when there is none or it comes from a variable.</summary>
    public TimeLimit? Limit { get; init; }
    /// <summary>Role that owns the task: the input <c>role</c>, else the activity's; null when nobody does or a variable says who.</summary>
    public string? Role { get; init; }
    /// <summary>Front or back office, or the applicant.</summary>
    public OfficeSide Side { get; init; }

    /// <summary>The fixed value of an input; <see cref="JsonValueKind.Undefined"/> when it is absent or not fixed.</summary>
    public JsonElement Fixed(string input) => Inputs.GetValueOrDefault(input) is InputBinding.Literal literal ? literal.Value : default;
    /// <summary>The fixed text of an input; null when it is absent, not fixed or not a text.</summary>
    public string? Text(string input) => Fixed(input) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;
    /// <summary>Whether an input is fixed to true.</summary>
    public bool Flag(string input) => Fixed(input).ValueKind == JsonValueKind.True;
    /// <summary>Place in <see cref="Incoming"/> of the edge from a port of another node; -1 when there is none.</summary>
    public int EdgeFrom(int source, string port) => Incoming.IndexOf(new IncomingEdge(source, port));

    /// <summary>Where a port leads; empty when it is not connected.</summary>
    public ImmutableArray<int> Next(string port) => Targets.TryGetValue(port, out var next) ? next : [];
}

/// <summary>流程: a definition version compiled to an immutable, indexed graph. Cached per version and shared by all cases that run on it.</summary>
public sealed class Flow
{
    /// <summary>Id that is stable over versions.</summary>
    public required string DefinitionId { get; init; }
    /// <summary>Id of this version.</summary>
    public required string VersionId { get; init; }
    /// <summary>Number of this version; 0 for an unpublished draft.</summary>
    public required int Version { get; init; }
    /// <summary>Title.</summary>
    public required LocalizedText Title { get; init; }
    /// <summary>What it is for.</summary>
    public required FlowPurpose Purpose { get; init; }
    /// <summary>All nodes.</summary>
    public required ImmutableArray<FlowNode> Nodes { get; init; }
    /// <summary>Index of the node where cases start.</summary>
    public required int Start { get; init; }
    /// <summary>Declared variables.</summary>
    public required ImmutableArray<VariableDeclaration> Variables { get; init; }
    /// <summary>Declared inputs.</summary>
    public required ImmutableArray<VariableDeclaration> Arguments { get; init; }
    /// <summary>Declared outputs.</summary>
    public required ImmutableArray<VariableDeclaration> Results { get; init; }

    ImmutableDictionary<string, int>? byId;
    bool[][]? reach;

    /// <summary>The node with that activity id; null when there is none.</summary>
    public FlowNode? Find(string id)
    {
        byId ??= Nodes.ToImmutableDictionary(node => node.Id, node => node.Index);
        return byId.TryGetValue(id, out var index) ? Nodes[index] : null;
    }

    /// <summary>Whether a token at node <paramref name="from"/> can come to node <paramref name="to"/> along one or more edges. Used by OR-joins (WCP-7) and by "cancel the rest".</summary>
    public bool CanReach(int from, int to)
    {
        reach ??= new bool[Nodes.Length][];
        var known = reach[to];
        if (known is null)
        {
            known = new bool[Nodes.Length];
            var open = new Stack<int>();
            open.Push(to);
            while (open.TryPop(out var node))
                foreach (var source in Nodes[node].Sources)
                    if (!known[source])
                    {
                        known[source] = true;
                        if (source != to) open.Push(source);   // paths that pass through the join itself do not count
                    }
            reach[to] = known;
        }
        return known[from];
    }
}
