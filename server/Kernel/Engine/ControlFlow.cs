using System.Collections.Immutable;
using System.Text.Json;
using Orchestrator.Kernel.Clocks;
using Orchestrator.Kernel.Definitions;
using Orchestrator.Kernel.Graph;

namespace Orchestrator.Kernel.Engine;

/// <summary>What the <c>Elsa.*</c> activities and the generic <c>Gov.*</c> services do when control arrives.</summary>
static class ControlFlow
{
    /// <summary>The most instances of a multi-instance activity.</summary>
    public const int MaxInstances = 1_000;

    /// <summary>Handles the arrival; false when the type is not one of control flow.</summary>
    public static bool Enter(Work work, Token token, FlowNode node)
    {
        switch (node.Activity.TypeName)
        {
            case "Elsa.Start": work.Leave(token, node, "Done"); return true;
            case "Elsa.End": End(work, token); return true;
            case "Elsa.Finish": work.End("completed", "completed"); return true;
            case "Elsa.Fault": Fault(work, node); return true;
            case "Elsa.FlowDecision": work.Leave(token, node, Holds(work, node) ? "True" : "False"); return true;
            case "Elsa.FlowSwitch": Switch(work, token, node); return true;
            case "Elsa.FlowFork": LeaveByAll(work, token, node, [.. node.Ports.Select(port => port.Name)]); return true;
            case "Elsa.While": work.Leave(token, node, Holds(work, node) ? "Body" : "Done"); return true;
            case "Elsa.ForEach": ForEach(work, token, node); return true;
            case "Elsa.Delay": work.StartTimer("T-DELAY", Limit(work, node, "limit") ?? TimeLimit.Parse("1min"), part: $"{token.Id}", token: token.Id); return true;
            case "Elsa.Event": return true;   // waits for a signal of its name
            case "Elsa.PublishEvent": Publish(work, token, node); return true;
            case "Elsa.SetVariable": SetVariable(work, token, node); return true;
            case "Elsa.DispatchWorkflow": Dispatch(work, token, node); return true;
            case "Gov.HumanTask": OpenHumanTask(work, token, node); return true;
            case "Gov.Notify": Notify(work, token, node); return true;
            case "Gov.IssueDocument": IssueDocument(work, token, node); return true;
            case "Gov.CallSystem": CallSystem(work, token, node); return true;
            default: return false;
        }
    }

    /// <summary>The value of an input; <see cref="JsonValueKind.Undefined"/> when it has none.</summary>
    public static JsonElement Read(Work work, FlowNode node, string input) => !node.Inputs.TryGetValue(input, out var binding) ? default : binding switch
    {
        InputBinding.Literal literal => literal.Value,
        InputBinding.Variable variable => work.State.Variables.GetValueOrDefault(variable.Name),
        InputBinding.Argument argument => work.State.Variables.GetValueOrDefault(argument.Name),
        InputBinding.Rule rule => Json.Value(rule.Condition.Holds(field => Fields.Read(work, field))),
        _ => default,
    };

    /// <summary>A text input; null when absent.</summary>
    public static string? Text(Work work, FlowNode node, string input) => Read(work, node, input) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    /// <summary>A yes-or-no input; false when absent.</summary>
    public static bool Flag(Work work, FlowNode node, string input) => Read(work, node, input).ValueKind == JsonValueKind.True;

    /// <summary>A limit input; null when absent or not a limit.</summary>
    public static TimeLimit? Limit(Work work, FlowNode node, string input) => TimeLimit.TryParse(Text(work, node, input), out var limit) ? limit : null;

    /// <summary>Binds the outputs of an activity to variables, by the names of the data.</summary>
    public static void Bind(Work work, FlowNode node, JsonElement data)
    {
        if (data.ValueKind != JsonValueKind.Object) return;
        foreach (var member in data.EnumerateObject())
        {
            if (node.Outputs.TryGetValue(member.Name, out var variable)) work.SetVariable(variable, member.Value.Clone());
            else if (work.Flow.Variables.Any(declared => declared.Name == member.Name)) work.SetVariable(member.Name, member.Value.Clone());
        }
    }

    /// <summary>Takes one instance off a multi-instance token; true when enough are done.</summary>
    public static bool CountDown(Work work, Token token)
    {
        if (token.Count <= 1) return true;
        work.Emit(new TokenCounted(token.Id, token.Count - 1));
        return false;
    }

    static bool Holds(Work work, FlowNode node) => node.Condition is { } condition && condition.Holds(field => Fields.Read(work, field));

    static void End(Work work, Token token) => work.Cancel(token);

    static void Fault(Work work, FlowNode node)
    {
        work.Record("fault", ("message", Text(work, node, "message")), ("activity", node.Id));
        work.End("faulted", "faulted", CaseStatus.Faulted);
    }

    static void Switch(Work work, Token token, FlowNode node)
    {
        var holding = node.Cases.Where(each => each.Condition.Holds(field => Fields.Read(work, field))).Select(each => each.Label).ToImmutableArray();
        if (holding.IsEmpty) work.Leave(token, node, "Default");
        else LeaveByAll(work, token, node, node.MatchesAny ? holding : [holding[0]]);
    }

    /// <summary>One token in, one token out of each port.</summary>
    static void LeaveByAll(Work work, Token token, FlowNode node, ImmutableArray<string> ports)
    {
        work.Emit(new TokenRemoved(token.Id, token.Node, string.Join(',', ports)));
        foreach (var port in ports)
            foreach (var next in node.Next(port)) work.Place(next, work.Flow.Nodes[next].EdgeFrom(node.Index, port));
    }

