using System.Collections.Immutable;
using System.Text.Json;
using Orchestrator.Kernel.Clocks;
using Orchestrator.Kernel.Definitions;

namespace Orchestrator.Kernel.Graph;

/// <summary>Compiles a definition to an immutable, indexed graph. Never throws: what cannot be compiled becomes a finding.</summary>
public static class FlowCompiler
{
    /// <summary>Compiles; the flow is null when any finding is an error, so that what runs is what was drawn.</summary>
    public static (Flow? Flow, ImmutableArray<Finding> Findings) Compile(DefinitionDocument document)
    {
        var (flow, findings) = CompileDraft(document);
        return (findings.Any(finding => finding.Severity == Severity.Error) ? null : flow, findings);
    }

    /// <summary>Compiles as much as can be, for the checks: activities that are not known are left out. Null when there is no single start.</summary>
    internal static (Flow? Flow, ImmutableArray<Finding> Findings) CompileDraft(DefinitionDocument document)
    {
        var findings = new FindingList();
        findings.AddRange(document.Findings);
        var flow = new Drawing(document, findings).Compile();
        return (flow, findings.ToImmutable());
    }

    sealed class Drawing(DefinitionDocument document, FindingList findings)
    {
        readonly Scope scope = new(document, findings);
        readonly List<(ActivityElement Element, ActivityDescriptor Descriptor)> known = [];
        readonly Dictionary<string, int> index = new(StringComparer.Ordinal);
        readonly HashSet<string> ids = new(StringComparer.Ordinal);

        public Flow? Compile()
        {
            Index();
            var binders = known.Select(each => new InputBinder(each.Element, each.Descriptor, scope, findings)).ToList();
            var bound = binders.Select(binder => binder.Bind()).ToList();
            var ports = binders.Select((binder, at) => Ports(known[at].Element, known[at].Descriptor, binder.DrawnPorts)).ToList();
            var edges = Edges(ports);
            if (Start() is not { } start) return null;
            var (into, outOf) = (edges.ToLookup(edge => edge.Target), edges.ToLookup(edge => edge.Source));
            return new Flow
            {
                DefinitionId = document.DefinitionId, VersionId = document.Id, Version = document.Version, Title = document.Title, Purpose = document.Purpose,
                Nodes = [.. known.Select((_, at) => Node(at, bound[at].Inputs, bound[at].Outputs, ports[at], binders[at].Cases, into[at], outOf[at]))],
                Start = start, Variables = scope.Variables, Arguments = scope.Arguments, Results = scope.Results,
            };
        }

        void Index()
        {
            foreach (var element in document.Activities)
            {
                ids.Add(element.Id);
                if (element.Descriptor is not { } descriptor || element.Id.Length == 0 || !index.TryAdd(element.Id, known.Count)) continue;
                known.Add((element, descriptor));
            }
        }

        int? Start()
        {
            var starts = known.Where(each => each.Descriptor.Kind == ActivityKind.Start).ToList();
            if (starts.Count == 1) return index[starts[0].Element.Id];
            if (starts.Count == 0)
                findings.Error("flow.start-missing", "/root/activities", "流程没有开始环节。请添加“进件”“差评登记”或“开始”。", "The flow has no start. Add an intake, a bad-review start or a plain start.");
            foreach (var (element, _) in starts.Skip(1))
                findings.Error("flow.start-ambiguous", element.Pointer, "流程只能有一个开始环节。请删去多余的。", "A flow has exactly one start. Remove the others.", activity: element.Id);
            return null;
        }

        ImmutableArray<PortDescriptor> Ports(ActivityElement element, ActivityDescriptor descriptor, ImmutableArray<string> drawn)
        {
            var ports = descriptor.Ports.ToBuilder();
            var names = ports.Select(port => port.Name).ToHashSet(StringComparer.Ordinal);
            foreach (var name in drawn)
                if (name.Length > 0 && names.Add(name)) ports.Add(new PortDescriptor(name, new LocalizedText(name, name)));
                else
                    findings.Error("port.duplicate", element.PointerTo(descriptor.DynamicPortsInput!), $"出口“{name}”为空、重复或与固定出口同名。请改名。",
                        $"The port '{name}' is empty, occurs twice or has the name of a fixed port. Rename it.", activity: element.Id);
            return ports.ToImmutable();
        }