    /// <summary>The index is kept in a variable of the engine's own, because each turn of the body comes back as a new token.</summary>
    static void ForEach(Work work, Token token, FlowNode node)
    {
        var items = Read(work, node, "items");
        var counter = $"${node.Id}.index";
        var index = work.State.Variables.TryGetValue(counter, out var known) && known.ValueKind == JsonValueKind.Number ? known.GetInt32() : 0;
        if (items.ValueKind != JsonValueKind.Array || index >= items.GetArrayLength())
        {
            work.SetVariable(counter, Json.Value(0));
            work.Leave(token, node, "Done");
            return;
        }
        if (Text(work, node, "currentValue") is { Length: > 0 } current) work.SetVariable(current, items[index].Clone());
        work.SetVariable(counter, Json.Value(index + 1));
        work.Leave(token, node, "Body");
    }

    static void Publish(Work work, Token token, FlowNode node)
    {
        work.Emit(new MessagePublished(Text(work, node, "eventName") ?? node.Id, Read(work, node, "payload") is { ValueKind: not JsonValueKind.Undefined } payload ? payload : Json.Empty));
        work.Leave(token, node, "Done");
    }

    static void SetVariable(Work work, Token token, FlowNode node)
    {
        var value = Read(work, node, "value");
        if (Text(work, node, "variable") is { } name) work.SetVariable(name, value.ValueKind == JsonValueKind.Undefined ? JsonSerializer.SerializeToElement<object?>(null) : value);
        work.Leave(token, node, "Done");
    }

    static void Dispatch(Work work, Token token, FlowNode node)
    {
        var definition = Text(work, node, "workflowDefinitionId") ?? "";
        var inputs = Instances(Read(work, node, "instances"), Read(work, node, "input"));
        var waits = Flag(work, node, "waitForCompletion");
        if (waits && inputs.Count > 1) work.Emit(new TokenCounted(token.Id, inputs.Count));
        foreach (var input in inputs)
            work.Emit(new SubCaseRequested($"{work.State.CaseNo}-S{work.TakeId()}", definition, input, new ParentLink(work.State.CaseNo, waits ? token.Id : null)));
        if (!waits || inputs.Count == 0) work.Leave(token, node, "Done");
    }

    /// <summary>Inputs of the instances: a number repeats the input, a list gives each instance its item as <c>item</c>.</summary>
    static List<JsonElement> Instances(JsonElement instances, JsonElement input)
    {
        var shared = input.ValueKind == JsonValueKind.Object ? input : Json.Empty;
        return instances.ValueKind switch
        {
            JsonValueKind.Number when instances.TryGetInt32(out var count) => [.. Enumerable.Repeat(shared, Math.Clamp(count, 0, MaxInstances))],
            JsonValueKind.Array => [.. instances.EnumerateArray().Take(MaxInstances).Select(item => Json.Object([.. shared.EnumerateObject().Select(member => (member.Name, (object?)member.Value)), ("item", item)]))],
            _ => [shared],
        };
    }

    static void OpenHumanTask(Work work, Token token, FlowNode node)
    {
        var instances = Instances(Read(work, node, "instances"), default).Count;
        if (instances == 0) { work.Leave(token, node, node.Ports.FirstOrDefault(port => port.Kind == PortKind.Normal)?.Name ?? "Done"); return; }   // nothing to do
        var needed = Read(work, node, "waitCount") is { ValueKind: JsonValueKind.Number } wanted && wanted.TryGetInt32(out var m) ? Math.Clamp(m, 1, instances) : instances;
        if (needed > 1) work.Emit(new TokenCounted(token.Id, needed));
        var side = Text(work, node, "side") switch { "front" => OfficeSide.Front, "applicant" => OfficeSide.Applicant, _ => OfficeSide.Back };
        for (var instance = 1; instance <= instances; instance++)
            Tasks.Open(work, token, node, Text(work, node, "role") ?? "reviewer", side, instances > 1 ? $"{instance}" : null);
        if (Limit(work, node, "limit") is { } limit) work.StartTimer("T-TSK", limit, part: $"{token.Id}", token: token.Id);
        foreach (var name in Read(work, node, "documents") is { ValueKind: JsonValueKind.Array } names ? names.EnumerateArray().ToList() : [])
            if (name.ValueKind == JsonValueKind.String) work.Document(name.GetString()!);
    }

    static void Notify(Work work, Token token, FlowNode node)
    {
        var text = Text(work, node, "text") ?? "";
        work.Notice(Text(work, node, "channel") ?? "sms", Text(work, node, "to") ?? "applicant", new LocalizedText(text, text));
        work.Leave(token, node, "Done");
    }

    static void IssueDocument(Work work, Token token, FlowNode node)
    {
        work.Document(Text(work, node, "name") ?? "");
        work.Leave(token, node, "Done");
    }

    static void CallSystem(Work work, Token token, FlowNode node)
    {
        work.Emit(new SystemCalled($"{token.Id}", Text(work, node, "system") ?? "", Read(work, node, "payload") is { ValueKind: not JsonValueKind.Undefined } payload ? payload : Json.Empty));
        if (Limit(work, node, "limit") is { } limit) work.StartTimer("T-TSK", limit, part: $"{token.Id}", token: token.Id);
    }
}