        List<(int Source, string Port, int Target)> Edges(List<ImmutableArray<PortDescriptor>> ports)
        {
            var edges = new List<(int, string, int)>();
            var seen = new HashSet<(int, string, int)>();
            foreach (var connection in document.Connections)
                if (Edge(connection, ports) is { } edge)
                {
                    if (seen.Add(edge)) edges.Add(edge);
                    else findings.Warn("connection.duplicate", connection.Pointer, "两条连线完全相同，按一条计。请删去一条。", "The same connection is drawn twice and counts once. Delete one.", activity: connection.Source);
                }
            return edges;
        }

        (int, string, int)? Edge(ConnectionElement connection, List<ImmutableArray<PortDescriptor>> ports)
        {
            foreach (var end in (string[])[connection.Source, connection.Target])
                if (!ids.Contains(end))
                {
                    findings.Error("connection.unknown-activity", connection.Pointer, $"连线指向不存在的环节“{end}”。请删除该连线。", $"The connection refers to the activity '{end}', which does not exist. Delete it.");
                    return null;
                }
            if (!index.TryGetValue(connection.Source, out var source) || !index.TryGetValue(connection.Target, out var target)) return null;   // an unknown type, reported already
            if (ports[source].All(port => port.Name != connection.Port)) return UnknownPort(connection, ports[source]);
            if (known[target].Descriptor.Kind != ActivityKind.Start) return (source, connection.Port, target);
            findings.Error("connection.into-start", connection.Pointer, "连线不能回到开始环节。请改连到后面的环节。", "A connection cannot lead into the start. Lead it to a later activity.", activity: connection.Source);
            return null;
        }

        (int, string, int)? UnknownPort(ConnectionElement connection, ImmutableArray<PortDescriptor> ports)
        {
            var names = ports.Select(port => port.Name).ToList();
            findings.Error("connection.unknown-port", connection.Pointer.Then("source").Then("port"), $"环节“{connection.Source}”没有出口“{connection.Port}”。可用：{string.Join("、", names)}。",
                $"The activity '{connection.Source}' has no port '{connection.Port}'. It has: {string.Join(", ", names)}.", activity: connection.Source);
            return null;
        }

        FlowNode Node(int at, ImmutableDictionary<string, InputBinding> inputs, ImmutableDictionary<string, string> outputs, ImmutableArray<PortDescriptor> ports, ImmutableArray<SwitchCase> cases,
            IEnumerable<(int Source, string Port, int Target)> into, IEnumerable<(int Source, string Port, int Target)> outOf)
        {
            var (element, descriptor) = known[at];
            ImmutableArray<IncomingEdge> incoming = [.. into.Select(edge => new IncomingEdge(edge.Source, edge.Port))
                .OrderBy(edge => known[edge.Source].Element.Id, StringComparer.Ordinal).ThenBy(edge => edge.Port, StringComparer.Ordinal)];
            return new FlowNode
            {
                Index = at, Id = element.Id, Pointer = element.Pointer, Activity = descriptor, Title = element.Title ?? descriptor.Title,
                Inputs = inputs, Outputs = outputs, Ports = ports, Incoming = incoming, Sources = [.. incoming.Select(edge => edge.Source)],
                Targets = outOf.GroupBy(edge => edge.Port).ToImmutableDictionary(group => group.Key, group => group.Select(edge => edge.Target).ToImmutableArray()),
                Join = NodeSettings.Join(descriptor, inputs), Condition = NodeSettings.Condition(inputs), Cases = cases, MatchesAny = NodeSettings.Word(inputs, "mode") == "MatchAny",
                Limit = NodeSettings.Limit(inputs), Role = inputs.ContainsKey("role") ? NodeSettings.Word(inputs, "role") : descriptor.Role, Side = NodeSettings.Side(descriptor, inputs),
            };
        }
    }
}
